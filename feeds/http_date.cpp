// SPDX-License-Identifier: MIT
#include "feeds/http_date.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <string>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kMaxDateBytes = 64;  // the longest form has 33
constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Fields {
    std::array<char, 4> month{};
    int year = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    bool short_year = false;
};

// One spelling as sscanf reads it: `%n` at its end stays 0 unless all of it was there.
bool reads(const std::string& text, const char* form, auto... fields) {
    int used = 0;
    std::sscanf(text.c_str(), form, fields..., &used);
    return used != 0 && static_cast<std::size_t>(used) == text.size();
}

std::optional<Fields> split(const std::string& text) {
    Fields f;
    char* month = f.month.data();
    if (reads(text, "%*[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT%n", &f.day, month, &f.year,
              &f.hour, &f.minute, &f.second)) {
        return f;
    }
    if (reads(text, "%*[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT%n", &f.day, month, &f.year,
              &f.hour, &f.minute, &f.second)) {
        f.short_year = true;
        return f;
    }
    if (reads(text, "%*[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d%n", month, &f.day, &f.hour,
              &f.minute, &f.second, &f.year)) {
        return f;
    }
    return std::nullopt;
}

int whole_year(int two_digits, Instant now) {
    using namespace std::chrono;
    const int this_year = static_cast<int>(year_month_day{floor<days>(now)}.year());
    const int year = this_year / 100 * 100 + two_digits;
    return year > this_year + 50 ? year - 100 : year;
}

}  // namespace

std::optional<Instant> parse_http_date(std::string_view text, Instant now) {
    using namespace std::chrono;
    // A zero byte would end the text early for sscanf.
    if (text.size() > kMaxDateBytes || text.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    const auto fields = split(std::string{text});
    if (!fields) {
        return std::nullopt;
    }
    const auto month_name = std::find(kMonths.begin(), kMonths.end(), fields->month.data());
    const int years = fields->short_year ? whole_year(fields->year, now) : fields->year;
    const year_month_day date{year{years},
                              month{static_cast<unsigned>(month_name - kMonths.begin()) + 1},
                              day{static_cast<unsigned>(fields->day)}};
    // Second 60 is a leap second, which the format allows.
    const bool time_ok = fields->hour >= 0 && fields->hour <= 23 && fields->minute >= 0 &&
                         fields->minute <= 59 && fields->second >= 0 && fields->second <= 60;
    if (!date.ok() || !time_ok || years < 1) {
        return std::nullopt;
    }
    return sys_days{date} + hours{fields->hour} + minutes{fields->minute} + seconds{fields->second};
}

}  // namespace wirewatch::feeds
