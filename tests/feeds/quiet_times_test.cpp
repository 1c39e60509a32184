// SPDX-License-Identifier: MIT
#include "feeds/quiet_times.hpp"

#include <chrono>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

constexpr sys_days kWednesday{2021y / April / 7};

}  // namespace

TEST_CASE("quiet hours cover the whole hour, in UTC") {
    const QuietTimes quiet{.hours = 1U << 12};
    CHECK_FALSE(quiet.covers(kWednesday + 11h + 59min + 59s));
    CHECK(quiet.covers(kWednesday + 12h));
    CHECK(quiet.covers(kWednesday + 12h + 59min + 59s + 999ms));
    CHECK_FALSE(quiet.covers(kWednesday + 13h));
    CHECK(quiet.end(kWednesday + 12h + 20min) == kWednesday + 13h);
    CHECK(quiet.end(kWednesday + 11h + 20min) == kWednesday + 11h + 20min);
}

TEST_CASE("quiet days cover the whole day, and both together what either covers") {
    const QuietTimes quiet{.hours = 1U << 0, .days = 1U << 3};
    CHECK(quiet.covers(kWednesday + 12h));
    CHECK(quiet.end(kWednesday + 12h) == kWednesday + 25h);
}

TEST_CASE("before 1970 hours and days are counted the same way") {
    const QuietTimes quiet{.hours = 1U << 23};
    CHECK(quiet.covers(Instant{-1ms}));
    CHECK(quiet.end(Instant{-1ms}) == Instant{0ms});
}

TEST_CASE("a feed that leaves no hour or no day says nothing") {
    CHECK_FALSE(QuietTimes{.hours = 0xFF'FFFF}.covers(kWednesday));
    CHECK_FALSE(QuietTimes{.days = 0x7F}.covers(kWednesday));
    CHECK(QuietTimes{.hours = 0xFF'FFFF, .days = 1U << 3}.covers(kWednesday));
}

TEST_CASE("of every set the end is the first free hour, within a week") {
    for (std::uint32_t hour = 0; hour < 24; ++hour) {
        for (std::uint32_t day = 0; day < 7; ++day) {
            const QuietTimes quiet{.hours = 0xFF'FFFF & ~(1U << hour), .days = 0x7F & ~(1U << day)};
            const Instant end = quiet.end(kWednesday + 17min);
            CHECK_FALSE(quiet.covers(end));
            CHECK((end == kWednesday + 17min || quiet.covers(end - 1ms)));
            CHECK(end - kWednesday <= 24h * 7);
        }
    }
}
