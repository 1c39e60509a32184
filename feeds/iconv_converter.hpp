// SPDX-License-Identifier: MIT
// One iconv(3) descriptor: bytes of a named encoding to UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

struct Converted {
    std::string text;        ///< valid UTF-8
    std::size_t faults = 0;  ///< places that the encoding does not allow; each stands as U+FFFD
};

class IconvConverter {
  public:
    /// A name that is too long, or has characters that mean something to iconv, is unknown.
    explicit IconvConverter(std::string_view encoding);
    ~IconvConverter();
    IconvConverter(const IconvConverter&) = delete;
    IconvConverter& operator=(const IconvConverter&) = delete;

    [[nodiscard]] bool known() const;

    /// Nothing where the encoding is unknown. A last letter that is cut off is no fault. Stops,
    /// with no text, past `max_faults`: each costs a call, and so many mean another encoding.
    [[nodiscard]] Converted convert(std::string_view bytes, std::size_t max_faults);

  private:
    void* descriptor_;
    std::size_t unit_;
};

}  // namespace wirewatch::feeds
