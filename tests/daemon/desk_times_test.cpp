// SPDX-License-Identifier: MIT
// When the desk polls, and when it leaves a feed or a host alone.
#include "daemon/desk_bench.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;

TEST_CASE("a failing feed backs off, keeps its articles, and is well again at the first success") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(
        kUrl, {.response = fail(Errc::network, "connection refused by example.org:443")});
    bench.fetcher_->answer(kUrl, "<html><title>Welcome</title></html>");
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.pass(1min);
    REQUIRE(bench.state().error);
    CHECK(bench.state().failures == 1);
    CHECK_THAT(bench.state().error->text, Catch::Contains("connection refused"));
    bench.pass(31min);
    REQUIRE(bench.state().error);
    CHECK(bench.state().failures == 2);
    CHECK_THAT(bench.state().error->text, Catch::Contains("HTML page"));
    bench.pass(61min);
    CHECK_FALSE(bench.state().error);
    CHECK(bench.state().failures == 0);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("a 429 spares the whole host, over a restart as well") {
    DeskBench bench;
    const std::string other = "https://example.org/other.xml";
    const std::string elsewhere = "https://elsewhere.example/feed.xml";
    bench.config_.feeds = {feed("example", kUrl), feed("other", other),
                           feed("elsewhere", elsewhere)};
    bench.begin();
    for (const std::string& url : {kUrl, other, elsewhere}) {
        bench.fetcher_->answer(url, rss({{"1", "Rain"}}));
    }
    bench.fetcher_->answer(kUrl, {.response = feeds::Response{
                                      .status = 429, .final_url = kUrl, .retry_after = "7200"}});
    bench.pass(19min);
    REQUIRE(bench.state().http_status == 429);
    CHECK(bench.state("other").next_due >= bench.state().last_attempt.value() + 2h);
    CHECK_THAT(bench.state("other").due_reason, Catch::Contains("left alone (429)"));

    bench.begin();
    for (const std::string& url : {kUrl, other, elsewhere}) {
        bench.fetcher_->answer(url, rss({{"1", "Rain"}}));
    }
    bench.pass(100min);
    CHECK(bench.asked(kUrl) == 0);
    CHECK(bench.asked(other) == 0);
    CHECK(bench.asked(elsewhere) >= 6);
    bench.pass(30min);
    CHECK(bench.asked(kUrl) == 1);
    CHECK(bench.asked(other) == 1);
}

TEST_CASE("a feed that was never polled waits for its host over a restart too") {
    DeskBench bench;
    const std::string other = "https://example.org/other.xml";
    bench.config_.feeds.push_back(feed("other", other));
    bench.config_.scheduler.host_spacing = 1h;  // so that the second waits
    bench.begin();
    bench.fetcher_->answer(kUrl, {.response = feeds::Response{
                                      .status = 429, .final_url = kUrl, .retry_after = "7200"}});
    bench.pass(1min);
    bench.begin();
    bench.fetcher_->answer(other, rss({{"1", "Rain"}}));
    bench.pass(110min);
    CHECK(bench.asked(other) == 0);
    bench.pass(10min);
    CHECK(bench.asked(other) + bench.asked(kUrl) == 1);
}

TEST_CASE("a feed that has moved for good is polled at its new address, over a restart as well") {
    DeskBench bench;
    const std::string target = "https://new.example/feed.xml";
    bench.config_.poll.interval = 10h;
    bench.begin();
    bench.fetcher_->answer(kUrl, {.response = feeds::Response{.status = 200,
                                                              .final_url = target,
                                                              .etag = "\"e\"",
                                                              .redirects = {{301, target}},
                                                              .body = rss({{"1", "Rain"}})}});
    bench.fetcher_->answer(target, rss({{"1", "Rain"}, {"2", "Talks in Moscow"}}));
    bench.pass(35h);
    CHECK(bench.asked(kUrl) == 4);
    CHECK(bench.asked(target) == 0);
    CHECK(bench.state().moved_to == target);
    CHECK(bench.state().url == kUrl);
    bench.begin();
    bench.fetcher_->answer(target, rss({{"1", "Rain"}, {"2", "Talks in Moscow"}}));
    bench.pass(6h);
    CHECK(bench.asked(kUrl) == 0);
    REQUIRE(bench.asked(target) == 1);
    CHECK(bench.fetcher_->requests()[0].etag == "\"e\"");
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("a clock that jumps brings at most one poll of a feed, and keeps none waiting") {
    const auto by = GENERATE(as<std::chrono::milliseconds>{}, -1h, 1h, 8h);
    CAPTURE(by.count());
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Rain"}}));
    bench.pass(5min);
    REQUIRE(bench.asked(kUrl) == 1);
    bench.clock_.jump(by);
    bench.pass(1min);
    CHECK(bench.asked(kUrl) == (by > 0ms ? 2 : 1));
    bench.pass(15min);
    CHECK(bench.asked(kUrl) == (by > 0ms ? 3 : 2));
}

TEST_CASE("a clock that jumps in the midst of a turn does no more harm than between two") {
    const auto by = GENERATE(as<std::chrono::milliseconds>{}, -1h, 1h);
    const int looks = GENERATE(range(0, 24));
    CAPTURE(by.count(), looks);
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Rain"}}));
    bench.clock_.jump_after(looks, by);
    bench.pass(40min);
    CHECK(bench.asked(kUrl) >= 3);
    CHECK(bench.asked(kUrl) <= 4);
}

TEST_CASE("the feed's state says why it is due when it is") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, {.response = feeds::Response{.status = 200,
                                                              .final_url = kUrl,
                                                              .cache_control = "max-age=3600",
                                                              .body = rss({{"1", "Rain"}})}});
    bench.pass(1min);
    CHECK(bench.state().due_reason == "asked by the server: max-age 1h");
    bench.pass(58min);
    CHECK(bench.asked(kUrl) == 1);
    bench.pass(2min);
    CHECK(bench.asked(kUrl) == 2);
}
