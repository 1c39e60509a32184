// SPDX-License-Identifier: MIT
#include "feeds/pacing.hpp"

#include <chrono>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

TEST_CASE("the pace grows faster where under a third was seen before, slower over two thirds") {
    const auto [articles, seen_before, pace] = GENERATE(table<std::size_t, std::size_t, minutes>({
        {9, 0, 10min},
        {9, 2, 10min},
        {9, 3, 15min},  // a third
        {9, 6, 15min},  // two thirds
        {9, 7, 22min},
        {9, 9, 22min},
        {1, 0, 10min},
        {1, 1, 22min},
        {0, 0, 22min},  // nothing there, or nothing parsed since nothing changed
    }));
    CAPTURE(articles, seen_before);
    CHECK(next_pace(15min, {articles, seen_before}, {}) == pace);
}

TEST_CASE("the pace stays between 5 and 60 minutes") {
    CHECK(next_pace(5min, {10, 0}, {}) == 5min);
    CHECK(next_pace(60min, {10, 10}, {}) == 60min);
    milliseconds pace = 15min;
    for (int i = 0; i < 4; ++i) {
        pace = next_pace(pace, {10, 10}, {});
    }
    CHECK(pace == 60min);
    for (int i = 0; i < 6; ++i) {
        pace = next_pace(pace, {10, 0}, {});
    }
    CHECK(pace == 5min);
}

TEST_CASE("a feed's own interval comes before its pace, and that before the configured one") {
    const PollOptions options{.interval = 30min};
    const FeedState state{.pace = 40min};
    CHECK(own_interval({.interval = 2min, .adaptive = true}, state, options).length == 2min);
    CHECK(own_interval({.adaptive = true}, state, options).length == 40min);
    CHECK(own_interval({}, state, options).length == 30min);
    CHECK(own_interval({}, state, {}).length == 40min);
    CHECK(own_interval({}, {}, {}).length == 15min);
    CHECK(own_interval({}, {.pace = 24h}, {}).length == 60min);
}
