// SPDX-License-Identifier: MIT
#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace wirewatch {

namespace {

using std::chrono::milliseconds;

struct Unit {
    std::string_view name;
    milliseconds size;
};

constexpr std::array<Unit, 6> kUnits{{{"w", std::chrono::hours{24 * 7}},
                                      {"d", std::chrono::hours{24}},
                                      {"h", std::chrono::hours{1}},
                                      {"m", std::chrono::minutes{1}},
                                      {"s", std::chrono::seconds{1}},
                                      {"ms", milliseconds{1}}}};

/// With zeros in front. Not by printf: a replay writes hundreds of thousands of times a second.
void append_digits(std::string& out, int number, int width) {
    const std::size_t begin = out.size();
    out.append(static_cast<std::size_t>(width), '0');
    for (std::size_t at = out.size(); at > begin && number > 0; number /= 10) {
        out[--at] = static_cast<char>('0' + number % 10);
    }
}

constexpr milliseconds kMaxDuration = std::chrono::hours{24 * 36525};

}  // namespace

Instant SystemClock::now() const {
    return std::chrono::time_point_cast<milliseconds>(std::chrono::system_clock::now());
}

Ticks SystemClock::ticks() const {
    return std::chrono::steady_clock::now();
}

std::string to_rfc3339(Instant instant) {
    using namespace std::chrono;
    constexpr Instant kFirst = sys_days{year{1} / January / 1};
    constexpr Instant kLast = sys_days{year{9999} / December / 31} + hours{24} - milliseconds{1};
    instant = std::clamp(instant, kFirst, kLast);

    const auto day = floor<days>(instant);
    const year_month_day date{day};
    const hh_mm_ss time{instant - day};
    std::string out;
    out.reserve(24);
    append_digits(out, static_cast<int>(date.year()), 4);
    append_digits(out.append("-"), static_cast<int>(static_cast<unsigned>(date.month())), 2);
    append_digits(out.append("-"), static_cast<int>(static_cast<unsigned>(date.day())), 2);
    append_digits(out.append("T"), static_cast<int>(time.hours().count()), 2);
    append_digits(out.append(":"), static_cast<int>(time.minutes().count()), 2);
    append_digits(out.append(":"), static_cast<int>(time.seconds().count()), 2);
    if (const auto fraction = time.subseconds().count(); fraction != 0) {
        append_digits(out.append("."), static_cast<int>(fraction), 3);
    }
    return out.append("Z");
}

Result<milliseconds> parse_duration(std::string_view text) {
    const auto wrong = [&] {
        return fail(Errc::invalid, "'" + std::string{text.substr(0, 40)} +
                                       "' is no duration; write a whole number and a unit, like "
                                       "500ms, 90s, 15m, 24h, 7d or 2w");
    };
    milliseconds::rep count = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count < 0) {
        return wrong();
    }
    const std::string_view name = text.substr(static_cast<std::size_t>(rest - text.data()));
    const auto unit = std::find_if(kUnits.begin(), kUnits.end(),
                                   [&](const Unit& candidate) { return candidate.name == name; });
    if (unit == kUnits.end()) {
        return wrong();
    }
    if (count > kMaxDuration / unit->size) {
        return fail(Errc::invalid, "'" + std::string{text.substr(0, 40)} + "' is over 100 years");
    }
    return count * unit->size;
}

std::string to_text(milliseconds duration) {
    for (const Unit& unit : kUnits) {
        if (duration.count() != 0 && duration % unit.size == milliseconds{0}) {
            return std::to_string(duration / unit.size).append(unit.name);
        }
    }
    return "0s";
}

}  // namespace wirewatch
