// SPDX-License-Identifier: MIT
#include "feeds/dates.hpp"

#include "feeds/date_words.hpp"
#include "feeds/letters.hpp"
#include "feeds/time_zones.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace wirewatch::feeds {

namespace {

using namespace std::chrono;

constexpr std::size_t kMaxText = 100;  // our choice; no date is half as long
constexpr minutes kMaxOffset = hours{18};

struct Number {
    int value = 0;
    std::size_t digits = 0;
    char after = '\0';  ///< the separator that follows it, if any
};

/// RFC 5322 section 4.3: two digits mean 1950 to 2049.
int full_year(const Number& number) {
    if (number.digits > 2) {
        return number.value;
    }
    return number.value + (number.value < 50 ? 2000 : 1900);
}

std::optional<sys_days> day_of(int y, int m, int d) {
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                              day{static_cast<unsigned>(d)}};
    if (y < 1000 || y > 9999 || m < 1 || d < 1 || !date.ok()) {
        return std::nullopt;
    }
    return sys_days{date};
}

/// Takes a date apart from left to right: an ISO date at the start or numbers and words in any
/// order, a time of day, a zone.
class DateReader {
  public:
    explicit DateReader(std::string_view text) : text_{text} {}

    std::optional<Instant> run() {
        if (const auto unix_time = read_unix_time()) {
            return unix_time;
        }
        if (!read_iso_date()) {
            at_ = 0;
            date_.reset();
        }
        while (at_ < text_.size()) {
            if (!read_part()) {
                return std::nullopt;
            }
        }
        if (!date_) {
            date_ = month_ ? date_with_month() : date_of_numbers();
        } else if (!numbers_.empty() || month_) {
            return std::nullopt;
        }
        return date_ ? with_zone() : std::nullopt;
    }

  private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }

    void skip_spaces() {
        while (is_space(peek())) {
            ++at_;
        }
    }

    Number take_number() {
        Number number;
        while (is_digit(peek())) {
            if (++number.digits > 14) {  // longer than any number that has a meaning here
                at_ = text_.size();
                return {};
            }
            number.value = number.digits > 8 ? 0 : number.value * 10 + (peek() - '0');
            ++at_;
        }
        return number;
    }

    [[nodiscard]] std::optional<Instant> read_unix_time() const {
        const bool digits = std::all_of(text_.begin(), text_.end(), is_digit);
        if (!digits || (text_.size() != 9 && text_.size() != 10 && text_.size() != 13)) {
            return std::nullopt;
        }
        milliseconds::rep value = 0;
        for (const char c : text_) {
            value = value * 10 + (c - '0');
        }
        return Instant{milliseconds{text_.size() == 13 ? value : value * 1000}};
    }

    // ISO 8601: 2021-04-07, 20210407, 2021-04, 2021, 2021-097, 2021097, 2021-W14-3, 2021W143.
    bool read_iso_date() {
        const std::size_t start = at_;
        const Number first = take_number();
        if (first.digits == 4) {
            if (!read_rest_of_date(first.value)) {
                return false;
            }
        } else if (first.digits == 8) {
            date_ = day_of(first.value / 10000, first.value / 100 % 100, first.value % 100);
        } else if (first.digits == 7) {
            date_ = ordinal(first.value / 1000, first.value % 1000);
        } else if (first.digits == 14) {
            at_ = start + 8;  // 20210407093000: the rest reads as a time without colons
            date_ = DateReader{text_.substr(start, 8)}.date_alone();
        } else {
            return false;
        }
        return date_ && read_separator_of_time(first.digits == 14);
    }

    std::optional<sys_days> date_alone() { return read_iso_date() ? date_ : std::nullopt; }

    bool read_rest_of_date(int y) {
        const char separator = peek();
        if (separator == 'W' || (separator == '-' && peek(1) == 'W')) {
            at_ += separator == 'W' ? 1 : 2;
            return read_week(y);
        }
        if ((separator != '-' && separator != '/' && separator != '.') || !is_digit(peek(1))) {
            date_ = day_of(y, 1, 1);
            return at_ == text_.size();  // "2016 Feb 5" is none of ours
        }
        ++at_;
        const Number second = take_number();
        if (second.digits == 3) {
            date_ = ordinal(y, second.value);
            return true;
        }
        Number third{1, 1};
        if (peek() == separator && is_digit(peek(1))) {
            ++at_;
            third = take_number();
        }
        date_ = second.digits <= 2 && third.digits <= 2 ? day_of(y, second.value, third.value)
                                                        : std::nullopt;
        return true;
    }

    bool read_week(int y) {
        Number week = take_number();
        int weekday = 1;
        if (week.digits == 3) {
            weekday = week.value % 10;
            week.value /= 10;
        } else if (peek() == '-' && is_digit(peek(1))) {
            ++at_;
            weekday = take_number().value;
        }
        const auto fourth = day_of(y, 1, 4);  // always in week 1
        if (!fourth || week.value < 1 || week.value > 53 || weekday < 1 || weekday > 7) {
            return false;
        }
        const auto monday = *fourth - days{std::chrono::weekday{*fourth}.iso_encoding() - 1};
        date_ = monday + weeks{week.value - 1} + days{weekday - 1};
        return true;
    }

    static std::optional<sys_days> ordinal(int y, int day_of_year) {
        const auto first = day_of(y, 1, 1);
        const int last = year{y}.is_leap() ? 366 : 365;
        if (!first || day_of_year < 1 || day_of_year > last) {
            return std::nullopt;
        }
        return *first + days{day_of_year - 1};
    }

    /// Between an ISO date and its time, which may do without colons.
    bool read_separator_of_time(bool time_follows) {
        skip_spaces();
        if (lower(peek()) == 't' && (is_digit(peek(1)) || is_space(peek(1)))) {
            ++at_;
            skip_spaces();
            time_follows = true;
        }
        std::size_t digits = 0;
        while (is_digit(peek(digits))) {
            ++digits;
        }
        if (!time_follows || peek(digits) == ':' || (digits != 4 && digits != 6)) {
            return true;
        }
        const Number time = take_number();
        return digits == 4 ? set_time(time.value / 100, time.value % 100, 0)
                           : set_time(time.value / 10000, time.value / 100 % 100, time.value % 100);
    }

    bool read_part() {
        const char c = peek();
        if (is_digit(c)) {
            return read_number();
        }
        if ((c == '+' || c == '-') && is_digit(peek(1)) && (time_ || c == '+')) {
            return read_offset();
        }
        if (is_letter(c) || static_cast<unsigned char>(c) >= 0x80) {
            return read_word();
        }
        if (c == '(') {  // "(Coordinated Universal Time)"
            at_ = std::min(text_.find(')', at_), text_.size() - 1) + 1;
            return true;
        }
        ++at_;
        return is_space(c) || c == ',' || c == '-' || c == '.' || c == '/' || c == '|' || c == ';';
    }

    bool read_number() {
        Number number = take_number();
        if (peek() == ':' && !time_ && number.digits <= 2) {
            return read_time(number.value);
        }
        if (number.digits == 0 || number.digits > 4 || numbers_.size() == 3) {
            return false;
        }
        skip_ordinal_ending();
        number.after = peek();
        numbers_.push_back(number);
        return true;
    }

    /// "st" of "1st".
    void skip_ordinal_ending() {
        constexpr std::array<std::string_view, 6> kEndings{"st", "nd", "rd", "th", "er", "º"};
        for (const std::string_view ending : kEndings) {
            if (equal_ignoring_case(text_.substr(at_, ending.size()), ending) &&
                !is_letter(peek(ending.size()))) {
                at_ += ending.size();
                return;
            }
        }
    }

    /// From the colon after the hour on.
    bool read_time(int hour) {
        ++at_;
        const Number minute = take_number();
        Number second;
        if (peek() == ':' && is_digit(peek(1))) {
            ++at_;
            second = take_number();
        }
        if (minute.digits != 2 || second.digits > 2) {
            return false;
        }
        if ((peek() == '.' || peek() == ',') && is_digit(peek(1)) && second.digits > 0) {
            ++at_;
            read_fraction();
        }
        return read_half_of_day(hour) && set_time(hour, minute.value, second.value);
    }

    void read_fraction() {
        int scale = 100;
        for (; is_digit(peek()); ++at_, scale /= 10) {
            fraction_ += milliseconds{scale * (peek() - '0')};
        }
    }

    /// "pm", "p.m.", "AM" after a time.
    bool read_half_of_day(int& hour) {
        std::size_t ahead = 0;
        while (is_space(peek(ahead))) {
            ++ahead;
        }
        const char half = lower(peek(ahead));
        const bool dotted = peek(ahead + 1) == '.';
        const std::size_t m = ahead + (dotted ? 2 : 1);
        if ((half != 'a' && half != 'p') || lower(peek(m)) != 'm' || is_letter(peek(m + 1))) {
            return true;
        }
        at_ += m + 1;
        if (hour >= 1 && hour <= 12) {
            hour = hour % 12 + (half == 'p' ? 12 : 0);
        }
        return true;
    }

    bool set_time(int hour, int minute, int second) {
        // 24:00 is the end of a day, second 60 a leap second.
        if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) {
            return false;
        }
        time_ = hours{hour} + minutes{minute} + seconds{second};
        return true;
    }

    /// "+0100", "-05:00", "+1".
    bool read_offset() {
        const int sign = peek() == '-' ? -1 : 1;
        ++at_;
        const Number first = take_number();
        int hour = first.value;
        int minute = 0;
        if (first.digits > 2) {
            hour = first.value / 100;
            minute = first.value % 100;
        } else if (peek() == ':' && is_digit(peek(1))) {
            ++at_;
            minute = take_number().value;
        }
        const minutes offset = hours{hour} + minutes{minute};
        if (first.digits > 4 || minute > 59 || offset > kMaxOffset) {
            return false;
        }
        offset_ = sign * offset;
        return true;
    }

    bool read_word() {
        const std::size_t start = at_;
        const auto goes_on = [&](char c) {
            const bool in_city = text_.substr(start, at_ - start).find('/') != text_.npos;
            return is_letter(c) || static_cast<unsigned char>(c) >= 0x80 || c == '_' ||
                   (c == '/' && time_) || (c == '-' && in_city);
        };
        while (at_ < text_.size() && goes_on(text_[at_])) {
            ++at_;
        }
        const std::string_view word = text_.substr(start, at_ - start);
        if (const auto month = month_named(word)) {
            month_ = month;  // the last one: in "mar., 01 déc. 2020" the first is a Tuesday
            return true;
        }
        if (const auto weekday = weekday_named(word)) {
            weekday_ = weekday;
            return true;
        }
        const bool first_word = start == 0;  // a weekday in a language that we do not know
        if (first_word || is_filler(word)) {
            return true;
        }
        zone_ = word;
        return zone_offset(word, Instant{}).has_value();
    }

    [[nodiscard]] std::optional<sys_days> date_with_month() const {
        const int m = static_cast<int>(static_cast<unsigned>(*month_));
        if (numbers_.size() == 1 && numbers_[0].digits == 4) {
            return day_of(numbers_[0].value, m, 1);
        }
        if (numbers_.size() != 2) {
            return std::nullopt;
        }
        const bool year_first = numbers_[0].digits > 2;
        const Number& y = year_first ? numbers_[0] : numbers_[1];
        const Number& d = year_first ? numbers_[1] : numbers_[0];
        return d.digits <= 2 && y.digits >= 2 ? day_of(full_year(y), m, d.value) : std::nullopt;
    }

    /// Day, month and year without a name among them: every order that is possible, and a result
    /// only where one is left.
    [[nodiscard]] std::optional<sys_days> date_of_numbers() const {
        if (numbers_.size() != 3 || numbers_[2].digits < 2 || numbers_[0].digits > 2 ||
            numbers_[1].digits > 2) {
            return std::nullopt;
        }
        const int a = numbers_[0].value;
        const int b = numbers_[1].value;
        const int y = full_year(numbers_[2]);
        const auto day_month = day_of(y, b, a);
        if (numbers_[0].after == '.') {
            return day_month;  // with dots the day comes first everywhere
        }
        std::vector<sys_days> possible;
        const auto consider = [&](std::optional<sys_days> date) {
            if (date && std::find(possible.begin(), possible.end(), *date) == possible.end()) {
                possible.push_back(*date);
            }
        };
        consider(day_month);
        consider(day_of(y, a, b));
        if (numbers_[2].digits == 2 && numbers_[0].digits == 2) {
            consider(day_of(full_year(numbers_[0]), b, numbers_[2].value));
        }
        if (possible.size() > 1 && weekday_) {
            std::erase_if(possible, [&](sys_days date) { return weekday{date} != *weekday_; });
        }
        return possible.size() == 1 ? std::optional{possible.front()} : std::nullopt;
    }

    [[nodiscard]] std::optional<Instant> with_zone() const {
        const Instant local = *date_ + time_.value_or(seconds{0}) + fraction_;
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
    std::size_t at_ = 0;
    std::vector<Number> numbers_;
    std::optional<sys_days> date_;
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
    return DateReader{text}.run();
}

}  // namespace wirewatch::feeds
