// SPDX-License-Identifier: MIT
#include "feeds/back_off.hpp"

#include "feeds/http_date.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace wirewatch::feeds {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

// All three: fetching.md, "errors".
constexpr seconds kMaxRetryAfter = hours{7 * 24};
constexpr milliseconds kFirstRest = hours{1};
constexpr milliseconds kMaxRest = hours{24};

// `first`, ×2 so many times, up to `most`.
milliseconds doubled(milliseconds first, int times, milliseconds most) {
    milliseconds wait = std::min(first, most);
    for (int i = 0; i < times && wait < most; ++i) {
        wait = std::min(wait * 2, most);
    }
    return wait;
}

}  // namespace

Wait back_off(milliseconds interval, int failures, const PollOptions& options) {
    return {
        doubled(interval, failures, options.max_backoff),
        failures == 1 ? "it failed" : "it failed " + std::to_string(failures) + " times in a row"};
}

Wait rest_of_server(int status, std::string_view header, int failures, Instant now) {
    const std::string said = std::to_string(status);
    if (const auto asked = retry_after(header, now)) {
        return {*asked, "asked by the server: " + said + ", Retry-After " + to_text(*asked)};
    }
    const milliseconds rest = doubled(kFirstRest, failures - 1, kMaxRest);
    return {rest, "the server said " + said + ", and not for how long: " + to_text(rest)};
}

Result<seconds> retry_after(std::string_view header, Instant now) {
    const char* const end = header.data() + header.size();
    const bool digits = !header.empty() && std::all_of(header.begin(), header.end(),
                                                       [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
        seconds::rep count = 0;
        const bool fits = std::from_chars(header.data(), end, count).ec == std::errc{};
        return fits ? std::min(seconds{count}, kMaxRetryAfter) : kMaxRetryAfter;
    }
    const auto date = parse_http_date(header, now);
    if (!date) {
        return fail(Errc::invalid, "Retry-After is neither seconds nor an HTTP date");
    }
    const auto wait = std::chrono::ceil<seconds>(*date - now);
    return std::clamp(wait, seconds{0}, kMaxRetryAfter);
}

}  // namespace wirewatch::feeds
