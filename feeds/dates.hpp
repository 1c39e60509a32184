// SPDX-License-Identifier: MIT
// The dates of feeds, which follow RFC 822 and RFC 3339 or, often, neither. Pure.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// Reads RFC 822 in its dialects, RFC 3339, ISO 8601, Unix times, and what stands in feeds besides
/// (docs/formats.md, "Dates"). No zone, or one that nobody knows, means UTC. None, rather than a
/// guess: for what is impossible (32 July), ambiguous ("03/04/2020" without a weekday or PM that
/// decides), outside the years 1000 to 9999 (what programs write for "never"), over 100 bytes.
[[nodiscard]] std::optional<Instant> parse_date(std::string_view text);

}  // namespace wirewatch::feeds
