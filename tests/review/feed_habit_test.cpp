// SPDX-License-Identifier: MIT
// Habits of made-up feeds, as arrivals in time.
#include "review/feed_habit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <vector>

using namespace wirewatch;
using namespace wirewatch::review;
using namespace std::chrono;

namespace {

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;  // a Wednesday

/// `ago`: how long before kNow something came, in any order.
history::Arrivals arrivals(std::vector<milliseconds> ago, bool complete = true) {
    std::sort(ago.begin(), ago.end());
    history::Arrivals list{.complete = complete};
    for (const milliseconds age : ago) {
        list.newest_first.push_back({.at = kNow - age, .articles = 1});
    }
    return list;
}

/// Hourly by day on weekdays, for four weeks, up to `until` before now.
history::Arrivals newsroom(milliseconds until) {
    std::vector<milliseconds> ago;
    for (hours age{0}; age < hours{28 * 24}; ++age) {
        const Instant at = kNow - age;
        const auto day = floor<days>(at);
        const auto hour = floor<hours>(at - day).count();
        const weekday week_day{day};
        if (age >= until && week_day != Saturday && week_day != Sunday && hour >= 8 && hour < 20) {
            ago.emplace_back(age);
        }
    }
    return arrivals(ago, false);
}

bool silent(const history::Arrivals& list, std::optional<Instant> last_success = kNow) {
    return habit_of(list, last_success, kNow).silent;
}

}  // namespace

TEST_CASE("nights and weekends are no silence, a week is") {
    CHECK_FALSE(silent(newsroom(0h)));
    CHECK_FALSE(silent(newsroom(16h)));      // a night
    CHECK_FALSE(silent(newsroom(3 * 24h)));  // a bank holiday after the weekend
    CHECK(silent(newsroom(8 * 24h)));
    const auto habit = habit_of(newsroom(0h), kNow, kNow);
    CHECK(habit.longest_usual_pause == 61h);  // Friday 19:00 to Monday 8:00
}

TEST_CASE("one long pause is no habit") {
    // Every hour, but for nine days in which the daemon did not run.
    std::vector<milliseconds> ago;
    for (hours age{20}; age < hours{20 * 24}; ++age) {
        if (age < hours{5 * 24} || age > hours{14 * 24}) {
            ago.emplace_back(age);
        }
    }
    const auto habit = habit_of(arrivals(ago), kNow, kNow);
    CHECK(habit.longest_usual_pause == 1h);
    CHECK(habit.silent);
    CHECK(habit.silence == 20h);
}

TEST_CASE("a busy feed is silent after half a day, not before") {
    std::vector<milliseconds> ago;
    for (int i = 0; i < 100; ++i) {
        ago.emplace_back(12h + i * 10min);
    }
    CHECK_FALSE(silent(arrivals(ago)));
    for (milliseconds& age : ago) {
        age += 1min;
    }
    CHECK(silent(arrivals(ago)));
}

TEST_CASE("a weekly feed is silent after two weeks") {
    std::vector<milliseconds> ago;
    for (int i = 0; i < 16; ++i) {
        ago.emplace_back(days{14} + i * days{7});
    }
    CHECK_FALSE(silent(arrivals(ago)));
    for (milliseconds& age : ago) {
        age += 1h;
    }
    CHECK(silent(arrivals(ago)));
}

TEST_CASE("too little is known of a new feed") {
    std::vector<milliseconds> ago;
    for (int i = 0; i < 8; ++i) {
        ago.emplace_back(days{30} + i * 1h);
    }
    CHECK_FALSE(silent(arrivals(ago)));
    CHECK_FALSE(habit_of(arrivals(ago), kNow, kNow).longest_usual_pause);
    ago.emplace_back(days{30} + 8 * 1h);
    CHECK(silent(arrivals(ago)));
    CHECK_FALSE(silent({}));
}

TEST_CASE("while a feed cannot be read, nothing is known of its silence") {
    std::vector<milliseconds> ago;
    for (int i = 0; i < 20; ++i) {
        ago.emplace_back(days{3} + i * 1h);
    }
    CHECK(silent(arrivals(ago)));
    CHECK_FALSE(silent(arrivals(ago), kNow - days{3} + 1h));
    CHECK_FALSE(silent(arrivals(ago), std::nullopt));
}

TEST_CASE("articles a day are counted from the first read on, without what that brought") {
    history::Arrivals list = arrivals({1h, 30h, 50h});
    list.newest_first.back().articles = 100;
    list.newest_first.front().articles = 4;
    const auto habit = habit_of(list, kNow, kNow);
    REQUIRE(habit.articles_per_day);
    CHECK(*habit.articles_per_day == Approx(5 / (50.0 / 24)));
}

TEST_CASE("articles a day are those of four weeks at most") {
    std::vector<milliseconds> ago;
    for (int i = 0; i < 100; ++i) {
        ago.emplace_back(1min + i * days{1});
    }
    CHECK(*habit_of(arrivals(ago), kNow, kNow).articles_per_day == Approx(1));
}

TEST_CASE("after less than a day nothing is said of articles a day") {
    CHECK_FALSE(habit_of(arrivals({1h, 23h}), kNow, kNow).articles_per_day);
    CHECK(habit_of(arrivals({1h, 24h}), kNow, kNow).articles_per_day);
    CHECK_FALSE(habit_of({}, kNow, kNow).articles_per_day);
}
