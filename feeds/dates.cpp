// SPDX-License-Identifier: MIT
#include "feeds/dates.hpp"

#include "feeds/date_parts.hpp"
#include "feeds/date_words.hpp"
#include "feeds/iso_date.hpp"
#include "feeds/letters.hpp"
#include "feeds/time_zones.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace wirewatch::feeds {

namespace {

using namespace std::chrono;

constexpr std::size_t kMaxText = 100;      // our choice; no date is half as long
constexpr minutes kMaxOffset = hours{18};  // our choice; real ones go from -12 to +14

/// Seconds in 9 or 10 digits, milliseconds in 13.
std::optional<Instant> read_unix_time(std::string_view text) {
    const bool digits = std::all_of(text.begin(), text.end(), is_digit);
    if (!digits || (text.size() != 9 && text.size() != 10 && text.size() != 13)) {
        return std::nullopt;
    }
    milliseconds::rep value = 0;
    for (const char c : text) {
        value = value * 10 + (c - '0');
    }
    return Instant{milliseconds{text.size() == 13 ? value : value * 1000}};
}

/// Years 1000 to 9999 in UTC too: a zone can move a date over the edge.
bool is_of_our_era(Instant date) {
    const year_month_day day{floor<days>(date)};
    return day.year() >= year{1000} && day.year() <= year{9999};
}

/// Takes a date apart from left to right: an ISO date at the start, or numbers and words in any
/// order; a time of day; a zone.
class DateReader {
  public:
    explicit DateReader(std::string_view text) : text_{text}, cursor_{text} {}

    std::optional<Instant> run() {
        if (const auto iso = read_iso_date(text_)) {
            day_ = iso->day;
            time_ = iso->time;
            cursor_.skip(iso->bytes);
        }
        while (!cursor_.at_end()) {
            if (!read_part()) {
                return std::nullopt;
            }
        }
        if (!day_) {
            day_ = month_ ? day_with_month() : day_of_numbers(numbers_, weekday_);
        } else if (!numbers_.empty() || month_) {
            return std::nullopt;
        }
        return day_ ? with_zone() : std::nullopt;
    }

  private:
    bool read_part() {
        const char c = cursor_.peek();
        if (is_digit(c)) {
            return read_number();
        }
        if ((c == '+' || c == '-') && is_digit(cursor_.peek(1)) && (time_ || c == '+')) {
            return read_offset();
        }
        if (is_letter(c) || static_cast<unsigned char>(c) >= 0x80) {
            return read_word();
        }
        if (c == '(') {  // "(Coordinated Universal Time)"
            const std::string_view rest = cursor_.rest();
            cursor_.skip(std::min(rest.find(')'), rest.size() - 1) + 1);
            return true;
        }
        cursor_.skip();
        return is_space(c) || c == ',' || c == '-' || c == '.' || c == '/' || c == '|' || c == ';';
    }

    bool read_number() {
        DateNumber number = cursor_.take_number();
        if (cursor_.peek() == ':' && !time_ && number.digits <= 2) {
            return read_time(number.value);
        }
        if (number.digits > 4 || numbers_.size() == 3) {
            return false;
        }
        skip_ordinal_ending();
        number.after = cursor_.peek();
        numbers_.push_back(number);
        return true;
    }

    /// "st" of "1st".
    void skip_ordinal_ending() {
        constexpr std::array<std::string_view, 6> kEndings{"st", "nd", "rd", "th", "er", "º"};
        for (const std::string_view ending : kEndings) {
            if (equal_ignoring_case(cursor_.rest().substr(0, ending.size()), ending) &&
                !is_letter(cursor_.peek(ending.size()))) {
                cursor_.skip(ending.size());
                return;
            }
        }
    }

    /// From the colon after the hour on.
    bool read_time(int hour) {
        cursor_.skip();
        const DateNumber minute = cursor_.take_number();
        DateNumber second;
        if (cursor_.peek() == ':' && is_digit(cursor_.peek(1))) {
            cursor_.skip();
            second = cursor_.take_number();
        }
        if (minute.digits != 2 || second.digits > 2) {
            return false;
        }
        const char point = cursor_.peek();
        if ((point == '.' || point == ',') && is_digit(cursor_.peek(1)) && second.digits > 0) {
            cursor_.skip();
            read_fraction();
        }
        time_ = time_of_day(hour_of_half_day(hour), minute.value, second.value);
        return time_.has_value();
    }

    void read_fraction() {
        for (int scale = 100; is_digit(cursor_.peek()); cursor_.skip(), scale /= 10) {
            fraction_ += milliseconds{scale * (cursor_.peek() - '0')};
        }
    }

    /// Takes "pm", "p.m.", "AM" after a time, and says which hour it makes.
    int hour_of_half_day(int hour) {
        std::size_t ahead = 0;
        while (is_space(cursor_.peek(ahead))) {
            ++ahead;
        }
        const char half = lower(cursor_.peek(ahead));
        const std::size_t m = ahead + (cursor_.peek(ahead + 1) == '.' ? 2 : 1);
        if ((half != 'a' && half != 'p') || lower(cursor_.peek(m)) != 'm' ||
            is_letter(cursor_.peek(m + 1))) {
            return hour;
        }
        cursor_.skip(m + 1);
        return hour <= 12 ? hour % 12 + (half == 'p' ? 12 : 0) : hour;  // some write "13:55 PM"
    }

    /// "+0100", "-05:00", "+1".
    bool read_offset() {
        const int sign = cursor_.peek() == '-' ? -1 : 1;
        cursor_.skip();
        const DateNumber first = cursor_.take_number();
        int hour = first.value;
        int minute = 0;
        if (first.digits > 2) {
            hour = first.value / 100;
            minute = first.value % 100;
        } else if (cursor_.peek() == ':' && is_digit(cursor_.peek(1))) {
            cursor_.skip();
            minute = cursor_.take_number().value;
        }
        if (first.digits > 4 || minute > 59 || hours{hour} > kMaxOffset) {
            return false;
        }
        offset_ = sign * (hours{hour} + minutes{minute});
        return true;
    }

    std::string_view take_word() {
        const std::string_view rest = cursor_.rest();
        std::size_t end = 0;
        bool in_city = false;  // "America/Port-au-Prince"
        for (; end < rest.size(); ++end) {
            const char c = rest[end];
            in_city |= c == '/' && time_;
            if (!is_letter(c) && static_cast<unsigned char>(c) < 0x80 && c != '_' &&
                !(in_city && (c == '/' || c == '-'))) {
                break;
            }
        }
        cursor_.skip(end);
        return rest.substr(0, end);
    }

    bool read_word() {
        const bool is_first = cursor_.at() == 0;
        const std::string_view word = take_word();
        if (const auto month = month_named(word)) {
            month_ = month;  // the last one: in "mar., 01 déc. 2020" the first is a Tuesday
            return true;
        }
        if (const auto weekday = weekday_named(word)) {
            weekday_ = weekday;
            return true;
        }
        if (is_first || is_filler(word)) {
            return true;  // the first is a weekday in a language that we do not know
        }
        zone_ = word;
        return zone_offset(word, Instant{}).has_value();
    }

    [[nodiscard]] std::optional<sys_days> day_with_month() const {
        const int month = static_cast<int>(static_cast<unsigned>(*month_));
        if (numbers_.size() == 1 && numbers_[0].digits == 4) {
            return day_of(numbers_[0].value, month, 1);
        }
        if (numbers_.size() != 2) {
            return std::nullopt;
        }
        const bool year_first = numbers_[0].digits > 2;
        const DateNumber& year = numbers_[year_first ? 0 : 1];
        const DateNumber& day = numbers_[year_first ? 1 : 0];
        return day.digits <= 2 && year.digits >= 2 ? day_of(full_year(year), month, day.value)
                                                   : std::nullopt;
    }

    [[nodiscard]] std::optional<Instant> with_zone() const {
        const Instant local = *day_ + time_.value_or(seconds{0}) + fraction_;
        if (offset_) {
            return local - *offset_;
        }
        if (zone_.empty()) {
            return local;
        }
        const auto offset = zone_offset(zone_, local);
        return offset ? std::optional{local - *offset} : std::nullopt;
    }

    std::string_view text_;
    DateCursor cursor_;
    std::vector<DateNumber> numbers_;
    std::optional<sys_days> day_;
    std::optional<month> month_;
    std::optional<weekday> weekday_;
    std::optional<seconds> time_;
    milliseconds fraction_{0};
    std::optional<minutes> offset_;
    std::string_view zone_;
};

}  // namespace

std::optional<Instant> parse_date(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.size() > kMaxText) {
        return std::nullopt;
    }
    if (const auto unix_time = read_unix_time(text)) {
        return unix_time;
    }
    const auto date = DateReader{text}.run();
    return date && is_of_our_era(*date) ? date : std::nullopt;
}

}  // namespace wirewatch::feeds
