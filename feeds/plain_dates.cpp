// SPDX-License-Identifier: MIT
#include "feeds/plain_dates.hpp"

#include "feeds/date_parts.hpp"
#include "feeds/letters.hpp"
#include "feeds/other_calendars.hpp"
#include "feeds/time_zones.hpp"

#include <array>
#include <chrono>
#include <cstddef>

namespace wirewatch::feeds {

using namespace std::chrono;

namespace {

/// `count` digits at `at`, which must lie within the text; below 0: something else stands there.
int digits(std::string_view text, std::size_t at, std::size_t count) {
    int value = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (!is_digit(text[i])) {
            return -1;
        }
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// "hh:mm:ss" at `at`.
std::optional<seconds> clock(std::string_view text, std::size_t at) {
    const int hour = digits(text, at, 2);
    const int minute = digits(text, at + 3, 2);
    const int second = digits(text, at + 6, 2);
    if (text[at + 2] != ':' || text[at + 5] != ':' || hour < 0 || minute < 0 || second < 0) {
        return std::nullopt;
    }
    return time_of_day(hour, minute, second);
}

/// 1 to 12; 0: none.
int english_month(std::string_view text, std::size_t at) {
    constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (std::size_t i = 0; i < kMonths.size(); i += 3) {
        if (lower(text[at]) == kMonths[i] && lower(text[at + 1]) == kMonths[i + 1] &&
            lower(text[at + 2]) == kMonths[i + 2]) {
            return static_cast<int>(i / 3) + 1;
        }
    }
    return 0;
}

/// "+hhmm", "+hh:mm", to the end of `text`; up to 18 hours as everywhere (clock_time.hpp).
std::optional<minutes> offset(std::string_view text) {
    const bool has_colon = text.size() == 6 && text[3] == ':';
    if ((text.size() != 5 && !has_colon) || (text[0] != '+' && text[0] != '-')) {
        return std::nullopt;
    }
    const int hour = digits(text, 1, 2);
    const int minute = digits(text, has_colon ? 4 : 3, 2);
    if (hour < 0 || minute < 0 || hour > 17 || minute > 59) {
        return std::nullopt;
    }
    const minutes east = hours{hour} + minutes{minute};
    return text[0] == '-' ? -east : east;
}

}  // namespace

std::optional<Instant> read_plain_rfc822(std::string_view text) {
    constexpr std::size_t kShortest = 22;  // "1 Jan 2014 17:51:37 UT"
    if (text.size() > 5 && text[3] == ',' && text[4] == ' ' && is_letter(text[0])) {
        text.remove_prefix(5);  // which weekday it is, the calendar knows better
    }
    if (text.size() < kShortest) {
        return std::nullopt;
    }
    const std::size_t day_digits = text[1] == ' ' ? 1 : 2;
    const int day = digits(text, 0, day_digits);
    text.remove_prefix(day_digits);
    const int year = digits(text, 5, 4);
    if (day < 0 || year < 0 || text[0] != ' ' || text[4] != ' ' || text[9] != ' ' ||
        text[18] != ' ') {
        return std::nullopt;
    }
    const auto date = day_of(year, english_month(text, 1), day);
    const auto time = clock(text, 10);
    const std::string_view zone = text.substr(19);
    if (!date || !time) {
        return std::nullopt;
    }
    if (zone == "GMT") {
        return *date + *time;
    }
    const auto east = is_letter(zone.front()) ? abbreviated_offset(zone) : offset(zone);
    return east ? std::optional<Instant>{*date + *time - *east} : std::nullopt;
}

std::optional<Instant> read_plain_rfc3339(std::string_view text) {
    constexpr std::size_t kShortest = 20;  // "2021-04-07T09:30:00Z"
    if (text.size() < kShortest || text[4] != '-' || text[7] != '-' || text[10] != 'T') {
        return std::nullopt;
    }
    const int year = digits(text, 0, 4);
    const auto date = day_of(year, digits(text, 5, 2), digits(text, 8, 2));
    const auto time = clock(text, 11);
    if (!date || !time || calendar_of_year(year)) {
        return std::nullopt;
    }
    milliseconds fraction{0};
    std::size_t at = 19;
    if (text[at] == '.') {
        for (int scale = 100; ++at < text.size() && is_digit(text[at]); scale /= 10) {
            fraction += milliseconds{scale * (text[at] - '0')};
        }
    }
    const std::string_view zone = text.substr(at);
    if (zone == "Z") {
        return *date + *time + fraction;
    }
    const auto east = offset(zone);
    return east ? std::optional<Instant>{*date + *time + fraction - *east} : std::nullopt;
}

}  // namespace wirewatch::feeds
