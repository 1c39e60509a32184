// SPDX-License-Identifier: MIT
// Reading fields out of an element whose names are settled (feeds/xml_names.hpp). A field has a
// list of element names that can fill it, the best first: the tables on top of each format.
#pragma once

#include "base/article.hpp"
#include "base/time.hpp"
#include "feeds/short_list.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pugi {
class xml_node;
}

namespace wirewatch::feeds {

using Names = std::span<const std::string_view>;

/// A row of such a table. The texts are literals: pugixml wants the NUL at their end.
template <class... Text>
[[nodiscard]] constexpr std::array<std::string_view, sizeof...(Text)> names(Text... text) {
    return {text...};
}

/// The text directly in an element, CDATA included, without white space around it.
[[nodiscard]] std::string text_in(pugi::xml_node element);

/// The same with the markup of child elements, as HTML.
[[nodiscard]] std::string html_in(pugi::xml_node element);

/// The first of `names` whose text_in or html_in is not empty.
[[nodiscard]] std::string first_text(pugi::xml_node parent, Names names);
[[nodiscard]] std::string first_html(pugi::xml_node parent, Names names);

/// The first of `names` that reads as a date.
[[nodiscard]] std::optional<Instant> first_date(pugi::xml_node parent, Names names);

/// "en-US" of " en_US ", from the first of `names` or xml:lang of `parent` or what is around it.
[[nodiscard]] std::string language_of(pugi::xml_node parent, Names names);

/// What relative links in `element` hang on: xml:base of it and all around it, then `document`.
[[nodiscard]] std::string base_of(pugi::xml_node element, std::string_view document);

/// Enclosures and the image: enclosure, atom:link, then Media RSS (content, peerLink, player,
/// thumbnail; also within group and content); itunes:image. Each address once. `base` resolves
/// their addresses.
void read_media(pugi::xml_node item, std::string_view base, Article& article);

}  // namespace wirewatch::feeds
