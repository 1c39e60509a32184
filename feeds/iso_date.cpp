// SPDX-License-Identifier: MIT
#include "feeds/iso_date.hpp"

#include "feeds/date_parts.hpp"
#include "feeds/letters.hpp"

namespace wirewatch::feeds {

namespace {

using namespace std::chrono;

std::optional<sys_days> ordinal_day(int y, int day_of_year) {
    const auto first = day_of(y, 1, 1);
    if (!first || day_of_year < 1 || day_of_year > (year{y}.is_leap() ? 366 : 365)) {
        return std::nullopt;
    }
    return *first + days{day_of_year - 1};
}

std::optional<sys_days> week_day(int y, int week, int weekday_number) {
    const auto fourth = day_of(y, 1, 4);  // always in week 1
    if (!fourth || week < 1 || week > 53 || weekday_number < 1 || weekday_number > 7) {
        return std::nullopt;
    }
    const auto monday = *fourth - days{static_cast<int>(weekday{*fourth}.iso_encoding()) - 1};
    return monday + weeks{week - 1} + days{weekday_number - 1};
}

/// "14-3", "143" or "14", after the "W".
std::optional<sys_days> read_week(DateCursor& cursor, int y) {
    const DateNumber week = cursor.take_number();
    if (week.digits == 3) {
        return week_day(y, week.value / 10, week.value % 10);
    }
    if (cursor.peek() == '-' && is_digit(cursor.peek(1))) {
        cursor.skip();
        return week_day(y, week.value, cursor.take_number().value);
    }
    return week_day(y, week.value, 1);
}

/// What follows a year of four digits.
std::optional<sys_days> read_after_year(DateCursor& cursor, int y) {
    const char separator = cursor.peek();
    if (separator == 'W' || (separator == '-' && cursor.peek(1) == 'W')) {
        cursor.skip(separator == 'W' ? 1 : 2);
        return read_week(cursor, y);
    }
    if ((separator != '-' && separator != '/' && separator != '.') || !is_digit(cursor.peek(1))) {
        return cursor.at_end() ? day_of(y, 1, 1) : std::nullopt;  // "2016 Feb 5" is not ours
    }
    cursor.skip();
    const DateNumber second = cursor.take_number();
    if (second.digits == 3) {
        return ordinal_day(y, second.value);
    }
    DateNumber third{1, 1};
    if (cursor.peek() == separator && is_digit(cursor.peek(1))) {
        cursor.skip();
        third = cursor.take_number();
    }
    return second.digits <= 2 && third.digits <= 2 ? day_of(y, second.value, third.value)
                                                   : std::nullopt;
}

std::optional<sys_days> day_of_eight(int digits) {
    return day_of(digits / 10000, digits / 100 % 100, digits % 100);
}

/// The day; only that of "20210407093000", whose time is left to be read.
std::optional<sys_days> read_day(DateCursor& cursor, std::string_view text) {
    constexpr std::size_t kWithTime = 14;
    DateCursor ahead = cursor;
    const DateNumber first = ahead.take_number();
    if (first.digits == kWithTime) {
        cursor.skip(8);
        return day_of_eight(DateCursor{text.substr(0, 8)}.take_number().value);
    }
    cursor = ahead;
    switch (first.digits) {
        case 4:
            return read_after_year(cursor, first.value);
        case 7:
            return ordinal_day(first.value / 1000, first.value % 1000);
        case 8:
            return day_of_eight(first.value);
        default:
            return std::nullopt;
    }
}

}  // namespace

std::optional<IsoDate> read_iso_date(std::string_view text) {
    DateCursor cursor{text};
    const auto day = read_day(cursor, text);
    if (!day) {
        return std::nullopt;
    }
    bool time_follows = is_digit(cursor.peek());
    cursor.skip_spaces();
    if (lower(cursor.peek()) == 't' && (is_digit(cursor.peek(1)) || is_space(cursor.peek(1)))) {
        cursor.skip();
        cursor.skip_spaces();
        time_follows = true;
    }
    IsoDate date{*day, std::nullopt, cursor.at()};
    const DateNumber time = cursor.take_number();
    if (!time_follows || cursor.peek() == ':' || (time.digits != 4 && time.digits != 6)) {
        return date;  // with colons it reads as in any other date
    }
    date.time = time.digits == 4
                    ? time_of_day(time.value / 100, time.value % 100, 0)
                    : time_of_day(time.value / 10000, time.value / 100 % 100, time.value % 100);
    date.bytes = cursor.at();
    return date.time ? std::optional{date} : std::nullopt;
}

}  // namespace wirewatch::feeds
