// SPDX-License-Identifier: MIT
// The attributes of one tag after the other, written anew so that XML allows them.
#pragma once

#include "feeds/parser.hpp"
#include "feeds/xml_text_mend.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

struct XmlAttributes {
    enum class Outcome {
        complete,    ///< up to the ">", "/>" or, where that is missing, the next "<"
        was_no_tag,  ///< "1 <b or so</title>": text, in which "<" stands for itself
        cut_off,     ///< the document ends first
        too_many
    };
    Outcome outcome = Outcome::complete;
    std::size_t end = 0;    ///< where they end, in the document
    std::string_view what;  ///< of which there are too many
    std::size_t limit = 0;  ///< for that
};

/// Counts the attributes of a whole document. `xml` and `flaws` must outlive it.
class XmlAttributeMender {
  public:
    XmlAttributeMender(std::string_view xml, const ParseLimits& limits, XmlFlaws& flaws)
        : xml_{xml}, limits_{limits}, flaws_{flaws} {}

    /// Appends those that begin at `at`, behind the name of a tag.
    XmlAttributes append_mended(std::string& out, std::size_t at);

  private:
    struct Value {
        std::string_view text;
        bool is_given = false;
    };

    void skip_spaces();
    std::optional<Value> value();
    std::optional<std::string_view> written_value();
    [[nodiscard]] bool opens_another_value(std::size_t start, std::size_t end) const;

    std::string_view xml_;
    const ParseLimits& limits_;
    XmlFlaws& flaws_;
    std::size_t at_ = 0;
    std::size_t met_ = 0;
};

}  // namespace wirewatch::feeds
