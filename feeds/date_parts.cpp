// SPDX-License-Identifier: MIT
#include "feeds/date_parts.hpp"

#include "feeds/letters.hpp"
#include "feeds/other_calendars.hpp"

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
    constexpr int kBuddhist = 543;  // years of the era that Thailand counts by
    if (y >= 1900 + kBuddhist && y < 2100 + kBuddhist) {
        y -= kBuddhist;
    }
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

namespace {

/// The days that three numbers can mean, each once.
class Candidates {
  public:
    void add(std::optional<sys_days> day) {
        const auto end = days_.begin() + static_cast<std::ptrdiff_t>(count_);
        if (day && std::find(days_.begin(), end, *day) == end) {
            days_[count_++] = *day;
        }
    }

    void keep_only(weekday said) {
        if (count_ < 2) {
            return;  // a wrong weekday is more likely than an impossible date
        }
        const auto end = days_.begin() + static_cast<std::ptrdiff_t>(count_);
        const auto kept =
            std::remove_if(days_.begin(), end, [&](sys_days day) { return weekday{day} != said; });
        count_ = static_cast<std::size_t>(kept - days_.begin());
    }

    [[nodiscard]] std::optional<sys_days> only() const {
        return count_ == 1 ? std::optional{days_[0]} : std::nullopt;
    }

  private:
    std::array<sys_days, 3> days_{};
    std::size_t count_ = 0;
};

}  // namespace

std::optional<sys_days> day_of_numbers(const DateNumbers& numbers, const OrderHints& hints) {
    if (numbers.count != 3) {
        return std::nullopt;
    }
    const auto& [a, b, c] = numbers.all;
    if (a.digits == 4 && b.digits <= 2 && c.digits <= 2) {
        return day_in_numbers(a.value, b.value, c.value);
    }
    if (a.digits > 2 || b.digits > 2) {
        return std::nullopt;
    }
    if (a.after == '-' && a.digits == 2 && c.digits <= 2) {
        if (const auto iso = day_of(full_year(a), b.value, c.value)) {
            return iso;
        }
    }
    if (c.digits < 2) {
        return std::nullopt;
    }
    const int y = full_year(c);
    if (calendar_of_year(y)) {
        return day_in_numbers(y, b.value, a.value);
    }
    const auto day_first = day_of(y, b.value, a.value);
    const auto month_first = day_of(y, a.value, b.value);
    if (a.after == '.') {
        return day_first;  // with dots the day comes first everywhere
    }
    if (hints.is_foreign && !hints.weekday && c.digits == 4) {
        return day_first ? day_first : month_first;
    }
    if (hints.is_american && a.after == '/' && month_first) {
        return month_first;
    }
    Candidates possible;
    possible.add(day_first);
    possible.add(month_first);
    if (a.digits == 2 && c.digits == 2) {
        possible.add(day_of(full_year(a), b.value, c.value));
    }
    if (hints.weekday) {
        possible.keep_only(*hints.weekday);
    }
    return possible.only();
}

std::optional<sys_days> day_in_month(const DateNumbers& numbers, month in) {
    const int m = static_cast<int>(static_cast<unsigned>(in));
    const auto& [a, b, c] = numbers.all;
    if (numbers.count == 1 && a.digits == 4) {
        return day_of(a.value, m, 1);
    }
    if (numbers.count != 2) {
        return std::nullopt;
    }
    const bool year_first = a.digits > 2;
    const DateNumber& year = year_first ? a : b;
    const DateNumber& day = year_first ? b : a;
    return day.digits <= 2 && year.digits >= 2 ? day_of(full_year(year), m, day.value)
                                               : std::nullopt;
}

}  // namespace wirewatch::feeds
