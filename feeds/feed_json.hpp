// SPDX-License-Identifier: MIT
// A parsed feed as JSON Feed 1.1: what `wirewatch feeds parse` prints.
// Source: https://www.jsonfeed.org/version/1.1/
#pragma once

#include "feeds/parser.hpp"

#include <string>

namespace wirewatch::feeds {

/// Indented, UTF-8, ends in a newline. What JSON Feed lacks stands under `_wirewatch`: format,
/// encoding, repaired (only where something was), ttl (minutes), update_period (seconds),
/// skip_hours, skip_days; per item comments_url, and title_html and summary_html where these are
/// not the text alone.
[[nodiscard]] std::string to_json_feed(const ParsedFeed& feed);

}  // namespace wirewatch::feeds
