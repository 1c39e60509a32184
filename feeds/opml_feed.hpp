// SPDX-License-Identifier: MIT
// What wirewatch knows of a feed and OPML has no words for, as attributes of its outline.
#pragma once

#include "base/feed.hpp"

namespace pugi {
class xml_node;
}

namespace wirewatch::feeds {

/// Declared on the root, as the prefix "wirewatch".
inline constexpr const char* kOpmlNamespace = "urn:wirewatch:opml:1";

/// An outline for `feed` at the end of `parent`.
void write_outline(pugi::xml_node parent, const Feed& feed);

/// Reads what write_outline() wrote beyond the words of OPML, and the title to the letter. False
/// (and nothing is read) where it did not write this outline.
bool read_own_attributes(pugi::xml_node outline, Feed& feed);

}  // namespace wirewatch::feeds
