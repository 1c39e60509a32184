// SPDX-License-Identifier: MIT
// The links of Atom, each of which says what it is for. Addresses hang on xml:base, then on `url`,
// the document's own.
#pragma once

#include "feeds/piece.hpp"
#include "feeds/xml_children.hpp"
#include "feeds/xml_names.hpp"

#include <string>
#include <string_view>

namespace pugi {
class xml_node;
}

namespace wirewatch::feeds {

/// Whether the link is of this relation, in whatever case; "alternate" where it does not say.
[[nodiscard]] bool has_rel(pugi::xml_node link, std::string_view rel);

/// Whether its type says that it leads to a page; also where it does not say.
[[nodiscard]] bool is_page(pugi::xml_node link);

[[nodiscard]] std::string address_of(const SettledNames& document, pugi::xml_node link,
                                     std::string_view url);

/// The address that a link to the article holds as text, as RSS has it.
[[nodiscard]] Piece written_link(const Children& entry);

/// The address of the link of this `rel`: a page before anything else.
[[nodiscard]] std::string link_of(const SettledNames& document, const Children& parent,
                                  std::string_view rel, std::string_view url);

/// The page with the replies. They also come as a feed of their own, which is what a link without
/// a type means (RFC 4685 section 4).
[[nodiscard]] std::string replies_of(const SettledNames& document, const Children& entry,
                                     std::string_view url);

}  // namespace wirewatch::feeds
