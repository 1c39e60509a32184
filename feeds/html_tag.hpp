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

/// Whether a ">" in quotes ends a tag. A caller that once met a quote without its end goes on with
/// `ignore`: to look for that end again at each tag would take quadratic time.
enum class Quotes { respect, ignore };

/// The tag whose "<" stands at `at`; none where that "<" begins no tag, or the tag never ends.
[[nodiscard]] std::optional<HtmlTag> read_tag(std::string_view html, std::size_t at,
                                              Quotes quotes = Quotes::respect);

/// The value of an attribute, entities decoded; empty: it has none.
[[nodiscard]] std::string attribute_of(const HtmlTag& tag, std::string_view name);

}  // namespace wirewatch::feeds
