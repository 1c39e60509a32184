// SPDX-License-Identifier: MIT
#include "feeds/date_reader.hpp"

#include "feeds/iso_date.hpp"
#include "feeds/letters.hpp"
#include "feeds/time_zones.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::feeds {

using namespace std::chrono;

namespace {

constexpr std::string_view kSeparators = " \t\n\r\f,-./|;:()[]'\"_~@";

/// Letters of any script.
bool is_word_byte(char c) {
    return is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
}

/// U+0E00 to U+0E7F.
bool begins_in_thai(std::string_view word) {
    return word.starts_with("\xE0\xB8") || word.starts_with("\xE0\xB9");
}

/// "26 พ.ย. 69": also of two digits the year is one of the Buddhist era.
DateNumbers in_thai_years(DateNumbers numbers) {
    constexpr int kCentury = 2500;
    DateNumber& year = numbers.all[1];
    if (numbers.count == 2 && year.digits == 2) {
        year = {kCentury + year.value, 4, year.after};
    }
    return numbers;
}

/// "st" of "1st", and where it stands alone.
void skip_ordinal_ending(DateCursor& cursor) {
    constexpr std::array<std::string_view, 7> kEndings{"st", "nd", "rd", "th", "er", "o", "e"};
    for (const std::string_view ending : kEndings) {
        if (cursor.rest().starts_with(ending) && !is_word_byte(cursor.peek(ending.size()))) {
            cursor.skip(ending.size());
            return;
        }
    }
}

}  // namespace

DateReader::DateReader(std::string_view text)
    : original_{text}, plain_{text}, cursor_{plain_.text()} {}

std::optional<Instant> DateReader::run() {
    while (!cursor_.at_end()) {
        if (!read_part()) {
            return std::nullopt;
        }
    }
    const auto read = day();
    // Persian digits often count by the Persian calendar, in which it is 1400.
    const bool is_other_calendar =
        read && plain_.has_persian_digits() && year_month_day{*read}.year() < year{1700};
    return read && !is_other_calendar ? with_zone(*read) : std::nullopt;
}

bool DateReader::read_part() {
    const char c = cursor_.peek();
    if (is_digit(c)) {
        return read_number();
    }
    if ((c == '+' || c == '-') &&
        (is_digit(cursor_.peek(1)) ? is_offset_sign(c) : is_parted_offset(c))) {
        offset_ = read_offset(cursor_);
        return offset_.has_value();
    }
    if (is_word_byte(c)) {
        return read_word();
    }
    cursor_.skip();
    return kSeparators.find(c) != std::string_view::npos;
}

/// "17:00:00 - 0500". With colons or fewer digits a "-" may part two times: "17:00 - 18:30".
bool DateReader::is_parted_offset(char sign) const {
    std::size_t ahead = 1;
    while (cursor_.peek(ahead) == ' ') {
        ++ahead;
    }
    std::size_t digits = 0;
    while (is_digit(cursor_.peek(ahead + digits))) {
        ++digits;
    }
    return time_ && is_known_day() && !offset_ && digits > 0 && (sign == '+' || digits == 4);
}

/// "-" also stands between the parts of a day, "15:04 02-Jan-2006".
bool DateReader::is_offset_sign(char sign) const {
    if (sign == '+' || !zone_.empty() || (time_ && cursor_.at() == time_end_)) {
        return true;
    }
    const bool follows_word = cursor_.at() > 0 && is_word_byte(plain_.text()[cursor_.at() - 1]);
    return time_ && (is_known_day() || month_) && !follows_word;
}

bool DateReader::is_known_day() const {
    return day_ || numbers_.count == 3 || (month_ && numbers_.count == 2) || (year_ && day_number_);
}

/// "10" of "10:30", "10h30", and of "10.30" where it can be nothing but a time.
bool DateReader::is_clock_hour(const DateNumber& number) const {
    if (time_ || number.digits > 2) {
        return false;
    }
    const char separator = cursor_.peek();
    if (separator == ':') {
        return true;
    }
    if (!is_digit(cursor_.peek(1))) {
        return false;
    }
    return (separator == 'h' && number.value <= 24) ||
           (separator == '.' && (clock_follows_ || is_known_day()) && is_digit(cursor_.peek(2)) &&
            !is_digit(cursor_.peek(3)));
}

bool DateReader::read_number() {
    if (!day_ && !month_ && numbers_.count == 0 && !year_) {
        const IsoStart iso = read_iso_date(cursor_.rest(), cursor_.at() == 0);
        if (iso.is_impossible) {
            return false;
        }
        if (iso.date) {
            day_ = iso.date->day;
            time_ = iso.date->time ? iso.date->time : time_;
            cursor_.skip(iso.date->bytes);
            return true;
        }
    }
    DateNumber number = cursor_.take_number();
    if (is_clock_hour(number)) {
        return read_clock_after(number.value);
    }
    if (read_unit(number) || read_bare_hour(number)) {
        return true;
    }
    if (month_follows_ && number.value >= 1 && number.value <= 12) {
        month_ = month{static_cast<unsigned>(number.value)};
        month_follows_ = false;
        return true;
    }
    if (time_ && !offset_ && is_known_day()) {  // "0000" or "00", whose sign got lost
        offset_ = hours{number.value / 100} + minutes{number.value % 100};
        constexpr int kMostEastern = 1400;
        return number.digits == 4 ? number.value <= kMostEastern && number.value % 100 < 60
                                  : number.digits == 2 && number.value == 0;
    }
    if (number.digits > 4 || numbers_.count == numbers_.all.size()) {
        return false;
    }
    skip_ordinal_ending(cursor_);
    number.after = cursor_.peek();
    numbers_.all[numbers_.count++] = number;
    return true;
}

/// "5pm", "15h", and "15" after a whole day: "02 Jan 2006 15 -0700".
bool DateReader::read_bare_hour(const DateNumber& number) {
    if (time_ || number.digits > 2) {
        return false;
    }
    const HalfDay half = read_half_day(cursor_);
    const bool is_hour = cursor_.peek() == 'h' && !is_word_byte(cursor_.peek(1));
    if (half == HalfDay::unsaid && !is_hour && !(is_known_day() && cursor_.peek() == ' ')) {
        return false;
    }
    cursor_.skip(is_hour ? 1 : 0);
    half_ = half == HalfDay::unsaid ? half_ : half;
    time_ = ClockTime{.hour = number.value};
    return true;
}

/// Takes "年" after 2004.
bool DateReader::read_unit(const DateNumber& number) {
    const std::string_view rest = cursor_.rest();
    const auto gap = std::min(rest.find_first_not_of(' '), rest.size());
    const UnitWord found = unit_at(rest.substr(gap));
    switch (found.unit) {
        case DateUnit::none:
            return false;
        case DateUnit::year:
            year_ = era_ > 0 ? DateNumber{era_ + number.value, 4} : number;
            break;
        case DateUnit::month:
            if (number.value < 1 || number.value > 12) {
                return false;
            }
            month_ = month{static_cast<unsigned>(number.value)};
            break;
        case DateUnit::day:
            day_number_ = number.value;
            break;
        case DateUnit::hour:
            time_ = ClockTime{.hour = number.value};
            break;
        case DateUnit::minute:
        case DateUnit::second:
            if (!time_) {
                return false;
            }
            (found.unit == DateUnit::minute ? time_->minute : time_->second) = number.value;
            break;
    }
    is_korean_ |= found.is_korean;
    cursor_.skip(gap + found.bytes);
    return true;
}

bool DateReader::read_clock_after(int hour) {
    time_ = read_clock(cursor_, hour);
    if (time_) {
        if (const HalfDay half = read_half_day(cursor_); half != HalfDay::unsaid) {
            half_ = half;
        }
    }
    time_end_ = cursor_.at();
    return time_.has_value();
}

/// "오후" before a time, "م" after it, "kl" before one.
bool DateReader::read_time_word() {
    const TimeWordFound found = time_word_at(cursor_.rest());
    constexpr std::size_t kArabicSign = 2;
    if (found.bytes == kArabicSign && !time_) {  // "2026م", the year
        cursor_.skip(found.bytes);
        return true;
    }
    switch (found.word) {
        case TimeWord::none:
            return false;
        case TimeWord::before_noon:
            half_ = HalfDay::am;
            break;
        case TimeWord::after_noon:
            half_ = HalfDay::pm;
            break;
        case TimeWord::month_follows:
            month_follows_ = true;
            break;
        case TimeWord::clock_follows:
            clock_follows_ = true;
            break;
    }
    is_korean_ |= found.is_korean;
    cursor_.skip(found.bytes);
    return true;
}

/// "令和" of 令和8年; its first year is 元年.
bool DateReader::read_era() {
    const EraFound era = era_at(cursor_.rest());
    if (era.bytes == 0) {
        return false;
    }
    era_ = era.years_before;
    cursor_.skip(era.bytes);
    constexpr std::string_view kFirstYear = "元年";
    if (cursor_.rest().starts_with(kFirstYear)) {
        year_ = DateNumber{era_ + 1, 4};
        cursor_.skip(kFirstYear.size());
    }
    return true;
}

/// "พ.ย.", which the dots would make two words of.
bool DateReader::read_dotted_month() {
    is_thai_ |= begins_in_thai(cursor_.rest());
    const DottedMonth found = dotted_month_at(cursor_.rest());
    if (!found.month) {
        return false;
    }
    month_ = found.month;
    cursor_.skip(found.bytes);
    return true;
}

/// The last month counts: in "mar., 01 déc. 2020" the first is a Tuesday.
bool DateReader::read_month(std::string_view word) {
    if (other_month_ && is_second_of_its_name(word)) {
        ++other_month_->month;
        return true;
    }
    if (const auto month = month_named(word)) {
        month_ = month;
        return true;
    }
    if (const auto month = other_month_named(word)) {
        other_month_ = month;
        return true;
    }
    return false;
}

bool DateReader::read_word() {
    if (read_time_word() || (!is_letter(cursor_.peek()) && (read_era() || read_dotted_month()))) {
        return true;
    }
    const std::size_t start = cursor_.at();
    const std::string_view rest = cursor_.rest();
    std::size_t end = 0;
    bool in_city = false;  // "America/Port-au-Prince"
    for (; end < rest.size(); ++end) {
        const char c = rest[end];
        in_city |= c == '/' && time_;
        if (!is_word_byte(c) && !(time_ && c == '_') && !(in_city && (c == '/' || c == '-'))) {
            break;
        }
    }
    cursor_.skip(end);
    const std::string_view word = rest.substr(0, end);
    if (month_) {
        if (const auto second = second_of(*month_, word)) {
            month_ = second;
            return true;
        }
    }
    is_foreign_ |= static_cast<unsigned char>(word.front()) >= 0x80 ||
                   static_cast<unsigned char>(word.back()) >= 0x80;
    // After the time come zones: "MART" is that of the Marquesas.
    if (!(time_ && is_known_day())) {
        if (const auto weekday = weekday_named(word)) {
            weekday_ = weekday;
            return true;
        }
        if (read_month(word)) {
            return true;
        }
    }
    if (time_ || is_known_day()) {
        read_zone(word, start);
    }
    return true;
}

/// A word that is no zone says nothing: an article without date sorts worse than one that is some
/// hours off.
void DateReader::read_zone(std::string_view word, std::size_t start) {
    const bool is_last = time_ && cursor_.at_end();
    const bool needs_end = word == "at" || (word.size() == 1 && word != "z");
    if (!zone_.empty() || (needs_end && !is_last)) {
        return;
    }
    // The names of cities are as the time zone database writes them.
    const std::string_view written =
        original_.size() == plain_.text().size() ? original_.substr(start, word.size()) : word;
    if (zone_offset(written, Instant{})) {
        zone_ = written;
    }
}

std::optional<sys_days> DateReader::day() const {
    if (day_) {
        return numbers_.count == 0 && !month_ ? day_ : std::nullopt;
    }
    if (year_ || day_number_) {
        const bool is_whole = year_ && month_ && numbers_.count == 0;
        return is_whole ? day_of(full_year(*year_), static_cast<int>(unsigned{*month_}),
                                 day_number_.value_or(1))
                        : std::nullopt;
    }
    if (month_ && numbers_.count == 1 && time_) {
        return std::nullopt;  // a time without a day
    }
    if (other_month_ && !month_) {
        return day_in_other_month();
    }
    return month_ ? day_in_month(is_thai_ ? in_thai_years(numbers_) : numbers_, *month_)
                  : day_of_numbers(numbers_, {weekday_, half_ != HalfDay::unsaid, is_foreign_});
}

/// "5 آذر 1404": the year has four digits.
std::optional<sys_days> DateReader::day_in_other_month() const {
    const auto& [a, b, c] = numbers_.all;
    if (numbers_.count != 2 || (a.digits == 4) == (b.digits == 4)) {
        return std::nullopt;
    }
    const int year = a.digits == 4 ? a.value : b.value;
    const int day = a.digits == 4 ? b.value : a.value;
    return day_in(other_month_->calendar, year, other_month_->month, day);
}

std::optional<Instant> DateReader::with_zone(sys_days day) const {
    const auto time = time_.value_or(ClockTime{}).since_midnight(half_);
    if (!time) {
        return std::nullopt;
    }
    const Instant local = day + *time;
    if (offset_) {
        return local - *offset_;
    }
    if (!zone_.empty()) {
        return local - zone_offset(zone_, local).value_or(minutes{0});
    }
    constexpr hours kKorea{9};  // Korean blogs name no zone, and mean their own (feedparser)
    return is_korean_ && time_ ? local - kKorea : local;
}

}  // namespace wirewatch::feeds
