// SPDX-License-Identifier: MIT
#include "base/time.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <tuple>

using namespace wirewatch;
using namespace std::chrono_literals;

TEST_CASE("an instant is written as RFC 3339 in UTC") {
    const Instant day = std::chrono::sys_days{std::chrono::April / 7 / 2021};
    CHECK(to_rfc3339(day) == "2021-04-07T00:00:00Z");
    CHECK(to_rfc3339(day + 15h + 5min + 9s) == "2021-04-07T15:05:09Z");
    CHECK(to_rfc3339(day + 7ms) == "2021-04-07T00:00:00.007Z");
    CHECK(to_rfc3339(Instant{} - 1ms) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("an instant beyond the calendar's years is moved to the nearest end") {
    CHECK(to_rfc3339(Instant::max()) == "9999-12-31T23:59:59.999Z");
    CHECK(to_rfc3339(Instant::min()) == "0001-01-01T00:00:00Z");
}

TEST_CASE("durations are read with a unit and written with the largest that fits") {
    const auto [text, value, written] =
        GENERATE(table<std::string, std::chrono::milliseconds, std::string>({
            {"500ms", 500ms, "500ms"},
            {"90s", 90s, "90s"},
            {"60s", 60s, "1m"},
            {"15m", 15min, "15m"},
            {"24h", 24h, "1d"},
            {"7d", 24h * 7, "1w"},
            {"2w", 24h * 14, "2w"},
            {"0s", 0ms, "0s"},
            {"36500d", 24h * 36500, "36500d"},
        }));
    CAPTURE(text);
    const auto read = parse_duration(text);
    REQUIRE(read);
    CHECK(*read == value);
    CHECK(to_text(*read) == written);
}

TEST_CASE("what is no duration is refused in words") {
    const auto text =
        GENERATE(as<std::string>{}, "", "15", "m", "15 m", "-5s", "1.5h", "15min", "15M", "1h30m",
                 "99999999999999999999s", "200000000w", "9223372036854775807ms");
    CAPTURE(text);
    const auto read = parse_duration(text);
    REQUIRE_FALSE(read);
    CHECK(read.error().code == Errc::invalid);
    CHECK_THAT(read.error().text, Catch::Contains(text.substr(0, 40)));
}
