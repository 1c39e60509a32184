// SPDX-License-Identifier: MIT
// One tag of an HTML text: where it ends, its name, its attributes.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

struct HtmlTag {
    std::string_view name;        ///< as written
    std::string_view attributes;  ///< what stands between name and ">"
    std::size_t end = 0;          ///< just past the ">"
    bool closes = false;          ///< "</name>"
};

/// Whether a ">" in a quoted value ends a tag. A caller that once met a quote without its end goes
/// on with `ignore`: to look for that end again at each tag would take quadratic time.
enum class Quotes { respect, ignore };

/// The tag whose "<" stands at `at`; none where that "<" begins no tag, or the tag never ends.
/// Source: HTML, section 13.2.5.6 and on.
[[nodiscard]] std::optional<HtmlTag> read_tag(std::string_view html, std::size_t at,
                                              Quotes quotes = Quotes::respect);

/// Just past the comment whose "<!--" stands at `at`; one that never ends takes all.
[[nodiscard]] std::size_t end_of_comment(std::string_view html, std::size_t at);

/// An attribute on its way through `HtmlTag::attributes`.
struct HtmlAttribute {
    std::string_view name;   ///< as written
    std::string_view value;  ///< as written, without its quotes
};

/// Takes the next attribute off the front of `rest`; none: there is no more.
[[nodiscard]] std::optional<HtmlAttribute> take_attribute(std::string_view& rest);

/// The value of an attribute, entities decoded; empty: it has none.
[[nodiscard]] std::string attribute_of(const HtmlTag& tag, std::string_view name);

}  // namespace wirewatch::feeds
