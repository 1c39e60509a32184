// SPDX-License-Identifier: MIT
// The dates of feeds, which follow RFC 822 and RFC 3339 or, often, neither. Pure.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// Reads RFC 822 in its dialects (two-digit years, names of zones, months in several languages, a
/// wrong weekday), RFC 3339, ISO 8601 with week and ordinal dates, and Unix times. No zone means
/// UTC. None, rather than a guess: for what is impossible (32 July), ambiguous ("03/04/2020"
/// without a weekday that decides), in a zone that nobody knows, or before the year 1000 (what
/// programs write for "never").
[[nodiscard]] std::optional<Instant> parse_date(std::string_view text);

}  // namespace wirewatch::feeds
