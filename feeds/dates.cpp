// SPDX-License-Identifier: MIT
#include "feeds/dates.hpp"

#include "feeds/date_reader.hpp"
#include "feeds/iso_date.hpp"
#include "feeds/letters.hpp"
#include "feeds/plain_dates.hpp"

#include <algorithm>

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

std::optional<Instant> read_any(std::string_view text) {
    if (const auto date = read_plain_rfc822(text)) {
        return date;
    }
    if (const auto date = read_plain_rfc3339(text)) {
        return date;
    }
    if (const auto date = read_unix_time(text)) {
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

}  // namespace

std::optional<Instant> parse_date(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.size() > kMaxDateBytes) {
        return std::nullopt;
    }
    const auto date = read_any(text);
    // In UTC too: a zone can move a date over the edge.
    constexpr sys_days kFirst{year{1000} / January / 1};
    constexpr sys_days kPast{year{10000} / January / 1};
    return date && *date >= kFirst && *date < kPast ? date : std::nullopt;
}

}  // namespace wirewatch::feeds
