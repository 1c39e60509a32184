// SPDX-License-Identifier: MIT
// RSS 0.90 to 2.0, RDF included.
#pragma once

#include "feeds/parser.hpp"
#include "feeds/xml_names.hpp"

#include <string_view>

namespace pugi {
class xml_node;
}

namespace wirewatch::feeds {

/// Reads the feed under `root` (names settled). `base_url` is where the document came from.
/// Errors: not_a_feed, where it has neither a channel nor items; too_large.
[[nodiscard]] Result<ParsedFeed> read_rss(pugi::xml_node root, const SettledNames& names,
                                          std::string_view base_url, const ParseLimits& limits,
                                          Markup markup);

}  // namespace wirewatch::feeds
