// SPDX-License-Identifier: MIT
// What the names of time zones in dates mean.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// East of Greenwich, for "GMT", "EDT", "Z", one of RFC 822's single letters, or "Europe/Brussels"
/// at that local time. None: unknown. Where one abbreviation stands for several zones, RFC 822
/// decides for North America, and what news feeds mean by it for the others.
[[nodiscard]] std::optional<std::chrono::minutes> zone_offset(std::string_view name,
                                                              Instant local_time);

/// The same for abbreviations that mean one offset all year: "GMT", "EDT", "Z". None: another name.
[[nodiscard]] std::optional<std::chrono::minutes> abbreviated_offset(std::string_view name);

}  // namespace wirewatch::feeds
