// SPDX-License-Identifier: MIT
// What people and files ask of the desk, over a scripted internet and a clock moved by hand; and
// what of it reaches the log.
#include "daemon/desk.hpp"
#include "daemon/log.hpp"

#include "history/reader.hpp"
#include "support/manual_clock.hpp"
#include "support/scripted_fetcher.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;
using review::ControlAnswer;
using review::ControlCommand;

namespace {

const std::string kUrl = "https://example.org/feed.xml";
const std::string kFeed =
    "<rss version=\"2.0\"><channel><title>Example</title><item><title>Rain</title></item>"
    "</channel></rss>";

/// What is logged as long as it lives, a line each with its level in front.
class Log {
  public:
    Log() : before_{spdlog::default_logger()} {
        auto logger = std::make_shared<spdlog::logger>(
            "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(text_));
        logger->set_pattern("%l %v");
        logger->set_level(spdlog::level::info);
        spdlog::set_default_logger(std::move(logger));
    }
    ~Log() { spdlog::set_default_logger(before_); }

    [[nodiscard]] int count(const std::string& words) const {
        int found = 0;
        std::istringstream lines{text_.str()};
        for (std::string line; std::getline(lines, line);) {
            found += line.find(words) != std::string::npos ? 1 : 0;
        }
        return found;
    }

  private:
    std::ostringstream text_;
    std::shared_ptr<spdlog::logger> before_;
};

class Bench {
  public:
    Bench() {
        config_.feeds = {{.id = "a", .url = kUrl}};
        config_.poll.interval = 15min;
    }

    /// May be called again, like a restart.
    void begin() {
        desk_.reset();
        writer_.reset();
        auto writer = history::Writer::open(directory_ / "test.db", {});
        REQUIRE(writer);
        writer_ = std::make_unique<history::Writer>(std::move(*writer));
        auto fetcher = std::make_unique<support::ScriptedFetcher>(clock_);
        fetcher_ = fetcher.get();
        auto desk = Desk::open(make_plan(config_), *writer_, std::move(fetcher), clock_,
                               {.on_alerts = [] {},
                                .on_fatal = [](const Error&) {},
                                .on_orders_done = [this] { ++told_; }},
                               1);
        REQUIRE(desk);
        desk_ = std::move(*desk);
    }

    void answer(int status, const std::string& body = "", const std::string& retry_after = "") {
        fetcher_->answer(
            kUrl,
            {.response = feeds::Response{
                 .status = status, .final_url = kUrl, .retry_after = retry_after, .body = body}});
    }

    void pass(std::chrono::milliseconds time) {
        const Ticks end = clock_.ticks() + time;
        while (clock_.ticks() < end) {
            desk_->turn(std::chrono::ceil<std::chrono::milliseconds>(end - clock_.ticks()));
        }
    }

    ControlAnswer ask(ControlCommand command, std::vector<std::string> feeds = {}) {
        const auto ticket = desk_->order({.command = command, .feeds = std::move(feeds)});
        REQUIRE(ticket);
        desk_->turn(0ms);
        auto done = desk_->take_done();
        REQUIRE(done.size() == 1);
        CHECK(done[0].ticket == *ticket);
        return std::move(done[0].answer);
    }

    [[nodiscard]] std::size_t requests() const { return fetcher_->requests().size(); }

    [[nodiscard]] FeedState state() const {
        const auto reader = history::Reader::open(directory_ / "test.db");
        REQUIRE(reader);
        return reader->feed_states().value().at(0);
    }

    support::ManualClock clock_;
    support::TempDir directory_;
    Config config_;
    support::ScriptedFetcher* fetcher_ = nullptr;
    std::unique_ptr<history::Writer> writer_;
    std::unique_ptr<Desk> desk_;
    int told_ = 0;
};

}  // namespace

TEST_CASE("a feed that is asked for is polled at once, and then at its interval from there") {
    Bench bench;
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(5min);
    REQUIRE(bench.requests() == 1);
    const auto answer = bench.ask(ControlCommand::refresh, {"a"});
    CHECK(answer.ok);
    CHECK(answer.message == "1 feed is polled now");
    CHECK(bench.told_ == 1);
    bench.pass(1s);
    CHECK(bench.requests() == 2);
    bench.pass(14min);
    CHECK(bench.requests() == 2);
    bench.pass(4min);
    CHECK(bench.requests() == 3);
}

TEST_CASE("a refresh of all polls what nothing speaks against, and says what it leaves out") {
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
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
    Bench bench;
    bench.begin();
    bench.answer(200, kFeed);
    bench.pass(1min);
    REQUIRE(bench.ask(ControlCommand::pause, {"a"}).ok);
    bench.desk_->touch({"a"});
    bench.pass(1h);
    CHECK(bench.requests() == 1);
}

TEST_CASE("orders that nobody takes up are bounded") {
    Bench bench;
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
    Bench bench;
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

TEST_CASE("a feed that turns bad is logged once, and once when it is well again") {
    Bench bench;
    bench.begin();
    for (const int status : {200, 404, 404, 500}) {
        bench.answer(status, kFeed);
    }
    bench.answer(200, kFeed);
    const Log log;
    bench.pass(20min);
    CHECK(log.count("warning feed a: 404 Not Found") == 1);

    // Neither a reload nor a pause makes it news.
    bench.desk_->adopt(make_plan(bench.config_));
    REQUIRE(bench.ask(ControlCommand::pause, {"a"}).ok);
    bench.pass(1h);
    REQUIRE(bench.ask(ControlCommand::resume, {"a"}).ok);
    bench.pass(1s);
    bench.desk_->adopt(make_plan(bench.config_));
    REQUIRE(bench.requests() == 3);
    CHECK(log.count("404") == 1);
    CHECK(log.count("is well again") == 0);

    bench.pass(6h);
    CHECK(log.count("500") == 0);
    CHECK(log.count("info feed a: is well again, after 3 failures") == 1);
    CHECK(log.count("warning feed a") == 1);
}

TEST_CASE("a restart does not tell again of a feed that was bad before") {
    Bench bench;
    bench.begin();
    bench.answer(404);
    bench.pass(1min);
    bench.begin();
    bench.answer(404);
    const Log log;
    bench.pass(3h);
    CHECK(bench.requests() >= 1);
    CHECK(log.count("404") == 0);
}

TEST_CASE("what is done by hand is logged as it happens, a feed that stops as an error") {
    Bench bench;
    bench.begin();
    bench.answer(410);
    const Log log;
    bench.pass(25h);
    CHECK(log.count("warning feed a: 410 Gone") == 1);
    CHECK(log.count("error feed a: 410 Gone") == 1);
    bench.answer(200, kFeed);
    bench.answer(200, kFeed);
    REQUIRE(bench.ask(ControlCommand::resume, {"a"}).ok);
    bench.pass(5min);
    REQUIRE(bench.ask(ControlCommand::refresh, {"a"}).ok);
    REQUIRE(bench.ask(ControlCommand::refresh).ok);
    REQUIRE(bench.ask(ControlCommand::pause, {"a"}).ok);
    CHECK(log.count("info feed a: is resumed, asked for by hand") == 1);
    CHECK(log.count("info feed a: is polled now, asked for by hand") == 1);
    CHECK(log.count("info asked by hand: ") == 1);
    CHECK(log.count("info feed a: is paused, asked for by hand") == 1);
}

TEST_CASE(
    "the rules tell what they cost, the costliest first; a slow one is told once in the log") {
    Bench bench;
    Log log;
    bench.config_.rules = {{.id = "plain", .query = "rain"},
                           {.id = "never", .query = "cricket"},
                           {.id = "slow", .query = "\"rain snow wind storm\"~9 OR /hai[l]+/"},
                           {.id = "always", .query = "/\\d\\d/"}};
    bench.begin();
    std::string text;
    for (int i = 0; i < 11'000; ++i) {
        text += "rain wind ";
    }
    bench.answer(200,
                 "<rss version=\"2.0\"><channel><title>Example</title><item><title>Snow, hail"
                 "</title><description>" +
                     text +
                     "</description></item><item><title>Rain</title></item>"
                     "</channel></rss>");
    bench.pass(1min);
    const ControlAnswer answer = bench.ask(ControlCommand::rules);
    CHECK(answer.ok);
    REQUIRE(answer.rules);
    const review::RuleReport& report = *answer.rules;
    CHECK(report.articles == 2);
    CHECK(report.cut == 0);
    CHECK(report.rules == 4);
    REQUIRE(report.costliest.size() == 4);
    CHECK(report.costliest[0].id == "slow");
    CHECK(report.costliest[0].slow);
    CHECK(report.costliest[0].matches == 1);
    const auto cost_of = [&](const std::string& id) {
        return *std::find_if(report.costliest.begin(), report.costliest.end(),
                             [&](const review::RuleCost& cost) { return cost.id == id; });
    };
    CHECK(cost_of("plain").candidates == 2);
    CHECK(cost_of("plain").evaluations == 0);
    CHECK(cost_of("plain").matches == 2);
    CHECK(cost_of("never").candidates == 0);
    CHECK(cost_of("always").always_asked);
    CHECK(cost_of("always").evaluations == 2);
    CHECK(log.count("rule slow: is slow") == 1);
    const auto status = bench.ask(ControlCommand::status).status.value();
    CHECK(status.matched_articles == 2);
    CHECK(status.matches == 3);
    CHECK(status.slow_rules == 1);
    CHECK(status.given_up_rules == 0);
}

TEST_CASE("an article that is too long for rules is told in the log and counted") {
    Bench bench;
    Log log;
    bench.config_.rules = {{.id = "plain", .query = "rain"}};
    bench.begin();
    bench.answer(200,
                 "<rss version=\"2.0\"><channel><title>Example</title><item><title>Rain"
                 "</title><description>" +
                     std::string(700'000, 'x') + "</description></item></channel></rss>");
    bench.pass(1min);
    CHECK(log.count("longer than what rules look at") == 1);
    CHECK(bench.ask(ControlCommand::status).status->cut_articles == 1);
    CHECK(bench.ask(ControlCommand::rules).rules->cut == 1);
}
