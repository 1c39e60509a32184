// SPDX-License-Identifier: MIT
#include "review/moment.hpp"

#include "base/printable.hpp"

#include <ctime>
#include <string>

namespace wirewatch::review {

namespace {

/// The whole of `text` in the form of strptime(3).
bool reads_as(const std::string& text, const char* form, std::tm& parts) {
    parts = {};
    const char* rest = strptime(text.c_str(), form, &parts);
    const std::chrono::year_month_day date{
        std::chrono::year{parts.tm_year + 1900},
        std::chrono::month{static_cast<unsigned>(parts.tm_mon) + 1},
        std::chrono::day{static_cast<unsigned>(parts.tm_mday)}};
    return rest != nullptr && *rest == '\0' && date.ok();  // no 31st of February
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
    for (const char* form : {"%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%MZ"}) {
        if (reads_as(owned, form, parts)) {
            return from_seconds(timegm(&parts));
        }
    }
    for (const char* form : {"%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"}) {
        if (reads_as(owned, form, parts)) {
            parts.tm_isdst = -1;  // let the zone say
            return from_seconds(mktime(&parts));
        }
    }
    return fail(Errc::invalid, "'" + printable(text, 60) +
                                   "' is no time; write how long ago (90m, 24h, 7d) or a date "
                                   "(2021-04-06, 2021-04-06T12:00, 2021-04-06T12:00Z)");
}

}  // namespace wirewatch::review
