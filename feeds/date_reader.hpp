// SPDX-License-Identifier: MIT
// Any date but the plainest: taken apart from left to right.
#pragma once

#include "base/time.hpp"
#include "feeds/clock_time.hpp"
#include "feeds/date_letters.hpp"
#include "feeds/date_parts.hpp"
#include "feeds/date_words.hpp"
#include "feeds/month_names.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// An ISO date, or numbers and words in any order; a time of day; a zone. Words that say nothing
/// are passed over; a character that has no place in a date makes it none.
class DateReader {
  public:
    /// `text` has at most kMaxDateBytes and lives as long as the reader.
    explicit DateReader(std::string_view text);

    [[nodiscard]] std::optional<Instant> run();

  private:
    bool read_part();
    bool read_number();
    bool read_bare_hour(const DateNumber& number);
    bool read_unit(const DateNumber& number);
    bool read_clock_after(int hour);
    bool read_word();
    bool read_time_word();
    bool read_era();
    bool read_dotted_month();
    bool read_month(std::string_view word);
    void read_zone(std::string_view word, std::size_t start);
    [[nodiscard]] bool is_offset_sign(char sign) const;
    [[nodiscard]] bool is_parted_offset(char sign) const;
    [[nodiscard]] bool is_clock_hour(const DateNumber& number) const;
    [[nodiscard]] bool is_known_day() const;
    [[nodiscard]] std::optional<std::chrono::sys_days> day() const;
    [[nodiscard]] std::optional<std::chrono::sys_days> day_in_other_month() const;
    [[nodiscard]] std::optional<Instant> with_zone(std::chrono::sys_days day) const;

    std::string_view original_;
    PlainDate plain_;
    DateCursor cursor_;
    DateNumbers numbers_;
    std::optional<std::chrono::sys_days> day_;  ///< of an ISO date
    std::optional<std::chrono::month> month_;
    std::optional<std::chrono::weekday> weekday_;
    std::optional<ClockTime> time_;
    std::size_t time_end_ = 0;  ///< where the time ended; "-" there is an offset
    HalfDay half_ = HalfDay::unsaid;
    std::optional<std::chrono::minutes> offset_;
    std::string_view zone_;
    std::optional<DateNumber> year_;  ///< 2004年
    std::optional<int> day_number_;   ///< 28日
    std::optional<CalendarMonth> other_month_;
    int era_ = 0;  ///< what it adds to the year that follows; 0: none was named
    bool is_korean_ = false;
    bool is_thai_ = false;
    bool is_foreign_ = false;  ///< a word is in letters that English does not have
    bool month_follows_ = false;
    bool clock_follows_ = false;
};

}  // namespace wirewatch::feeds
