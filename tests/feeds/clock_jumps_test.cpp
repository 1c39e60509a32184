// SPDX-License-Identifier: MIT
#include "feeds/clock_jumps.hpp"

#include <chrono>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;
constexpr Ticks kTicks{100h};

}  // namespace

TEST_CASE("time that passes on both clocks is no jump") {
    ClockJumps jumps;
    CHECK(jumps.since_last(kNow, kTicks) == 0ms);
    CHECK(jumps.since_last(kNow + 5s, kTicks + 5s) == 0ms);
    CHECK(jumps.since_last(kNow + 48h, kTicks + 48h) == 0ms);
}

TEST_CASE("a clock that is set, and a machine that slept, are told once") {
    ClockJumps jumps;
    CHECK(jumps.since_last(kNow, kTicks) == 0ms);
    CHECK(jumps.since_last(kNow - 1h, kTicks + 1s) == -1h - 1s);
    CHECK(jumps.since_last(kNow - 1h, kTicks + 1s) == 0ms);
    CHECK(jumps.since_last(kNow + 7h, kTicks + 1s) == 8h);
    CHECK(jumps.since_last(kNow + 7h + 5s, kTicks + 6s) == 0ms);
}

TEST_CASE("corrections of up to two seconds do not add up to a jump") {
    ClockJumps jumps;
    CHECK(jumps.since_last(kNow, kTicks) == 0ms);
    for (int i = 1; i <= 10; ++i) {
        CHECK(jumps.since_last(kNow - i * 2s, kTicks) == 0ms);
    }
}
