// SPDX-License-Identifier: MIT
#include "feeds/quiet_times.hpp"

#include <chrono>

namespace wirewatch::feeds {

namespace {

using std::chrono::floor;
using std::chrono::sys_days;
using std::chrono::weekday;

constexpr std::uint32_t kAllHours = 0xFF'FFFF;
constexpr std::uint32_t kAllDays = 0x7F;

bool has(std::uint32_t set, std::int64_t bit) {
    return ((set >> bit) & 1U) != 0;
}

}  // namespace

bool QuietTimes::covers(Instant moment) const {
    const sys_days day = floor<std::chrono::days>(moment);
    const bool hours_speak = (hours & kAllHours) != kAllHours;
    const bool days_speak = (days & kAllDays) != kAllDays;
    return (hours_speak && has(hours, floor<std::chrono::hours>(moment - day).count())) ||
           (days_speak && has(days, weekday{day}.c_encoding()));
}

Instant QuietTimes::end(Instant moment) const {
    // One hour of a day and one day of the week are free at least: it ends within the week.
    while (covers(moment)) {
        moment = floor<std::chrono::hours>(moment) + std::chrono::hours{1};
    }
    return moment;
}

}  // namespace wirewatch::feeds
