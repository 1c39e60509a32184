// SPDX-License-Identifier: MIT
#include "feeds/cache_lifetime.hpp"

#include <chrono>
#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;

}  // namespace

TEST_CASE("an answer stays good for max-age, less its age") {
    const auto [cache_control, age, left] = GENERATE(table<std::string, std::string, seconds>({
        {"max-age=3600", "", 3600s},
        {"public, MAX-AGE = 3600 , must-revalidate", "", 3600s},
        {"max-age=\"3600\"", "", 3600s},
        {"max-age=60, max-age=3600", "", 60s},
        {"max-age=3600", "600", 3000s},
        {"max-age=3600", "4000", 0s},
        {"max-age=3600", "old", 3600s},
        {"max-age=0", "", 0s},
        {"max-age=", "", 0s},
        {"max-age", "", 0s},
        {"max-age=-1", "", 0s},
        {"max-age=1.5", "", 0s},
        {"s-maxage=3600", "", 0s},
        {"xmax-age=3600", "", 0s},
        {"max-age=3600, no-cache", "", 0s},
        {"no-store, max-age=3600", "", 0s},
        {"no-cache=\"Set-Cookie\", max-age=3600", "", 3600s},
        {"max-age=99999999999999999999999", "", 24h * 365},
        {"", "600", 0s},
        {",,;=,", "", 0s},
    }));
    CAPTURE(cache_control, age);
    const auto lifetime = cache_lifetime({.cache_control = cache_control, .age = age}, kNow);
    CHECK(lifetime.left == left);
    CHECK(lifetime.said_by == (left > 0s ? "max-age" : ""));
}

TEST_CASE("without max-age it stays good until Expires, by the server's own clock") {
    const auto [expires, date, left] = GENERATE(table<std::string, std::string, seconds>({
        {"Wed, 07 Apr 2021 13:00:00 GMT", "", 1h},
        {"Wed, 07 Apr 2021 13:00:00 GMT", "Wed, 07 Apr 2021 12:30:00 GMT", 30min},
        {"Wed, 07 Apr 2021 13:00:00 GMT", "at noon", 1h},
        {"Wed, 07 Apr 2021 11:00:00 GMT", "", 0s},
        {"0", "", 0s},
        {"-1", "", 0s},
    }));
    CAPTURE(expires, date);
    const auto lifetime = cache_lifetime({.expires = expires, .date = date}, kNow);
    CHECK(lifetime.left == left);
    CHECK(lifetime.said_by == (left > 0s ? "Expires" : ""));
}

TEST_CASE("max-age comes before Expires") {
    const auto lifetime = cache_lifetime(
        {.cache_control = "max-age=60", .expires = "Wed, 07 Apr 2021 13:00:00 GMT"}, kNow);
    CHECK(lifetime.left == 60s);
}
