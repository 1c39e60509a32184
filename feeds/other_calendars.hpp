// SPDX-License-Identifier: MIT
// Days in calendars other than the Gregorian, by ICU.
#pragma once

#include <chrono>
#include <optional>

namespace wirewatch::feeds {

enum class Calendar {
    solar_hijri,  ///< Iran and Afghanistan; 2025 is 1404
    lunar_hijri,  ///< as Saudi Arabia counts (Umm al-Qura); 2025 is 1447
};

/// None: there is no such day.
[[nodiscard]] std::optional<std::chrono::sys_days> day_in(Calendar calendar, int year, int month,
                                                          int day);

/// The calendar in which feeds can mean a year of four digits, where it is not the Gregorian: 1300
/// to 1430 is solar (1921 to 2051), 1431 to 1500 lunar (2009 to 2077).
[[nodiscard]] std::optional<Calendar> calendar_of_year(int year);

/// The day of a date in numbers, whose year says which calendar it is.
[[nodiscard]] std::optional<std::chrono::sys_days> day_in_numbers(int year, int month, int day);

}  // namespace wirewatch::feeds
