// SPDX-License-Identifier: MIT
// The dates of feeds, which follow RFC 822 and RFC 3339 or, often, neither. Pure.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// How far ahead of now a date may lie that is not said in full. Source: specification.
inline constexpr std::chrono::hours kMaxGuessAhead{24};

/// Reads RFC 822 in its dialects, RFC 3339, ISO 8601, Unix times, and what stands in feeds besides
/// (docs/formats.md, "Dates"). No zone, or one that nobody knows, means UTC. None, rather than a
/// guess: for what is impossible (32 July), ambiguous ("03/04/2020" without a weekday or PM that
/// decides), outside the years 1000 to 9999 (what programs write for "never"), over 200 bytes.
/// What is not said in full (a year of two digits or of another era, day and month in numbers whose
/// order a rule decides) is none, too, where it would lie past `latest_guess`.
[[nodiscard]] std::optional<Instant> parse_date(std::string_view text,
                                                std::optional<Instant> latest_guess = {});

}  // namespace wirewatch::feeds
