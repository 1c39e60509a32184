// SPDX-License-Identifier: MIT
#include "support/scripted_fetcher.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace std::chrono_literals;

TEST_CASE("a scripted fetcher answers in the order and at the time of its script") {
    support::ManualClock clock;
    support::ScriptedFetcher fetcher{clock};
    const Instant start = clock.now();
    fetcher.answer("http://a/", {.response = feeds::Response{.status = 500}, .takes = 2s});
    fetcher.answer("http://a/", "second");
    fetcher.answer("http://b/", {.response = feeds::Response{.status = 404}, .takes = 1s});

    fetcher.start({.feed_id = "a", .url = "http://a/"});
    fetcher.start({.feed_id = "b", .url = "http://b/"});
    const auto first = fetcher.wait(std::nullopt, 10);
    REQUIRE(first.size() == 1);
    CHECK(first[0].feed_id == "b");
    CHECK(first[0].url == "http://b/");
    CHECK(clock.now() == start + 1s);
    CHECK(fetcher.wait(clock.ticks() + 500ms, 10).empty());
    CHECK(clock.now() == start + 1500ms);
    CHECK(fetcher.wait(std::nullopt, 10).at(0).response->status == 500);

    fetcher.start({.feed_id = "a", .url = "http://a/"});
    CHECK(fetcher.wait(std::nullopt, 10).at(0).response->body == "second");
    CHECK(fetcher.requests().size() == 3);
}

TEST_CASE("a woken scripted fetcher lets no time pass") {
    support::ManualClock clock;
    support::ScriptedFetcher fetcher{clock};
    const Instant start = clock.now();
    fetcher.wake();
    CHECK(fetcher.wait(clock.ticks() + 1h, 10).empty());
    CHECK(clock.now() == start);
    CHECK(fetcher.wait(clock.ticks() + 1h, 10).empty());
    CHECK(clock.now() == start + 1h);
}
