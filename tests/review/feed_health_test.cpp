// SPDX-License-Identifier: MIT
// The feeds of a configuration and a database, as people and programs see them.
#include "review/feed_health.hpp"

#include "base/columns.hpp"
#include "history/writer.hpp"
#include "review/commands.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

using namespace wirewatch;
using namespace wirewatch::review;
using namespace std::chrono;

namespace {

class Bench {
  public:
    /// A feed that was read a minute ago and is well.
    FeedState& add(const std::string& id) {
        feeds_.push_back({.id = id, .url = "https://" + id + ".example/feed"});
        states_.push_back({.feed_id = id,
                           .url = feeds_.back().url,
                           .title = "Title of " + id,
                           .last_attempt = now() - 1min,
                           .last_success = now() - 1min,
                           .next_due = now() + 14min,
                           .due_reason = "its interval",
                           .http_status = 200});
        return states_.back();
    }

    Feed& feed() { return feeds_.back(); }

    void fail_with(FeedState& state, int failures, const std::string& words) const {
        state.failures = failures;
        state.error = Error{Errc::network, words};
        state.http_status = 404;
    }

    /// Articles that came a given time ago, each on its own.
    void came(const std::string& id, const std::vector<milliseconds>& ago) {
        for (const milliseconds age : ago) {
            Article article;
            article.feed_id = id;
            article.key = id + std::to_string(age.count());
            article.title = "News";
            arrivals_.push_back({now() - age, std::move(article)});
        }
    }

    std::string run(const std::vector<std::string>& arguments, int code = 0) {
        store();
        std::ostringstream out;
        std::ostringstream err;
        Session session{
            {.out = out, .err = err},
            clock_,
            [this](const auto&) {
                return Result<Setup>{Setup{
                    .file = "test.toml", .database = directory_ / "test.db", .feeds = feeds_}};
            },
            std::nullopt,
            {}};
        Run chosen;
        CLI::App app;
        add_feeds(app, session, chosen);
        std::vector<std::string> reversed{arguments.rbegin(), arguments.rend()};
        app.parse(std::move(reversed));
        CHECK(chosen() == code);
        return out.str() + err.str();
    }

    nlohmann::json json(const std::vector<std::string>& arguments) {
        return nlohmann::json::parse(run(arguments));
    }

    [[nodiscard]] Instant now() const { return clock_.now(); }

  private:
    void store() {
        auto writer = history::Writer::open(directory_ / "test.db", {}).value();
        for (const FeedState& state : states_) {
            REQUIRE(writer.commit({{state, {}}}, now()));
        }
        std::sort(arrivals_.begin(), arrivals_.end(),
                  [](const auto& a, const auto& b) { return a.first < b.first; });
        for (auto& [at, article] : arrivals_) {
            const auto state = std::find_if(states_.begin(), states_.end(), [&](const auto& one) {
                return one.feed_id == article.feed_id;
            });
            REQUIRE(writer.commit({{*state, {{.article = article}}}}, at));
        }
        arrivals_.clear();
    }

    support::TempDir directory_;
    support::ManualClock clock_;
    std::vector<Feed> feeds_;
    std::vector<FeedState> states_;
    std::vector<std::pair<Instant, Article>> arrivals_;
};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) {
        lines.push_back(line);
    }
    return lines;
}

/// A feed of every condition, the best first.
void one_of_each(Bench& bench) {
    bench.add("off");
    bench.feed().enabled = false;
    bench.add("paused").paused = true;
    bench.add("well");
    auto& fresh = bench.add("fresh");
    fresh = {.feed_id = fresh.feed_id, .url = fresh.url};
    auto& gap = bench.add("gap");
    gap.gap_from = bench.now() - 26h;
    gap.continuous_since = bench.now() - 24h;
    bench.add("silent");
    std::vector<milliseconds> ago;
    for (int i = 0; i < 20; ++i) {
        ago.emplace_back(50h + i * 1h);
    }
    bench.came("silent", ago);
    auto& failing = bench.add("failing");
    bench.fail_with(failing, 3, "404 Not Found: look for its new address");
    auto& worse = bench.add("worse");
    bench.fail_with(worse, 4, "cannot resolve host 'worse.example'");
    auto& stopped = bench.add("stopped");
    bench.fail_with(stopped, 2, "410 Gone, said again after 24 h");
    stopped.stopped = true;
    stopped.next_due.reset();
}

}  // namespace

TEST_CASE("feeds are listed the worst first") {
    Bench bench;
    one_of_each(bench);
    std::vector<std::string> ids;
    std::vector<std::string> conditions;
    for (const auto& feed : bench.json({"feeds", "--json"})) {
        ids.push_back(feed["id"]);
        conditions.push_back(feed["condition"]);
    }
    CHECK(ids == std::vector<std::string>{"stopped", "worse", "failing", "silent", "gap", "fresh",
                                          "well", "paused", "off"});
    CHECK(conditions == std::vector<std::string>{"stopped", "failing", "failing", "silent", "gap",
                                                 "new", "ok", "paused", "off"});
}

TEST_CASE("the list says what is wrong and what to do, and sums up") {
    Bench bench;
    one_of_each(bench);
    const std::string list = bench.run({"feeds"});
    for (const char* words :
         {"stopped: 410 Gone", "wirewatch feeds resume stopped",
          "failing, 4 times in a row: cannot resolve host", "last read 60 s ago",
          "next try in 14 min (its interval)", "silent: nothing new for 2 d",
          "usually pauses for 60 min at most", "gap: articles between ", "may have been missed",
          "9 feeds: 1 stopped, 2 failing, 1 silent, 1 gap, 1 not polled yet, 1 ok, 1 paused, 1 "
          "off"}) {
        CAPTURE(list);
        CHECK_THAT(list, Catch::Contains(words));
    }
}

TEST_CASE("the table fits 80 columns, whatever stands in it") {
    Bench bench;
    const std::string longest(64, 'x');
    auto& state = bench.add(longest);
    bench.fail_with(state, 1000, std::string(300, 'y'));
    state.last_success = bench.now() - days{400};
    state.next_due = bench.now() + 119min;
    bench.came(longest, {days{20}, 30h, 1h});
    const auto lines = lines_of(bench.run({"feeds"}));
    REQUIRE(lines.size() > 2);
    CHECK(columns(lines[0]) <= 80);
    CHECK(columns(lines[1]) <= 80);
    CHECK_THAT(lines[1], Catch::Contains("400 d ago") && Catch::Contains("in 119 min"));
}

TEST_CASE("a gap is spoken of for a week") {
    Bench bench;
    auto& state = bench.add("a");
    state.gap_from = bench.now() - days{9};
    state.continuous_since = bench.now() - days{8};
    const auto feed = bench.json({"feeds", "show", "a", "--json"});
    CHECK(feed["condition"] == "ok");
    CHECK(feed["gap_from"] == "2021-03-29T12:00:00Z");
    CHECK_THAT(bench.run({"feeds", "show", "a"}), Catch::Contains("before it a gap from "));
}

TEST_CASE("a feed that has moved for good says where it is polled") {
    Bench bench;
    bench.add("a").moved_to = "https://new.example/feed";
    CHECK_THAT(bench.run({"feeds"}),
               Catch::Contains("moved for good: it is polled at https://new.example/feed; write"));
}

TEST_CASE("a program is told all of it, times in UTC") {
    Bench bench;
    auto& state = bench.add("a");
    state.last_success = bench.now() - 2h;
    state.latency = 321ms;
    state.body_bytes = 4567;
    state.moved_to = "https://new.example/feed";
    state.continuous_since = bench.now() - 48h;
    bench.fail_with(state, 2, "404 Not Found");
    bench.came("a", {48h, 20h, 10h});
    const auto feed = bench.json({"feeds", "list", "--json"}).at(0);
    CHECK(feed["id"] == "a");
    CHECK(feed["title"] == "Title of a");
    CHECK(feed["url"] == "https://a.example/feed");
    CHECK(feed["moved_to"] == "https://new.example/feed");
    CHECK(feed["enabled"] == true);
    CHECK(feed["paused"] == false);
    CHECK(feed["stopped"] == false);
    CHECK(feed["failures"] == 2);
    CHECK(feed["error"] == "404 Not Found");
    CHECK(feed["http_status"] == 404);
    CHECK(feed["last_attempt"] == "2021-04-07T11:59:00Z");
    CHECK(feed["last_success"] == "2021-04-07T10:00:00Z");
    CHECK(feed["next_due"] == "2021-04-07T12:14:00Z");
    CHECK(feed["due_reason"] == "its interval");
    CHECK(feed["latency_ms"] == 321);
    CHECK(feed["body_bytes"] == 4567);
    CHECK(feed["articles"] == 3);
    CHECK(feed["hits"] == 0);
    CHECK(feed["last_article"] == "2021-04-07T02:00:00Z");
    CHECK(feed["articles_per_day"] == 1.0);
    CHECK(feed["silent"] == false);
    CHECK(feed["silence_s"] == 8 * 3600);
    CHECK(feed["usual_pause_s"].is_null());
    CHECK(feed["continuous_since"] == "2021-04-05T12:00:00Z");
    CHECK(feed["gap_from"].is_null());
}

TEST_CASE("a file has no HTTP status") {
    Bench bench;
    bench.add("a").url = "file:///srv/a.xml";
    bench.feed().url = "file:///srv/a.xml";
    CHECK(bench.json({"feeds", "--json"}).at(0)["http_status"].is_null());
    CHECK_THAT(bench.run({"feeds", "show", "a"}), !Catch::Contains("HTTP"));
}

TEST_CASE("one feed is shown in full; one that is not there is said") {
    Bench bench;
    auto& state = bench.add("a");
    state.continuous_since = bench.now() - 48h;
    const std::string shown = bench.run({"feeds", "show", "a"});
    for (const char* words : {"a — Title of a", "https://a.example/feed", "ok", "(60 s ago)",
                              "HTTP 200", "(in 14 min): its interval", "continuous since "}) {
        CHECK_THAT(shown, Catch::Contains(words));
    }
    CHECK_THAT(bench.run({"feeds", "show", "b"}, 1), Catch::Contains("there is no feed 'b'"));
}

TEST_CASE("text from feeds reaches no terminal raw") {
    Bench bench;
    auto& state = bench.add("a");
    state.title = "\033[31mred";
    state.due_reason = "a\nb";
    bench.fail_with(state, 1, "bell \a");
    const std::string shown = bench.run({"feeds", "show", "a"}) + bench.run({"feeds"});
    CHECK(shown.find('\033') == std::string::npos);
    CHECK(shown.find('\a') == std::string::npos);
    CHECK_THAT(shown, Catch::Contains("a\\nb"));
}
