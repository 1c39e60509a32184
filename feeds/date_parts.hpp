// SPDX-License-Identifier: MIT
// What dates are made of: numbers, days of the calendar, times of day.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

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

/// None: there is no such day, or its year is not within 1000 to 9999. 2443 to 2642 are years of
/// the Buddhist era, as Thailand counts: 2568 is 2025.
[[nodiscard]] std::optional<std::chrono::sys_days> day_of(int year, int month, int day);

/// Second 60 is a leap second, 24:00:00 the end of the day. None: impossible.
[[nodiscard]] std::optional<std::chrono::seconds> time_of_day(int hour, int minute, int second);

/// At most three numbers that no word explains, in the order in which they stand.
struct DateNumbers {
    std::array<DateNumber, 3> all{};
    std::size_t count = 0;
};

/// What besides the numbers tells their order.
struct OrderHints {
    std::optional<std::chrono::weekday> weekday;
    bool is_american = false;  ///< "3/4/2020 5:00 PM": who writes PM writes the month first
    bool is_foreign = false;   ///< "Thứ Năm, 05/11/2020": only English writes the month first
};

/// Day, month and year in numbers alone: a day only where one order is left that is possible, or
/// that the hints confirm. Year first where it has four digits, or where "-" stands between parts
/// of two digits (ISO 8601:2000); day first where "." does.
[[nodiscard]] std::optional<std::chrono::sys_days> day_of_numbers(const DateNumbers& numbers,
                                                                  const OrderHints& hints);

/// Day and year beside a month that has a name; the first of the month where only a year stands.
[[nodiscard]] std::optional<std::chrono::sys_days> day_in_month(const DateNumbers& numbers,
                                                                std::chrono::month month);

}  // namespace wirewatch::feeds
