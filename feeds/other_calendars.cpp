// SPDX-License-Identifier: MIT
#include "feeds/other_calendars.hpp"

#include "feeds/date_parts.hpp"

#include <memory>

#include <unicode/calendar.h>

namespace wirewatch::feeds {

std::optional<std::chrono::sys_days> day_in(Calendar calendar, int year, int month, int day) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale{calendar == Calendar::solar_hijri ? "fa@calendar=persian"
                                                               : "ar@calendar=islamic-umalqura"};
    const std::unique_ptr<icu::Calendar> days{
        icu::Calendar::createInstance(*icu::TimeZone::getGMT(), locale, status)};
    if (U_FAILURE(status) || !days) {
        return std::nullopt;
    }
    days->clear();
    days->setLenient(false);  // no 31st where the month has 30 days
    days->set(year, month - 1, day);
    const UDate ms = days->getTime(status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    const std::chrono::milliseconds since{static_cast<std::chrono::milliseconds::rep>(ms)};
    return std::chrono::floor<std::chrono::days>(
        std::chrono::sys_time<std::chrono::milliseconds>{since});
}

std::optional<Calendar> calendar_of_year(int year) {
    if (year < 1300 || year > 1500) {
        return std::nullopt;
    }
    return year <= 1430 ? Calendar::solar_hijri : Calendar::lunar_hijri;
}

std::optional<std::chrono::sys_days> day_in_numbers(int year, int month, int day) {
    const auto calendar = calendar_of_year(year);
    return calendar ? day_in(*calendar, year, month, day) : day_of(year, month, day);
}

}  // namespace wirewatch::feeds
