// SPDX-License-Identifier: MIT
// The two shapes that nearly all dates have, read in one go.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// "Sun, 16 Mar 2014 17:51:37 -0400", without the weekday, with "GMT" or "EST" for the offset.
/// None: any other shape, which may still be a date.
[[nodiscard]] std::optional<Instant> read_plain_rfc822(std::string_view text);

/// "2021-04-07T09:30:00.25+02:00", or with "Z". None: likewise.
[[nodiscard]] std::optional<Instant> read_plain_rfc3339(std::string_view text);

}  // namespace wirewatch::feeds
