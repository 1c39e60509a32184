// SPDX-License-Identifier: MIT
#include "feeds/scheduler.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

using Ids = std::vector<std::string>;

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;

// One host per feed, unless a test says otherwise.
Feed feed(const std::string& id) {
    return {.id = id, .url = "https://" + id + ".example.org/feed"};
}

Feed feed_at(const std::string& id, const std::string& host) {
    return {.id = id, .url = "https://" + host + "/" + id};
}

FeedState due(const Feed& feed, Instant when) {
    return {.feed_id = feed.id, .url = feed.url, .next_due = when};
}

}  // namespace

TEST_CASE("a feed that was never polled is due now, and only once") {
    Scheduler scheduler{{}};
    scheduler.adopt({feed("a"), feed("b")}, {}, kNow);
    CHECK(scheduler.next_due() == kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a", "b"});
    CHECK(scheduler.in_flight() == 2);
    CHECK(scheduler.take_due(kNow).empty());
    CHECK(scheduler.next_due() == std::nullopt);
}

TEST_CASE("feeds start at their due time, the longest overdue first") {
    const Feed a = feed("a");
    const Feed b = feed("b");
    const Feed c = feed("c");
    Scheduler scheduler{{}};
    scheduler.adopt({a, b, c}, {due(a, kNow + 2s), due(b, kNow + 1s), due(c, kNow + 3s)}, kNow);
    CHECK(scheduler.next_due() == kNow + 1s);
    CHECK(scheduler.take_due(kNow + 999ms).empty());
    CHECK(scheduler.take_due(kNow + 2s) == Ids{"b", "a"});
    CHECK(scheduler.next_due() == kNow + 3s);
}

TEST_CASE("a finished feed is due again when it was told to be") {
    Scheduler scheduler{{}};
    scheduler.adopt({feed("a"), feed("b")}, {}, kNow);
    REQUIRE(scheduler.take_due(kNow).size() == 2);
    scheduler.finished("a", kNow + 15min);
    scheduler.finished("b", std::nullopt);
    CHECK(scheduler.in_flight() == 0);
    CHECK(scheduler.next_due() == kNow + 15min);
    CHECK(scheduler.take_due(kNow + 24h) == Ids{"a"});
}

TEST_CASE("a host is asked for no more feeds at once than allowed") {
    const std::vector<Feed> feeds{feed_at("a", "one.example"), feed_at("b", "ONE.example:443"),
                                  feed_at("c", "one.example"), feed_at("d", "two.example")};
    Scheduler scheduler{{.max_per_host = 2}};
    scheduler.adopt(feeds, {}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a", "b", "d"});
    CHECK(scheduler.next_due() == std::nullopt);
    scheduler.finished("d", kNow + 1h);
    CHECK(scheduler.next_due() == kNow + 1h);
    scheduler.finished("b", kNow + 1h);
    CHECK(scheduler.next_due() == kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"c"});
}

TEST_CASE("no more feeds are in flight than allowed over all hosts") {
    Scheduler scheduler{{.max_in_flight = 2}};
    scheduler.adopt({feed("a"), feed("b"), feed("c")}, {}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a", "b"});
    CHECK(scheduler.next_due() == std::nullopt);
    scheduler.finished("a", std::nullopt);
    CHECK(scheduler.next_due() == kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"c"});
}

TEST_CASE("disabled and stopped feeds are not polled") {
    Feed disabled = feed("disabled");
    disabled.enabled = false;
    const Feed stopped = feed("stopped");
    FeedState state = due(stopped, kNow);
    state.stopped = true;
    Scheduler scheduler{{}};
    scheduler.adopt({disabled, stopped}, {state}, kNow);
    CHECK(scheduler.next_due() == std::nullopt);
    CHECK(scheduler.take_due(kNow + 24h).empty());
}

TEST_CASE("a feed with a new address is due now, also where the old one had stopped") {
    const Feed moved = feed("a");
    FeedState state = due(moved, kNow + 24h);
    state.url = "https://old.example.org/feed";
    state.stopped = true;
    Scheduler scheduler{{}};
    scheduler.adopt({moved}, {state}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a"});
}

TEST_CASE("a reload keeps feeds in flight, and forgets those it no longer lists") {
    Scheduler scheduler{{}};
    scheduler.adopt({feed("kept"), feed("dropped")}, {}, kNow);
    REQUIRE(scheduler.take_due(kNow).size() == 2);

    scheduler.adopt({feed("kept"), feed("new")}, {}, kNow);
    CHECK(scheduler.in_flight() == 2);
    CHECK(scheduler.take_due(kNow) == Ids{"new"});
    scheduler.finished("kept", kNow + 1h);
    scheduler.finished("dropped", kNow + 1h);
    scheduler.finished("new", kNow + 2h);
    CHECK(scheduler.take_due(kNow + 24h) == Ids{"kept", "new"});
}

TEST_CASE("a feed dropped and listed again while in flight is polled on") {
    Scheduler scheduler{{}};
    scheduler.adopt({feed("a")}, {}, kNow);
    REQUIRE(scheduler.take_due(kNow) == Ids{"a"});
    scheduler.adopt({}, {}, kNow);
    scheduler.adopt({feed("a")}, {}, kNow);
    CHECK(scheduler.take_due(kNow).empty());
    scheduler.finished("a", kNow + 1h);
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"a"});
}

TEST_CASE("a feed moved to another host while in flight counts at the host that was asked") {
    Scheduler scheduler{{.max_per_host = 1}};
    scheduler.adopt({feed_at("a", "one.example")}, {}, kNow);
    REQUIRE(scheduler.take_due(kNow) == Ids{"a"});
    const Feed b = feed_at("b", "one.example");
    const Feed c = feed_at("c", "two.example");
    scheduler.adopt({feed_at("a", "two.example"), b, c}, {}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"c"});
    scheduler.finished("a", kNow + 1h);
    CHECK(scheduler.take_due(kNow) == Ids{"b"});
    scheduler.finished("b", std::nullopt);
    CHECK(scheduler.take_due(kNow + 1h).empty());  // a waits for c, at the second host
    scheduler.finished("c", std::nullopt);
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"a"});
}

TEST_CASE("a feed that somebody wants is due now, within the limits of its host") {
    const Feed a = feed_at("a", "one.example.org");
    const Feed b = feed_at("b", "one.example.org");
    Scheduler scheduler{{.max_per_host = 1}};
    scheduler.adopt({a, b}, {due(a, kNow + 1h), due(b, kNow + 2h)}, kNow);
    CHECK(scheduler.refresh("b", kNow));
    CHECK(scheduler.refresh("a", kNow));
    CHECK(scheduler.next_due() == kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a"});
    CHECK_FALSE(scheduler.refresh("a", kNow));  // in flight
    CHECK_FALSE(scheduler.refresh("nobody", kNow));
    scheduler.finished("a", kNow + 1h);
    CHECK(scheduler.take_due(kNow) == Ids{"b"});
    scheduler.finished("b", kNow + 2h);
    CHECK(scheduler.take_due(kNow + 59min).empty());
}

TEST_CASE("asking for a feed that is overdue does not send it to the end of the row") {
    const Feed a = feed_at("a", "one.example.org");
    const Feed b = feed_at("b", "one.example.org");
    Scheduler scheduler{{.max_per_host = 1}};
    scheduler.adopt({a, b}, {due(a, kNow - 2h), due(b, kNow - 1h)}, kNow);
    CHECK(scheduler.refresh("a", kNow));
    CHECK(scheduler.take_due(kNow) == Ids{"a"});
}

TEST_CASE("paused feeds are not polled, whatever their address") {
    FeedState paused = due(feed("a"), kNow);
    paused.paused = true;
    paused.url = "https://former.example.org/feed";
    Scheduler scheduler{{}};
    scheduler.adopt({feed("a")}, {paused}, kNow);
    CHECK_FALSE(scheduler.next_due());
    CHECK_FALSE(scheduler.refresh("a", kNow));
}

TEST_CASE("five thousand feeds of few hosts are all polled, one round after the other") {
    std::vector<Feed> feeds;
    for (int i = 0; i < 5000; ++i) {
        feeds.push_back(
            feed_at("f" + std::to_string(i), "h" + std::to_string(i % 50) + ".example"));
    }
    Scheduler scheduler{{.max_in_flight = 64, .max_per_host = 2}};
    scheduler.adopt(feeds, {}, kNow);
    std::size_t polled = 0;
    for (Ids started = scheduler.take_due(kNow); !started.empty();
         started = scheduler.take_due(kNow)) {
        REQUIRE(scheduler.in_flight() <= 64);
        polled += started.size();
        for (const std::string& id : started) {
            scheduler.finished(id, kNow + 15min);
        }
    }
    CHECK(polled == 5000);
    CHECK(scheduler.next_due() == kNow + 15min);
}
