// SPDX-License-Identifier: MIT
#include "feeds/scheduler.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
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

// Neither spacing nor spreading, but where a test is about them.
SchedulerOptions plain(std::size_t max_in_flight = 256, std::size_t max_per_host = 2) {
    return {.max_in_flight = max_in_flight,
            .max_per_host = max_per_host,
            .host_spacing = 0ms,
            .spread_step = 0ms};
}

FeedState due(const Feed& feed, Instant when) {
    return {.feed_id = feed.id, .url = feed.url, .next_due = when};
}

}  // namespace

TEST_CASE("a feed that was never polled is due now, and only once") {
    Scheduler scheduler{plain()};
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
    Scheduler scheduler{plain()};
    scheduler.adopt({a, b, c}, {due(a, kNow + 2s), due(b, kNow + 1s), due(c, kNow + 3s)}, kNow);
    CHECK(scheduler.next_due() == kNow + 1s);
    CHECK(scheduler.take_due(kNow + 999ms).empty());
    CHECK(scheduler.take_due(kNow + 2s) == Ids{"b", "a"});
    CHECK(scheduler.next_due() == kNow + 3s);
}

TEST_CASE("a finished feed is due again when it was told to be") {
    Scheduler scheduler{plain()};
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
    Scheduler scheduler{plain(256, 2)};
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
    Scheduler scheduler{plain(2)};
    scheduler.adopt({feed("a"), feed("b"), feed("c")}, {}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a", "b"});
    CHECK(scheduler.next_due() == std::nullopt);
    scheduler.finished("a", std::nullopt);
    CHECK(scheduler.next_due() == kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"c"});
}

TEST_CASE("disabled, stopped and paused feeds are not polled") {
    Feed disabled = feed("disabled");
    disabled.enabled = false;
    const Feed stopped = feed("stopped");
    FeedState state = due(stopped, kNow);
    const auto bit = GENERATE(&FeedState::stopped, &FeedState::paused);
    state.*bit = true;
    Scheduler scheduler{plain()};
    scheduler.adopt({disabled, stopped}, {state}, kNow);
    CHECK(scheduler.next_due() == std::nullopt);
    CHECK(scheduler.take_due(kNow + 24h).empty());
}

TEST_CASE("a feed with a new address is due now, also where the old one had stopped") {
    const Feed moved = feed("a");
    FeedState state = due(moved, kNow + 24h);
    state.url = "https://old.example.org/feed";
    state.stopped = true;
    Scheduler scheduler{plain()};
    scheduler.adopt({moved}, {state}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a"});
}

TEST_CASE("a reload keeps feeds in flight, and forgets those it no longer lists") {
    Scheduler scheduler{plain()};
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
    Scheduler scheduler{plain()};
    scheduler.adopt({feed("a")}, {}, kNow);
    REQUIRE(scheduler.take_due(kNow) == Ids{"a"});
    scheduler.adopt({}, {}, kNow);
    scheduler.adopt({feed("a")}, {}, kNow);
    CHECK(scheduler.take_due(kNow).empty());
    scheduler.finished("a", kNow + 1h);
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"a"});
}

TEST_CASE("a feed moved to another host while in flight counts at the host that was asked") {
    Scheduler scheduler{plain(256, 1)};
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
    Scheduler scheduler{plain(64, 2)};
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

TEST_CASE("between two starts on a host lies the spacing, whatever the slots allow") {
    Scheduler scheduler{{.max_per_host = 8, .host_spacing = 1s, .spread_step = 0ms}};
    scheduler.adopt({feed_at("a", "one.example"), feed_at("b", "one.example"),
                     feed_at("c", "one.example"), feed_at("d", "two.example")},
                    {}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a", "d"});
    CHECK(scheduler.next_due() == kNow + 1s);
    CHECK(scheduler.take_due(kNow + 999ms).empty());
    CHECK(scheduler.take_due(kNow + 1s) == Ids{"b"});
    scheduler.finished("b", kNow + 1s);  // nor after one that was quick
    CHECK(scheduler.take_due(kNow + 1500ms).empty());
    CHECK(scheduler.take_due(kNow + 2s).size() == 1);
}

TEST_CASE("on a host with more feeds than it can be asked for in time, all have their turn") {
    std::vector<Feed> feeds;
    for (int i = 0; i < 100; ++i) {
        feeds.push_back(feed_at("f" + std::to_string(i), "one.example"));
    }
    Scheduler scheduler{{.host_spacing = 1s}};
    scheduler.adopt(feeds, {}, kNow);
    std::map<std::string, Instant> last;
    for (Instant now = kNow; now < kNow + 1h; now += 1s) {
        for (const std::string& id : scheduler.take_due(now)) {
            if (last.contains(id)) {
                REQUIRE(now - last[id] <= 101s);
            }
            last[id] = now;
            scheduler.finished(id, now + 60s);  // they want to be polled every minute
        }
    }
    REQUIRE(last.size() == 100);
    for (const auto& [id, when] : last) {
        CHECK(when > kNow + 1h - 102s);
    }
}

TEST_CASE("the spacing outlives a reload, also of a host without feeds for a while") {
    Scheduler scheduler{{.host_spacing = 1s, .spread_step = 0ms}};
    const std::vector<Feed> feeds{feed_at("a", "one.example"), feed_at("b", "one.example")};
    scheduler.adopt(feeds, {}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a"});
    scheduler.finished("a", std::nullopt);
    scheduler.adopt({}, {}, kNow + 100ms);
    scheduler.adopt(feeds, {}, kNow + 200ms);
    CHECK(scheduler.take_due(kNow + 200ms).empty());
    CHECK(scheduler.next_due() == kNow + 1s);
}

TEST_CASE("one new feed is polled at once, many one after the other") {
    std::vector<Feed> feeds{feed("known")};
    const std::vector<FeedState> states{due(feeds[0], kNow + 10min)};
    for (int i = 0; i < 3; ++i) {
        feeds.push_back(feed("new" + std::to_string(i)));
    }
    Scheduler scheduler{{}};
    scheduler.adopt({feeds[0], feeds[1]}, states, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"new0"});

    scheduler.adopt(feeds, states, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"new1"});
    CHECK(scheduler.take_due(kNow + 199ms).empty());
    // Another reload changes nothing for those who wait.
    scheduler.adopt(feeds, states, kNow + 199ms);
    CHECK(scheduler.take_due(kNow + 200ms) == Ids{"new2"});
    CHECK(scheduler.next_due() == kNow + 10min);
}

TEST_CASE("five thousand new feeds are spread over an interval, evenly") {
    std::vector<Feed> feeds;
    for (int i = 0; i < 5000; ++i) {
        feeds.push_back(feed("f" + std::to_string(i)));
    }
    Scheduler scheduler{{.max_in_flight = 5000, .spread_over = 15min}};
    scheduler.adopt(feeds, {}, kNow);
    for (int minute = 0; minute < 15; ++minute) {
        std::size_t started = 0;
        for (int second = 0; second < 60; ++second) {
            const Ids ids = scheduler.take_due(kNow + minutes{minute} + seconds{second} + 999ms);
            started += ids.size();
            REQUIRE(ids.size() <= 6);
        }
        CHECK(started >= 330);
    }
    CHECK(scheduler.in_flight() == 5000);
}

TEST_CASE("what became due while the daemon was away comes one after the other, oldest first") {
    const Feed a = feed("a");
    const Feed b = feed("b");
    Scheduler scheduler{{}};
    scheduler.adopt({a, feed("new"), b}, {due(a, kNow - 1h), due(b, kNow - 2h)}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"b"});
    CHECK(scheduler.take_due(kNow + 200ms) == Ids{"a"});
    CHECK(scheduler.take_due(kNow + 400ms) == Ids{"new"});
}

TEST_CASE("a feed that was told another time is due then, reload or not") {
    const Feed a = feed("a");
    Scheduler scheduler{plain()};
    scheduler.adopt({a}, {due(a, kNow + 1h)}, kNow);
    scheduler.adopt({a}, {due(a, kNow)}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a"});
}

TEST_CASE("a feed that has moved is counted at its new host, and polled when it would have been") {
    const Feed a = feed_at("a", "old.example");
    FeedState state = due(a, kNow + 1h);
    state.moved_to = "https://new.example/a";
    Scheduler scheduler{plain(256, 1)};
    scheduler.adopt({a, feed_at("b", "new.example")}, {state}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"b"});
    CHECK(scheduler.take_due(kNow + 1h).empty());
    scheduler.finished("b", std::nullopt);
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"a"});
}

TEST_CASE("a feed that moves is counted at its new host from its next poll on") {
    const auto when = GENERATE(as<std::string>{}, "in flight", "waiting");
    CAPTURE(when);
    Scheduler scheduler{plain(256, 1)};
    scheduler.adopt({feed_at("a", "old.example"), feed_at("b", "new.example")}, {}, kNow);
    REQUIRE(scheduler.take_due(kNow) == Ids{"b", "a"});
    if (when == "in flight") {
        scheduler.moved("a", "https://new.example/a");
    }
    scheduler.finished("a", kNow + 1h);
    if (when == "waiting") {
        scheduler.moved("a", "https://new.example/a");
    }
    scheduler.moved("nobody", "https://new.example/a");
    CHECK(scheduler.take_due(kNow + 1h).empty());  // b is there
    scheduler.finished("b", std::nullopt);
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"a"});
}

TEST_CASE("a paused host is left alone by all its feeds, others are not") {
    const Feed a = feed_at("a", "one.example");
    const Feed b = feed_at("b", "one.example");
    const Feed c = feed_at("c", "one.example");
    Scheduler scheduler{plain()};
    scheduler.adopt({a, b, c, feed("other")},
                    {due(a, kNow), due(b, kNow + 10min), due(c, kNow + 3h)}, kNow);
    REQUIRE(scheduler.take_due(kNow) == Ids{"a", "other"});
    CHECK(scheduler.pause_host("https://one.example/x", kNow + 2h) == Ids{"b", "a"});
    CHECK(scheduler.host_paused_until("http://ONE.example:80/") == kNow + 2h);
    scheduler.finished("a", kNow + 15min);
    scheduler.finished("other", kNow + 15min);
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"other"});
    CHECK(scheduler.next_due() == kNow + 2h);
    CHECK(scheduler.take_due(kNow + 2h) == Ids{"b", "a"});

    // A shorter one takes nothing back; hosts that nobody asks are not kept.
    static_cast<void>(scheduler.pause_host("https://one.example/", kNow + 1h));
    CHECK(scheduler.host_paused_until("https://one.example/") == kNow + 2h);
    CHECK(scheduler.pause_host("https://nowhere.example/", kNow + 1h).empty());
    CHECK_FALSE(scheduler.host_paused_until("https://nowhere.example/"));
}

TEST_CASE("a reload does not end a host's pause") {
    const std::vector<Feed> feeds{feed_at("a", "one.example"), feed_at("b", "one.example")};
    Scheduler scheduler{plain(256, 1)};
    scheduler.adopt(feeds, {}, kNow);
    REQUIRE(scheduler.take_due(kNow) == Ids{"a"});
    static_cast<void>(scheduler.pause_host(feeds[0].url, kNow + 1h));
    scheduler.adopt(feeds, {}, kNow);
    scheduler.finished("a", std::nullopt);
    CHECK(scheduler.take_due(kNow + 59min).empty());
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"b"});
}

TEST_CASE("a feed that waited into its quiet hours waits on") {
    const Feed a = feed_at("a", "one.example");
    const Feed b = feed_at("b", "one.example");
    FeedState quiet = due(b, kNow - 1min);
    quiet.skip_hours = 1U << 12;
    Scheduler scheduler{plain(256, 1)};
    scheduler.adopt({a, b}, {due(a, kNow - 1h), quiet}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a"});
    scheduler.finished("a", kNow + 1min, {.hours = 1U << 12});
    CHECK(scheduler.take_due(kNow + 1min).empty());
    CHECK(scheduler.next_due() == kNow + 1h);
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"a"});
}

TEST_CASE("a feed that somebody wants is due now, within the limits of its host") {
    const Feed a = feed_at("a", "one.example");
    const Feed b = feed_at("b", "one.example");
    FeedState quiet = due(b, kNow + 10min);
    quiet.skip_hours = 1U << 12;
    Scheduler scheduler{{.spread_step = 0ms}};
    scheduler.adopt({a, b}, {due(a, kNow), quiet}, kNow);
    CHECK(scheduler.take_due(kNow) == Ids{"a"});
    CHECK(scheduler.refresh("b", kNow));
    CHECK(scheduler.next_due() == kNow + 1s);
    CHECK(scheduler.take_due(kNow + 1s) == Ids{"b"});
    CHECK_FALSE(scheduler.refresh("b", kNow + 1s));  // it is on its way
    CHECK_FALSE(scheduler.refresh("c", kNow + 1s));
    scheduler.finished("b", kNow + 2s, {.hours = 1U << 12});
    CHECK(scheduler.take_due(kNow + 2s).empty());  // wanted once, not for ever
}

TEST_CASE("a clock that is set back keeps of every wait what was left of it") {
    const Feed a = feed("a");
    const Feed b = feed_at("b", "slow.example");
    Scheduler scheduler{plain()};
    scheduler.adopt({a, b}, {due(a, kNow + 10min), due(b, kNow + 10min)}, kNow);
    static_cast<void>(scheduler.pause_host(b.url, kNow + 30min));
    scheduler.clock_jumped(-1h, kNow - 1h);
    CHECK(scheduler.next_due() == kNow - 50min);
    CHECK(scheduler.host_paused_until(b.url) == kNow - 30min);
    // A reload after it knows the old times, and better.
    scheduler.adopt({a, b}, {due(a, kNow + 10min), due(b, kNow + 30min)}, kNow - 1h);
    CHECK(scheduler.take_due(kNow - 50min) == Ids{"a"});
    CHECK(scheduler.take_due(kNow - 30min) == Ids{"b"});
}

TEST_CASE("a reload after the clock was set back knows what was left of a host's pause") {
    const Feed a = feed_at("a", "one.example");
    const Feed b = feed_at("b", "one.example");
    Scheduler scheduler{plain()};
    scheduler.adopt({a, b}, {due(a, kNow), due(b, kNow + 10min)}, kNow);
    REQUIRE(scheduler.take_due(kNow) == Ids{"a"});
    REQUIRE(scheduler.pause_host(a.url, kNow + 2h) == Ids{"b", "a"});
    scheduler.finished("a", kNow + 2h);
    scheduler.clock_jumped(-1h, kNow - 1h);
    // The states say the end of the pause, by the clock as it was.
    scheduler.adopt({a, b}, {due(a, kNow + 2h), due(b, kNow + 2h)}, kNow - 1h);
    CHECK(scheduler.take_due(kNow + 1h) == Ids{"b", "a"});
}

TEST_CASE("a restart after the clock was set back keeps the wait as well") {
    const Feed a = feed("a");
    FeedState state = due(a, kNow + 15min);
    state.last_attempt = kNow;
    Scheduler scheduler{plain()};
    scheduler.adopt({a}, {state}, kNow - 1h);
    CHECK(scheduler.next_due() == kNow - 45min);
}

TEST_CASE("after a jump forward, what became due by it comes one after the other, each once") {
    std::vector<Feed> feeds;
    std::vector<FeedState> states;
    for (int i = 0; i < 100; ++i) {
        feeds.push_back(feed("f" + std::to_string(100 + i)));
        states.push_back(due(feeds.back(), kNow + 1min + seconds{i}));
    }
    Scheduler scheduler{{}};
    scheduler.adopt(feeds, states, kNow);
    const Instant morning = kNow + 8h;
    scheduler.clock_jumped(8h, morning);
    Ids all;
    for (milliseconds after{0}; after < 20s; after += 200ms) {
        const Ids ids = scheduler.take_due(morning + after);
        REQUIRE(ids.size() == 1);
        all.push_back(ids[0]);
        scheduler.finished(ids[0], morning + 1h);
    }
    CHECK(all.front() == "f100");
    CHECK(std::is_sorted(all.begin(), all.end()));
    CHECK(scheduler.next_due() == morning + 1h);
}

TEST_CASE("the spacing outlives a jump of the clock") {
    const auto by = GENERATE(-3600s, 3600s);
    Scheduler scheduler{{.spread_step = 0ms}};
    scheduler.adopt({feed_at("a", "one.example"), feed_at("b", "one.example")}, {}, kNow);
    REQUIRE(scheduler.take_due(kNow) == Ids{"a"});
    scheduler.clock_jumped(by, kNow + 100ms + by);
    CHECK(scheduler.take_due(kNow + 900ms + by).empty());
    CHECK(scheduler.take_due(kNow + 1s + by) == Ids{"b"});
}
