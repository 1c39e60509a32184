// SPDX-License-Identifier: MIT
#include "feeds/date_parts.hpp"

#include "feeds/letters.hpp"

#include <algorithm>

namespace wirewatch::feeds {

using namespace std::chrono;

char DateCursor::peek(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
}

std::string_view DateCursor::rest() const {
    return text_.substr(std::min(at_, text_.size()));
}

void DateCursor::skip(std::size_t count) {
    at_ = std::min(at_ + count, text_.size());
}

void DateCursor::skip_spaces() {
    while (is_space(peek())) {
        ++at_;
    }
}

DateNumber DateCursor::take_number() {
    DateNumber number;
    for (; is_digit(peek()); ++at_) {
        ++number.digits;
        number.value = number.digits > 8 ? 0 : number.value * 10 + (peek() - '0');
    }
    return number;
}

int full_year(const DateNumber& number) {
    if (number.digits > 2) {
        return number.value;
    }
    return number.value + (number.value < 50 ? 2000 : 1900);
}

std::optional<sys_days> day_of(int y, int m, int d) {
    if (y < 1000 || y > 9999 || m < 1 || d < 1) {
        return std::nullopt;
    }
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                              day{static_cast<unsigned>(d)}};
    return date.ok() ? std::optional{sys_days{date}} : std::nullopt;
}

std::optional<seconds> time_of_day(int hour, int minute, int second) {
    if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) {
        return std::nullopt;
    }
    return hours{hour} + minutes{minute} + seconds{second};
}

std::optional<sys_days> day_of_numbers(const std::vector<DateNumber>& numbers,
                                       std::optional<weekday> weekday_said) {
    if (numbers.size() != 3 || numbers[0].digits > 2 || numbers[1].digits > 2 ||
        numbers[2].digits < 2) {
        return std::nullopt;
    }
    const int a = numbers[0].value;
    const int b = numbers[1].value;
    const int y = full_year(numbers[2]);
    const auto day_first = day_of(y, b, a);
    if (numbers[0].after == '.') {
        return day_first;  // with dots the day comes first everywhere
    }
    std::vector<sys_days> possible;
    const auto consider = [&](std::optional<sys_days> date) {
        if (date && std::find(possible.begin(), possible.end(), *date) == possible.end()) {
            possible.push_back(*date);
        }
    };
    consider(day_first);
    consider(day_of(y, a, b));
    if (numbers[0].digits == 2 && numbers[2].digits == 2) {
        consider(day_of(full_year(numbers[0]), b, numbers[2].value));
    }
    if (possible.size() > 1 && weekday_said) {
        std::erase_if(possible, [&](sys_days date) { return weekday{date} != *weekday_said; });
    }
    return possible.size() == 1 ? std::optional{possible.front()} : std::nullopt;
}

}  // namespace wirewatch::feeds
