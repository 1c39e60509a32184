// SPDX-License-Identifier: MIT
// What of the desk's work reaches the log, and how often.
#include "daemon/desk_bench.hpp"
#include "daemon/log.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <sstream>
#include <string>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;
using review::ControlAnswer;
using review::ControlCommand;

namespace {

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

}  // namespace

TEST_CASE("a feed that turns bad is logged once, and once when it is well again") {
    DeskBench bench{"a"};
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
    DeskBench bench{"a"};
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
    DeskBench bench{"a"};
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
    DeskBench bench{"a"};
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
    DeskBench bench{"a"};
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
