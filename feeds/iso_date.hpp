// SPDX-License-Identifier: MIT
// The date that an ISO 8601 text begins with.
#pragma once

#include "feeds/clock_time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

struct IsoDate {
    std::chrono::sys_days day;
    std::optional<ClockTime> time;  ///< where it stands without colons: "T093000"
    std::size_t bytes = 0;          ///< of the text that it took, the "T" included
};

struct IsoStart {
    std::optional<IsoDate> date;
    bool is_impossible = false;  ///< it looks like ISO 8601, but there is no such day
};

/// 2021-04-07, 2021/04/07, 20210407, 20210407093000, 2021-04, 2021-097, 2021-W14-3, 2021W143; where
/// it is the whole text also 2021, 2021097, 210407, 21097, 21-097. Small letters.
[[nodiscard]] IsoStart read_iso_date(std::string_view text, bool is_whole);

/// "-0312" and "-03-12": a month of a year of two digits. Source: ISO 8601:2000, section 5.2.1.3.
[[nodiscard]] std::optional<std::chrono::sys_days> read_short_month(std::string_view text);

}  // namespace wirewatch::feeds
