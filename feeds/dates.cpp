// SPDX-License-Identifier: MIT
#include "feeds/dates.hpp"

#include "feeds/date_letters.hpp"
#include "feeds/date_parts.hpp"
#include "feeds/date_reader.hpp"
#include "feeds/iso_date.hpp"
#include "feeds/letters.hpp"
#include "feeds/other_calendars.hpp"
#include "feeds/plain_dates.hpp"

#include <algorithm>
#include <cstdlib>

namespace wirewatch::feeds {

namespace {

using namespace std::chrono;

/// Seconds in 9 or 10 digits, with or without a fraction; milliseconds in 13, microseconds in 16.
std::optional<Instant> read_unix_time(std::string_view text) {
    const std::size_t point = text.find('.');
    const std::string_view whole = text.substr(0, point);
    const auto all_digits = [](std::string_view part) {
        return std::all_of(part.begin(), part.end(), is_digit);
    };
    const bool is_seconds = whole.size() == 9 || whole.size() == 10;
    const bool has_fraction = point != std::string_view::npos;
    if ((!is_seconds && (has_fraction || (whole.size() != 13 && whole.size() != 16))) ||
        !all_digits(whole) || (has_fraction && !all_digits(text.substr(point + 1)))) {
        return std::nullopt;
    }
    milliseconds::rep value = 0;
    for (const char c : whole) {
        value = value * 10 + (c - '0');
    }
    if (!is_seconds) {
        return Instant{milliseconds{whole.size() == 13 ? value : value / 1000}};
    }
    milliseconds fraction{0};
    if (has_fraction) {
        DateCursor cursor{text.substr(point + 1)};
        fraction = read_fraction(cursor);
    }
    return Instant{seconds{value} + fraction};
}

/// "/Date(1617787800000+0200)/", as ASP.NET writes JSON: the zone is only for showing.
std::string_view in_dot_net(std::string_view text) {
    constexpr std::string_view kStart = "/Date(";
    constexpr std::string_view kEnd = ")/";
    if (!text.starts_with(kStart) || !text.ends_with(kEnd)) {
        return text;
    }
    text.remove_prefix(kStart.size());
    return text.substr(0, text.find_first_of("+-)"));
}

std::optional<Instant> read_any(std::string_view text) {
    if (const auto date = read_plain_rfc822(text)) {
        return date;
    }
    if (const auto date = read_plain_rfc3339(text)) {
        return date;
    }
    if (const auto date = read_unix_time(in_dot_net(text))) {
        return date;
    }
    const bool may_have_digits = std::any_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
    });
    if (!may_have_digits) {
        return std::nullopt;  // "yesterday"
    }
    if (text.front() == '-') {
        return read_short_month(text);
    }
    return DateReader{text}.run();
}

/// The years that feeds mean otherwise (other_calendars.hpp, day_of()), were they read again.
bool is_in_other_calendar(Instant date) {
    const int y = int{year_month_day{floor<days>(date)}.year()};
    return calendar_of_year(y) || (y >= 2443 && y < 2643);
}

/// At most three runs of digits, which are what a date without a month's name begins with.
DateNumbers first_numbers(std::string_view text) {
    DateNumbers numbers;
    DateCursor cursor{text};
    while (!cursor.at_end() && numbers.count < numbers.all.size()) {
        if (!is_digit(cursor.peek())) {
            cursor.skip();
            continue;
        }
        DateNumber& number = numbers.all[numbers.count++];
        number = cursor.take_number();
        number.after = cursor.peek();
    }
    return numbers;
}

/// Whether the year of `date` stands in the text with its four digits, and day and month are not
/// two numbers that could change places.
bool is_said_in_full(std::string_view text, Instant date) {
    if (read_unix_time(in_dot_net(text))) {
        return true;
    }
    const PlainDate plain{text};
    const DateNumbers numbers = first_numbers(plain.text());
    const int y = int{year_month_day{floor<days>(date)}.year()};
    // A zone can move a date into the year beside the one that is written.
    const bool has_year =
        std::any_of(numbers.all.begin(), numbers.all.end(), [&](const DateNumber& number) {
            const int written = number.digits == 8 ? number.value / 10'000 : number.value;
            return (number.digits == 4 || number.digits == 8) && std::abs(written - y) <= 1;
        });
    const auto& [a, b, c] = numbers.all;
    const bool can_change_places = a.digits <= 2 && b.digits <= 2 && a.value <= 12 &&
                                   b.value <= 12 && a.value != b.value &&
                                   (a.after == '/' || a.after == '-' || a.after == '.');
    return has_year && !can_change_places;
}

}  // namespace

std::optional<Instant> parse_date(std::string_view text, std::optional<Instant> latest_guess) {
    text = trimmed(text);
    if (text.empty() || text.size() > kMaxDateBytes) {
        return std::nullopt;
    }
    const auto date = read_any(text);
    // In UTC too: a zone can move a date over the edge.
    constexpr sys_days kFirst{year{1000} / January / 1};
    constexpr sys_days kPast{year{10000} / January / 1};
    if (!date || *date < kFirst || *date >= kPast || is_in_other_calendar(*date)) {
        return std::nullopt;
    }
    const bool is_late = latest_guess && *date > *latest_guess;
    return is_late && !is_said_in_full(text, *date) ? std::nullopt : date;
}

}  // namespace wirewatch::feeds
