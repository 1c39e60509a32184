// SPDX-License-Identifier: MIT
// What dates are made of: numbers, days of the calendar, times of day.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

struct DateNumber {
    int value = 0;           ///< 0 where it has more than 8 digits
    std::size_t digits = 0;  ///< 0: no number
    char after = '\0';       ///< the separator that follows it, if any
};

/// A place in a date's text.
class DateCursor {
  public:
    explicit DateCursor(std::string_view text) : text_{text} {}

    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    [[nodiscard]] std::size_t at() const { return at_; }
    /// The character so far ahead; NUL past the end.
    [[nodiscard]] char peek(std::size_t ahead = 0) const;
    [[nodiscard]] std::string_view rest() const;
    void skip(std::size_t count = 1);
    void skip_spaces();
    [[nodiscard]] DateNumber take_number();

  private:
    std::string_view text_;
    std::size_t at_ = 0;
};

/// 21 is 2021, 99 is 1999. Source: RFC 5322 section 4.3, two digits mean 1950 to 2049.
[[nodiscard]] int full_year(const DateNumber& number);

/// None: there is no such day, or its year is not within 1000 to 9999.
[[nodiscard]] std::optional<std::chrono::sys_days> day_of(int year, int month, int day);

/// Second 60 is a leap second, 24:00:00 the end of the day. None: impossible.
[[nodiscard]] std::optional<std::chrono::seconds> time_of_day(int hour, int minute, int second);

/// Day, month and year in an order that the text does not tell: a day only where one order is left
/// that is possible, or that has the weekday.
[[nodiscard]] std::optional<std::chrono::sys_days> day_of_numbers(
    const std::vector<DateNumber>& numbers, std::optional<std::chrono::weekday> weekday);

}  // namespace wirewatch::feeds
