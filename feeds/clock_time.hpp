// SPDX-License-Identifier: MIT
// The time of day and its distance from UTC, as they stand in a date.
#pragma once

#include "feeds/date_parts.hpp"

#include <chrono>
#include <optional>

namespace wirewatch::feeds {

enum class HalfDay { unsaid, am, pm };

struct ClockTime {
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::chrono::milliseconds fraction{0};

    /// None: impossible. "13:55 PM", which some write, is 13:55.
    [[nodiscard]] std::optional<std::chrono::milliseconds> since_midnight(HalfDay half) const;
};

/// From the separator after the hour on: ":04", ":04:05.678", "h04", ".30". None: no minutes.
[[nodiscard]] std::optional<ClockTime> read_clock(DateCursor& cursor, int hour);

/// The digits after the point, as many as stand there; what is less than 1 ms is cut off.
[[nodiscard]] std::chrono::milliseconds read_fraction(DateCursor& cursor);

/// "am", "p.m.", "pm" after white space, which it takes; unsaid: something else, not taken.
[[nodiscard]] HalfDay read_half_day(DateCursor& cursor);

/// "+0100", "-05:00", "+1", "-700", "+01:00:00", from the sign on. None: over 18 hours.
[[nodiscard]] std::optional<std::chrono::minutes> read_offset(DateCursor& cursor);

}  // namespace wirewatch::feeds
