// SPDX-License-Identifier: MIT
// A point in time as a person types it on a command line.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"

#include <string_view>

namespace wirewatch::review {

/// "7d" (that long before `now`), "2021-04-06" (midnight in the zone of whoever runs the command),
/// "2021-04-06T12:00" (likewise), "2021-04-06T12:00Z", "2021-04-06T12:00:15.250+02:00"; a blank for
/// the T. Error: invalid, with these forms.
[[nodiscard]] Result<Instant> parse_moment(std::string_view text, Instant now);

}  // namespace wirewatch::review
