// SPDX-License-Identifier: MIT
#include "feeds/iso_date.hpp"

#include "feeds/date_parts.hpp"
#include "feeds/letters.hpp"
#include "feeds/other_calendars.hpp"

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

/// What follows a year of four digits and its separator.
std::optional<sys_days> read_after_year(DateCursor& cursor, int y, char separator) {
    const DateNumber second = cursor.take_number();
    DateNumber third{1, 1};
    const bool has_third = cursor.peek() == separator && is_digit(cursor.peek(1));
    if (second.digits == 3 && !has_third) {
        return ordinal_day(y, second.value);
    }
    if (has_third) {
        cursor.skip();
        third = cursor.take_number();
    }
    const bool extra_zero = second.digits == 3 && second.value <= 12;  // Google's "2003-012-31"
    return (second.digits <= 2 || extra_zero) && third.digits <= 2
               ? day_in_numbers(y, second.value, third.value)
               : std::nullopt;
}

std::optional<sys_days> day_of_eight(int digits) {
    return day_in_numbers(digits / 10000, digits / 100 % 100, digits % 100);
}

/// Dates without separators in a year of two or four digits, which are the whole text.
std::optional<sys_days> day_of_compact(const DateNumber& number) {
    const auto short_year = [](int value) { return full_year(DateNumber{value, 2}); };
    switch (number.digits) {
        case 4:
            return day_of(number.value, 1, 1);
        case 5:
            return ordinal_day(short_year(number.value / 1000), number.value % 1000);
        case 6:
            return day_of(short_year(number.value / 10000), number.value / 100 % 100,
                          number.value % 100);
        case 7:
            return ordinal_day(number.value / 1000, number.value % 1000);
        default:
            return std::nullopt;
    }
}

struct DayRead {
    std::optional<sys_days> day;
    bool is_iso = false;  ///< it can be nothing else
};

/// The day; only that of "20210407093000", whose time is left to be read.
DayRead read_day(DateCursor& cursor, std::string_view text, bool is_whole) {
    const DateNumber first = cursor.take_number();
    if (first.digits == 12 || first.digits == 14) {
        cursor = DateCursor{text};
        cursor.skip(8);
        return {day_of_eight(DateCursor{text.substr(0, 8)}.take_number().value), true};
    }
    if (first.digits == 8) {
        return {day_of_eight(first.value), true};
    }
    const char separator = cursor.peek();
    if (first.digits == 4) {
        if (separator == 'w' || (separator == '-' && cursor.peek(1) == 'w')) {
            cursor.skip(separator == 'w' ? 1 : 2);
            return {read_week(cursor, first.value), true};
        }
        if ((separator == '-' || separator == '/' || separator == '.') &&
            is_digit(cursor.peek(1))) {
            cursor.skip();
            return {read_after_year(cursor, first.value, separator), true};
        }
    }
    if (is_whole && (cursor.at_end() || separator == 't')) {
        return {day_of_compact(first), first.digits > 4};
    }
    if (is_whole && first.digits == 2 && separator == '-') {
        cursor.skip();
        const DateNumber second = cursor.take_number();
        const bool is_ordinal = second.digits == 3 && (cursor.at_end() || cursor.peek() == 't');
        return {is_ordinal ? ordinal_day(full_year(first), second.value) : std::nullopt,
                is_ordinal};
    }
    return {};  // "2016 Feb 5" is not ours
}

/// "0930", "093000.25" or "09", not followed by a colon.
std::optional<ClockTime> read_compact_time(DateCursor& cursor) {
    const DateNumber time = cursor.take_number();
    const int v = time.value;
    if (time.digits == 2) {
        return ClockTime{.hour = v};
    }
    if (time.digits == 4) {
        return ClockTime{.hour = v / 100, .minute = v % 100};
    }
    if (time.digits != 6) {
        return std::nullopt;
    }
    ClockTime clock{.hour = v / 10000, .minute = v / 100 % 100, .second = v % 100};
    if ((cursor.peek() == '.' || cursor.peek() == ',') && is_digit(cursor.peek(1))) {
        cursor.skip();
        clock.fraction = read_fraction(cursor);
    }
    return clock;
}

}  // namespace

IsoStart read_iso_date(std::string_view text, bool is_whole) {
    DateCursor cursor{text};
    const DayRead read = read_day(cursor, text, is_whole);
    if (!read.day) {
        return {std::nullopt, read.is_iso};
    }
    bool time_follows = is_digit(cursor.peek());
    cursor.skip_spaces();
    if (cursor.peek() == 't' && (is_digit(cursor.peek(1)) || is_space(cursor.peek(1)))) {
        cursor.skip();
        cursor.skip_spaces();
        time_follows = true;
    }
    IsoDate date{*read.day, std::nullopt, cursor.at()};
    DateCursor ahead = cursor;
    static_cast<void>(ahead.take_number());
    if (!time_follows || ahead.peek() == ':') {
        return {date};  // with colons it reads as in any other date
    }
    date.time = read_compact_time(cursor);
    date.bytes = cursor.at();
    return date.time ? IsoStart{date} : IsoStart{std::nullopt, true};
}

std::optional<sys_days> read_short_month(std::string_view text) {
    DateCursor cursor{text};
    cursor.skip();
    DateNumber year = cursor.take_number();
    int month = year.value % 100;
    if (year.digits == 4) {
        year = {year.value / 100, 2};
    } else if (year.digits == 2 && cursor.peek() == '-') {
        cursor.skip();
        month = cursor.take_number().value;
    } else {
        return std::nullopt;
    }
    return cursor.at_end() ? day_of(full_year(year), month, 1) : std::nullopt;
}

}  // namespace wirewatch::feeds
