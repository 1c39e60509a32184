// SPDX-License-Identifier: MIT
#include "feeds/cache_lifetime.hpp"

#include "feeds/http_date.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

namespace wirewatch::feeds {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds kLongest = std::chrono::hours{24 * 365};  // RFC 9111: over a year is a year

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t first = text.find_first_not_of(kBlank);
    return first == std::string_view::npos
               ? std::string_view{}
               : text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

bool same_name(std::string_view text, std::string_view lower_case) {
    return text.size() == lower_case.size() &&
           std::equal(text.begin(), text.end(), lower_case.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
           });
}

// Whole seconds; some servers put them in quotes.
std::optional<seconds> delta_seconds(std::string_view text) {
    text = trim(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        text = text.substr(1, text.size() - 2);
    }
    if (text.empty() ||
        !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    seconds::rep count = 0;
    const bool fits =
        std::from_chars(text.data(), text.data() + text.size(), count).ec == std::errc{};
    return fits ? std::min(seconds{count}, kLongest) : kLongest;
}

struct Directives {
    std::optional<seconds> max_age;  // the first one
    bool always_stale = false;       // no-cache, no-store
};

Directives read_directives(std::string_view header) {
    Directives found;
    while (!header.empty()) {
        const std::size_t comma = std::min(header.find(','), header.size());
        const std::string_view directive = trim(header.substr(0, comma));
        header.remove_prefix(std::min(comma + 1, header.size()));
        const std::size_t equals = std::min(directive.find('='), directive.size());
        const std::string_view name = trim(directive.substr(0, equals));
        if (same_name(name, "max-age") && !found.max_age && equals < directive.size()) {
            found.max_age = delta_seconds(directive.substr(equals + 1));
        }
        // no-cache="Set-Cookie" speaks of that header alone.
        const bool bare = equals == directive.size();
        found.always_stale |= bare && (same_name(name, "no-cache") || same_name(name, "no-store"));
    }
    return found;
}

std::optional<milliseconds> until_expires(const Response& response, Instant now) {
    const auto expires = parse_http_date(trim(response.expires), now);
    if (!expires) {
        return std::nullopt;  // "0" and "-1": expired already
    }
    const auto date = parse_http_date(trim(response.date), now);
    return *expires - date.value_or(now);
}

}  // namespace

CacheLifetime cache_lifetime(const Response& response, Instant now) {
    const Directives directives = read_directives(response.cache_control);
    if (directives.always_stale) {
        return {};
    }
    const std::optional<milliseconds> said =
        directives.max_age ? directives.max_age : until_expires(response, now);
    const milliseconds left =
        said.value_or(milliseconds{0}) - delta_seconds(response.age).value_or(seconds{0});
    if (left <= milliseconds{0}) {
        return {};
    }
    return {.left = left, .said_by = directives.max_age ? "max-age" : "Expires"};
}

}  // namespace wirewatch::feeds
