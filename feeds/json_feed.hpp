// SPDX-License-Identifier: MIT
// JSON Feed 1.0 and 1.1, the reading half. Source: https://www.jsonfeed.org/version/1.1/
#pragma once

#include "feeds/parser.hpp"

#include <string_view>

namespace wirewatch::feeds {

/// Reads the feed in `text` (valid UTF-8). Errors: not_a_feed, in words; too_large, past the
/// limits, where a JSON value counts as a tag does.
[[nodiscard]] Result<ParsedFeed> read_json_feed(std::string_view text, std::string_view base_url,
                                                const ParseLimits& limits, Markup markup);

}  // namespace wirewatch::feeds
