// SPDX-License-Identifier: MIT
// What people and files ask of the desk.
#include "daemon/desk_bench.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;
using review::ControlAnswer;
using review::ControlCommand;

TEST_CASE("a feed that is asked for is polled at once, and then at its interval from there") {
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(5min);
    REQUIRE(bench.requests() == 1);
    const auto answer = bench.ask(ControlCommand::refresh, {"a"});
    CHECK(answer.ok);
    CHECK(answer.message == "1 feed is polled now");
    CHECK(bench.orders_done_ == 1);
    bench.pass(1s);
    CHECK(bench.requests() == 2);
    bench.pass(14min);
    CHECK(bench.requests() == 2);
    bench.pass(4min);
    CHECK(bench.requests() == 3);
}

TEST_CASE("a refresh of all polls what nothing speaks against, and says what it leaves out") {
    DeskBench bench{"a"};
    bench.config_.feeds.push_back({.id = "b", .url = "https://b.example/feed"});
    bench.config_.feeds.push_back({.id = "c", .url = "https://c.example/feed", .enabled = false});
    bench.begin();
    bench.answer(200, kFeed);
    bench.fetcher_->answer("https://b.example/feed", kFeed);
    bench.pass(5min);
    REQUIRE(bench.ask(ControlCommand::pause, {"b"}).ok);
    const auto answer = bench.ask(ControlCommand::refresh);
    CHECK(answer.ok);
    CHECK_THAT(answer.message, Catch::StartsWith("1 feed is polled now"));
    CHECK_THAT(answer.message, Catch::Contains("1 feed is left out"));
    REQUIRE(answer.details.size() == 1);
    CHECK_THAT(answer.details[0], Catch::StartsWith("b is paused"));
    bench.pass(1s);
    CHECK(bench.requests() == 3);
}

TEST_CASE("nobody is polled twice within a minute by hand") {
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(30s);
    const auto early = bench.ask(ControlCommand::refresh, {"a"});
    CHECK_FALSE(early.ok);
    CHECK_THAT(early.details.at(0), Catch::Contains("once a minute"));
    bench.pass(31s);
    CHECK(bench.ask(ControlCommand::refresh, {"a"}).ok);
}

TEST_CASE("a poll of tomorrow, by a clock that was wrong, keeps nobody from polling by hand") {
    const Feed feed{.id = "a", .url = "https://a.example/feed"};
    const Instant now{std::chrono::days{18'000}};
    const FeedState state{
        .feed_id = "a", .url = feed.url, .last_attempt = now + std::chrono::days{1'000}};
    CHECK(why_not_now(feed, state, Asker::somebody_for_it, now, 15min).empty());
}

TEST_CASE("a server that said 429 is left alone, whoever asks; one that said 503 unless named") {
    const int status = GENERATE(429, 503);
    CAPTURE(status);
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(status, "", "86400");
    bench.pass(1h);
    REQUIRE(bench.requests() == 1);
    const auto all = bench.ask(ControlCommand::refresh);
    CHECK_THAT(all.message, Catch::StartsWith("no feed is polled now"));
    CHECK_THAT(all.details.at(0), Catch::Contains("is left alone: its server said"));
    CHECK_THAT(all.details.at(0), Catch::Contains("2021-04-08T12:"));
    const auto named = bench.ask(ControlCommand::refresh, {"a"});
    CHECK(named.ok == (status == 503));
    bench.pass(1s);
    CHECK(bench.requests() == (status == 503 ? 2 : 1));
}

TEST_CASE("a feed that nobody knows is said, and nothing is done for the others") {
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(5min);
    for (const auto command :
         {ControlCommand::refresh, ControlCommand::pause, ControlCommand::resume}) {
        const auto answer = bench.ask(command, {"a", "nobody"});
        CHECK_FALSE(answer.ok);
        CHECK_THAT(answer.message, Catch::Contains("there is no feed 'nobody'"));
    }
    bench.pass(1min);
    CHECK(bench.requests() == 1);
    CHECK_FALSE(bench.state().paused);
}

TEST_CASE("a feed that a reload has just brought can be named") {
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(1min);
    Config config = bench.config_;
    config.feeds.push_back({.id = "b", .url = "https://b.example/feed"});
    bench.desk_->adopt(make_plan(config));
    CHECK(bench.ask(ControlCommand::pause, {"b"}).ok);
    bench.pass(1h);
    CHECK(bench.ask(ControlCommand::status).status->paused == 1);
    for (const auto& request : bench.fetcher_->requests()) {
        CHECK(request.feed_id == "a");
    }
}

TEST_CASE("a paused feed is not polled, over reload and restart, until it is resumed") {
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(5min);
    CHECK(bench.ask(ControlCommand::pause, {"a"}).ok);
    CHECK(bench.state().paused);
    CHECK_THAT(bench.ask(ControlCommand::pause, {"a"}).details.at(0),
               Catch::Contains("paused already"));
    bench.pass(1h);
    bench.desk_->adopt(make_plan(bench.config_));
    bench.pass(1h);
    CHECK(bench.requests() == 1);

    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(1h);
    CHECK(bench.requests() == 0);
    CHECK_FALSE(bench.ask(ControlCommand::refresh, {"a"}).ok);
    const auto resumed = bench.ask(ControlCommand::resume, {"a"});
    CHECK(resumed.ok);
    CHECK_THAT(resumed.details.at(0), Catch::Contains("is polled now"));  // it was overdue
    bench.pass(1s);
    CHECK(bench.requests() == 1);
    CHECK_FALSE(bench.state().paused);
}

TEST_CASE("a resumed feed waits for the time that it was due anyway") {
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(2min);
    REQUIRE(bench.ask(ControlCommand::pause, {"a"}).ok);
    const auto resumed = bench.ask(ControlCommand::resume, {"a"});
    CHECK_THAT(resumed.details.at(0), Catch::Contains("is next polled at 2021-04-07T12:1"));
    bench.pass(10min);
    CHECK(bench.requests() == 1);
}

TEST_CASE("a feed paused while it is in flight is read, and then rests") {
    DeskBench bench{"a"};
    bench.begin();
    bench.fetcher_->answer(
        kUrl, {.response = feeds::Response{.status = 200, .final_url = kUrl, .body = kFeed},
               .takes = 10s});
    bench.desk_->turn(1s);
    REQUIRE(bench.requests() == 1);
    REQUIRE(bench.ask(ControlCommand::pause, {"a"}).ok);
    bench.pass(1h);
    CHECK(bench.requests() == 1);
    CHECK(bench.state().last_success);
    CHECK(bench.state().paused);
}

TEST_CASE("a feed that had stopped after 410 is tried again when it is resumed") {
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(410);
    bench.pass(25h);
    REQUIRE(bench.state().stopped);
    const std::size_t before = bench.requests();
    CHECK_THAT(bench.ask(ControlCommand::refresh, {"a"}).details.at(0),
               Catch::Contains("feeds resume a"));
    bench.answer(200, kFeed);
    bench.answer(200, kFeed);
    CHECK(bench.ask(ControlCommand::resume, {"a"}).ok);
    bench.pass(1s);
    CHECK(bench.requests() == before + 1);
    CHECK_FALSE(bench.state().stopped);
    CHECK_FALSE(bench.ask(ControlCommand::resume, {"a"}).details.empty());  // nothing to do
}

TEST_CASE("a file that changes while it is read is read again") {
    DeskBench bench{"a"};
    bench.begin();
    bench.fetcher_->answer(
        kUrl, {.response = feeds::Response{.status = 200, .final_url = kUrl, .body = kFeed},
               .takes = 2s});
    bench.desk_->turn(1s);
    bench.desk_->touch({"a", "nobody"});
    bench.pass(3s);
    CHECK(bench.requests() == 2);
    bench.pass(10s);
    CHECK(bench.requests() == 2);
    bench.desk_->touch({"a"});
    bench.pass(1s);
    CHECK(bench.requests() == 3);
}

TEST_CASE("a change of its file does not wake a paused feed") {
    DeskBench bench{"a"};
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(1min);
    REQUIRE(bench.ask(ControlCommand::pause, {"a"}).ok);
    bench.desk_->touch({"a"});
    bench.pass(1h);
    CHECK(bench.requests() == 1);
}

TEST_CASE("orders that nobody takes up are bounded") {
    DeskBench bench{"a"};
    bench.begin();
    std::size_t taken = 0;
    while (taken < 1000 && bench.desk_->order({})) {
        ++taken;
    }
    CHECK(taken == 64);
    bench.desk_->turn(0ms);
    CHECK(bench.desk_->take_done().size() == 64);
    CHECK(bench.desk_->order({}));
}

TEST_CASE("the status counts every feed that is switched on once") {
    DeskBench bench{"a"};
    bench.config_.feeds.push_back({.id = "b", .url = "https://b.example/feed"});
    bench.config_.feeds.push_back({.id = "c", .url = "https://c.example/feed"});
    bench.config_.feeds.push_back({.id = "d", .url = "https://d.example/feed", .enabled = false});
    bench.begin();
    bench.answer(200, kFeed);
    const auto before = bench.ask(ControlCommand::status);
    REQUIRE(before.status);
    CHECK(before.status->feeds == 3);
    bench.pass(1min);  // b and c are not in the script: they fail
    REQUIRE(bench.ask(ControlCommand::pause, {"c"}).ok);
    const auto status = bench.ask(ControlCommand::status).status.value();
    CHECK(status.ok == 1);
    CHECK(status.failing == 1);
    CHECK(status.paused == 1);
    CHECK(status.waiting == 0);
    CHECK(status.in_flight == 0);
    CHECK(status.next_due);
}
