// SPDX-License-Identifier: MIT
#include "feeds/clock_time.hpp"

#include "feeds/letters.hpp"

namespace wirewatch::feeds {

using namespace std::chrono;

namespace {

constexpr minutes kMaxOffset = hours{18};  // our choice; real ones go from -12 to +14

}  // namespace

std::optional<milliseconds> ClockTime::since_midnight(HalfDay half) const {
    int h = hour;
    if (half != HalfDay::unsaid && hour <= 12) {
        h = hour % 12 + (half == HalfDay::pm ? 12 : 0);
    }
    const auto time = time_of_day(h, minute, second);
    return time ? std::optional{*time + fraction} : std::nullopt;
}

std::optional<ClockTime> read_clock(DateCursor& cursor, int hour) {
    ClockTime time{.hour = hour};
    const bool has_points = cursor.peek() == '.';  // "11.08.22"
    cursor.skip();
    const DateNumber minute = cursor.take_number();
    if (minute.digits == 0 || minute.digits > 2) {
        return std::nullopt;
    }
    time.minute = minute.value;
    if ((cursor.peek() == ':' || (has_points && cursor.peek() == '.')) &&
        is_digit(cursor.peek(1))) {
        cursor.skip();
        const DateNumber second = cursor.take_number();
        if (second.digits > 2 || (cursor.peek() == ':' && is_digit(cursor.peek(1)))) {
            return std::nullopt;
        }
        time.second = second.value;
        const char point = cursor.peek();
        if ((point == '.' || point == ',') && is_digit(cursor.peek(1))) {
            cursor.skip();
            time.fraction = read_fraction(cursor);
        }
    }
    return time;
}

milliseconds read_fraction(DateCursor& cursor) {
    milliseconds fraction{0};
    for (int scale = 100; is_digit(cursor.peek()); cursor.skip(), scale /= 10) {
        fraction += milliseconds{scale * (cursor.peek() - '0')};
    }
    return fraction;
}

HalfDay read_half_day(DateCursor& cursor) {
    std::size_t ahead = 0;
    while (is_space(cursor.peek(ahead))) {
        ++ahead;
    }
    const char half = lower(cursor.peek(ahead++));
    if (half != 'a' && half != 'p') {
        return HalfDay::unsaid;
    }
    if (cursor.peek(ahead) == '.') {  // "p.m.", and Spanish "p. m."
        ahead += cursor.peek(ahead + 1) == ' ' ? 2 : 1;
    }
    if (lower(cursor.peek(ahead)) != 'm' || is_letter(cursor.peek(ahead + 1))) {
        return HalfDay::unsaid;
    }
    cursor.skip(ahead + 1);
    return half == 'a' ? HalfDay::am : HalfDay::pm;
}

std::optional<minutes> read_offset(DateCursor& cursor) {
    const int sign = cursor.peek() == '-' ? -1 : 1;
    cursor.skip();
    cursor.skip_spaces();
    const DateNumber first = cursor.take_number();
    int hour = first.value;
    int minute = 0;
    const bool extra_zero = first.digits == 3 && cursor.peek() == ':';  // "-010:00"
    if (first.digits > 2 && !extra_zero) {
        hour = first.value / 100;
        minute = first.value % 100;
    } else if (cursor.peek() == ':' && is_digit(cursor.peek(1))) {
        cursor.skip();
        minute = cursor.take_number().value;
        if (cursor.peek() == ':' && is_digit(cursor.peek(1))) {
            cursor.skip();
            static_cast<void>(cursor.take_number());  // seconds, always zero
        }
    }
    if (first.digits == 0 || first.digits > 4 || minute > 59 || hours{hour} > kMaxOffset) {
        return std::nullopt;
    }
    return sign * (hours{hour} + minutes{minute});
}

}  // namespace wirewatch::feeds
