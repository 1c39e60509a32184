// SPDX-License-Identifier: MIT
#include "feeds/coverage.hpp"

#include <chrono>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;

FeedState read_before() {
    return {.last_success = kNow - 1h, .continuous_since = kNow - 48h};
}

}  // namespace

TEST_CASE("the first read that brings articles begins a feed's coverage") {
    FeedState state;
    CHECK_FALSE(note_coverage(state, {10, 0}, kNow));
    CHECK(state.continuous_since == kNow);
    CHECK_FALSE(state.gap_from);
}

TEST_CASE("a feed that was empty so far has no gap when it fills") {
    FeedState state;
    CHECK_FALSE(note_coverage(state, {0, 0}, kNow - 2h));
    CHECK_FALSE(state.continuous_since);
    state.last_success = kNow - 1h;
    CHECK_FALSE(note_coverage(state, {10, 0}, kNow));
    CHECK(state.continuous_since == kNow);
    CHECK_FALSE(state.gap_from);
}

TEST_CASE("a feed is continuous while each read shares an article with those before") {
    FeedState state = read_before();
    CHECK_FALSE(note_coverage(state, {10, 1}, kNow));
    CHECK_FALSE(note_coverage(state, {0, 0}, kNow));  // an empty feed says nothing
    CHECK(state.continuous_since == kNow - 48h);
    CHECK_FALSE(state.gap_from);
}

TEST_CASE("a read that shares none is the end of a gap") {
    FeedState state = read_before();
    CHECK(note_coverage(state, {10, 0}, kNow) == FeedGap{kNow - 1h, kNow});
    CHECK(state.gap_from == kNow - 1h);
    CHECK(state.continuous_since == kNow);
}

TEST_CASE("a gap never ends before it begins") {
    FeedState state = read_before();
    state.last_success = kNow + 1h;  // the clock was set back
    CHECK(note_coverage(state, {10, 0}, kNow) == FeedGap{kNow, kNow});
}
