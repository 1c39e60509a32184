// SPDX-License-Identifier: MIT
// Reading fields out of an element whose names are settled (feeds/xml_names.hpp). A field has a
// list of element names that can fill it, the best first: the tables on top of each format.
#pragma once

#include "base/article.hpp"
#include "base/time.hpp"
#include "feeds/field_name.hpp"
#include "feeds/piece.hpp"
#include "feeds/xml_children.hpp"
#include "feeds/xml_names.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pugi {
class xml_node;
}

namespace wirewatch::feeds {

/// How feeds are parsed: white space between elements is kept, for in XHTML it stands between
/// words, and the text before its first child is an element's own value, which makes fewer nodes.
/// The functions below know; others must not ask the tree for text.
[[nodiscard]] unsigned parse_options();

/// The text of an element that holds one text and nothing else, without white space around it.
[[nodiscard]] std::optional<std::string_view> only_text(const Field& field);

[[nodiscard]] bool has_elements(pugi::xml_node node);

/// The text directly in an element, CDATA included, without white space around it.
[[nodiscard]] Piece text_in(pugi::xml_node element);
[[nodiscard]] Piece text_in(const Field& field);

/// The same with the markup of child elements, as HTML. Where there are none, the text itself is
/// taken for HTML that is escaped.
[[nodiscard]] Piece html_in(pugi::xml_node element);
[[nodiscard]] Piece html_in(const Field& field);

/// What stands in an element as HTML, where its text is text and nothing else: "<" in it is no tag.
/// Only CDATA is HTML all the same: who writes it means so.
[[nodiscard]] Piece markup_in(pugi::xml_node element);

/// The first of `names` whose text_in or html_in is not empty.
[[nodiscard]] Piece first_text(const Children& children, const Names& names);
[[nodiscard]] Piece first_html(const Children& children, const Names& names);

/// The first of `names` that reads as a date (dates.hpp).
[[nodiscard]] std::optional<Instant> first_date(const Children& children, const Names& names,
                                                std::optional<Instant> latest_guess);

/// "en-US" of " en_US ", from the first of `names`, else xml:lang of their parent, of its texts, or
/// of what is around it.
[[nodiscard]] std::string language_of(const SettledNames& document, const Children& children,
                                      const Names& names);

/// What relative links in `element` hang on: xml:base of it and all around it, then `url`, the
/// document's.
[[nodiscard]] std::string base_of(const SettledNames& document, pugi::xml_node element,
                                  std::string_view url);

/// Enclosures and the image: enclosure, atom:link, then Media RSS (content, peerLink, player,
/// thumbnail; also within group and content); itunes:image. Each address once. `base` resolves
/// their addresses.
void read_media(const Children& item, std::string_view base, Article& article);

/// The address of a picture, as the attribute or element that it stands in has it; empty: none.
[[nodiscard]] std::string image_address(pugi::xml_node image);

/// What Media RSS says of the article within a group or a content: the fields of the first of these
/// that has a title, a description or categories. None: without any fields.
[[nodiscard]] Children media_texts(const Children& item);

}  // namespace wirewatch::feeds
