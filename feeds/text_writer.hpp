// SPDX-License-Identifier: MIT
// Puts text together as a reader sees it: white space collapsed, gaps only between letters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

enum class Gap { none, space, line, paragraph };

/// Whether the gaps keep their width, or are all one space.
enum class Lines { many, one };

class TextWriter {
  public:
    TextWriter(Lines lines, std::size_t expected_bytes) : lines_{lines} {
        text_.reserve(expected_bytes);
    }

    /// A gap before the next letter; the widest that was asked for counts.
    void gap(Gap wanted) { gap_ = wanted > gap_ ? wanted : gap_; }

    /// White space is a gap; control characters, soft hyphens and byte order marks are dropped.
    void letter(char32_t c);

    /// The same for all from `at` to the next "<" or "&"; where that stands, or the end.
    [[nodiscard]] std::size_t run(std::string_view text, std::size_t at);

    /// The same for all of `text`.
    void all(std::string_view text);

    [[nodiscard]] std::string take();

  private:
    void fill_gap();

    std::string text_;
    Gap gap_ = Gap::none;
    Lines lines_;
};

}  // namespace wirewatch::feeds
