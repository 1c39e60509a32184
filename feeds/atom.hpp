// SPDX-License-Identifier: MIT
// Atom 0.3 and 1.0.
#pragma once

#include "feeds/parser.hpp"
#include "feeds/xml_names.hpp"

#include <string_view>

namespace pugi {
class xml_node;
}

namespace wirewatch::feeds {

/// Reads the feed under `root` (names settled). `base_url` is where the document came from.
/// Error: too_large. Source: RFC 4287.
[[nodiscard]] Result<ParsedFeed> read_atom(pugi::xml_node root, const SettledNames& names,
                                           std::string_view base_url, const ParseLimits& limits,
                                           Markup markup);

}  // namespace wirewatch::feeds
