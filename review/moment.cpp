// SPDX-License-Identifier: MIT
#include "review/moment.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <optional>
#include <string>

namespace wirewatch::review {

namespace {

/// What of `text` follows a date and time in the form of strptime(3); none: it is no such.
std::optional<std::string_view> rest_after(const std::string& text, const char* form,
                                           std::tm& parts) {
    parts = {};
    const char* rest = strptime(text.c_str(), form, &parts);
    const std::chrono::year_month_day date{
        std::chrono::year{parts.tm_year + 1900},
        std::chrono::month{static_cast<unsigned>(parts.tm_mon) + 1},
        std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
    if (rest == nullptr || !date.ok()) {  // no 31st of February
        return std::nullopt;
    }
    return std::string_view{rest};
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Takes ".123" off the front; what is finer than a millisecond is dropped.
std::chrono::milliseconds take_fraction(std::string_view& rest) {
    if (rest.size() < 2 || rest[0] != '.' || !is_digit(rest[1])) {
        return std::chrono::milliseconds{0};
    }
    rest.remove_prefix(1);
    int value = 0;
    for (int unit = 100; !rest.empty() && is_digit(rest[0]); unit /= 10) {
        value += (rest[0] - '0') * unit;
        rest.remove_prefix(1);
    }
    return std::chrono::milliseconds{value};
}

/// How far ahead of UTC "Z", "+02:00", "-0330" or "+02" is; none: it is no such.
std::optional<std::chrono::minutes> offset_of(std::string_view zone) {
    if (zone == "Z") {
        return std::chrono::minutes{0};
    }
    if (zone.empty() || (zone[0] != '+' && zone[0] != '-')) {
        return std::nullopt;
    }
    std::string digits{zone.substr(1)};
    if (digits.size() == 5 && digits[2] == ':') {
        digits.erase(2, 1);
    }
    if ((digits.size() != 2 && digits.size() != 4) ||
        !std::all_of(digits.begin(), digits.end(), is_digit)) {
        return std::nullopt;
    }
    digits.resize(4, '0');
    const int hours = std::stoi(digits.substr(0, 2));
    const int minutes = std::stoi(digits.substr(2));
    if (hours > 23 || minutes > 59) {
        return std::nullopt;
    }
    const std::chrono::minutes ahead{hours * 60 + minutes};
    return zone[0] == '-' ? -ahead : ahead;
}

Instant from_seconds(std::time_t seconds) {
    return Instant{std::chrono::seconds{seconds}};
}

}  // namespace

Result<Instant> parse_moment(std::string_view text, Instant now) {
    if (const auto before = parse_duration(text)) {
        return now - *before;
    }
    const std::string owned{text};
    std::tm parts{};
    for (const char* form : {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M",
                             "%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
        const std::string_view shape{form};
        auto rest = rest_after(owned, form, parts);
        if (!rest) {
            continue;
        }
        const auto fraction =
            shape.ends_with("%S") ? take_fraction(*rest) : std::chrono::milliseconds{0};
        if (rest->empty()) {
            parts.tm_isdst = -1;  // let the zone say
            return from_seconds(mktime(&parts)) + fraction;
        }
        const auto offset = shape.ends_with("%d") ? std::nullopt : offset_of(*rest);
        if (offset) {
            return from_seconds(timegm(&parts)) + fraction - *offset;
        }
    }
    return fail(Errc::invalid, "'" + printable(text, 60) +
                                   "' is no time; write how long ago (90m, 24h, 7d) or a date "
                                   "(2021-04-06, 2021-04-06T12:00, 2021-04-06T12:00Z, "
                                   "2021-04-06T12:00:00.5+02:00)");
}

}  // namespace wirewatch::review
