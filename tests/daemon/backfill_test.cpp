// SPDX-License-Identifier: MIT
// Rules that look at stored articles, over a real database and a clock moved by hand.
#include "daemon/backfill.hpp"

#include "history/alert_log.hpp"
#include "support/manual_clock.hpp"
#include "support/read_message.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;

namespace {

Rule looking_back(const std::string& id, const std::string& query) {
    Rule rule{.id = id, .title = id, .query = query};
    rule.backfill = 24h * 30;
    return rule;
}

class Bench {
  public:
    Bench() { config_.feeds = {{.id = "example", .url = "https://example.org/feed.xml"}}; }

    /// Stores articles now, matched by nothing.
    void store(const std::vector<std::string>& titles) {
        history::Turn turn{.state = {.feed_id = "example", .url = "https://example.org/feed.xml"}};
        for (const std::string& title : titles) {
            Article article{.key = head_of(++count_), .feed_id = "example"};
            article.title = title;
            turn.articles.push_back({.article = std::move(article)});
        }
        REQUIRE(writer_->commit({turn}, clock_.now()));
    }

    void restart() {
        backfill_.reset();
        writer_.reset();
        open();
        adopt();
    }

    void adopt() { backfill_->adopt(make_plan(config_)); }

    /// Steps until nothing is left; how many alerts came.
    std::size_t run() {
        std::size_t alerts = 0;
        for (steps_ = 0; backfill_->due() && steps_ < 1'000; ++steps_) {
            const auto made = backfill_->step();
            REQUIRE(made);
            alerts += *made;
        }
        CHECK_FALSE(backfill_->due());
        return alerts;
    }

    [[nodiscard]] std::vector<std::string> found() const {
        const auto page = history::AlertLog::open(directory_ / "test.db")->after(0, 500);
        REQUIRE(page);
        std::vector<std::string> lines;
        for (const Alert& alert : support::read_alerts(page->messages)) {
            CHECK(alert.hit.backfilled);
            lines.push_back(alert.rule.id + ": " + alert.article.title);
        }
        return lines;
    }

    support::ManualClock clock_;
    support::TempDir directory_;
    Config config_;
    std::unique_ptr<history::Writer> writer_;
    std::unique_ptr<Backfill> backfill_;
    int steps_ = 0;

  private:
    static std::string head_of(int number) {
        std::string key(32, '0');
        const std::string digits = std::to_string(number);
        return key.replace(key.size() - digits.size(), digits.size(), digits);
    }

    void open() {
        auto writer = history::Writer::open(directory_ / "test.db", {});
        REQUIRE(writer);
        writer_ = std::make_unique<history::Writer>(std::move(*writer));
        backfill_ = std::make_unique<Backfill>(*writer_, clock_);
    }

    int count_ = (open(), 0);
};

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a new rule with backfill finds what was stored, once; one without finds nothing") {
    Bench bench;
    bench.store({"Talks in Moscow", "Rain", "Moscow again"});
    bench.config_.rules = {looking_back("talks", "moscow"), {.id = "rain", .query = "rain"}};
    bench.adopt();
    CHECK(bench.run() == 2);
    CHECK(bench.found() == Lines{"talks: Talks in Moscow", "talks: Moscow again"});
    bench.adopt();
    CHECK(bench.run() == 0);
    bench.restart();
    CHECK(bench.run() == 0);
}

TEST_CASE("backfill reaches as far back as it says, by when an article was first seen") {
    Bench bench;
    bench.store({"Moscow, long ago"});
    bench.clock_.advance(24h * 31);
    bench.store({"Moscow"});
    bench.config_.rules = {looking_back("talks", "moscow")};
    bench.adopt();
    CHECK(bench.run() == 1);
    bench.config_.rules[0].backfill = 24h * 60;
    bench.adopt();
    CHECK(bench.run() == 1);
    CHECK(bench.found() == Lines{"talks: Moscow", "talks: Moscow, long ago"});
}

TEST_CASE("another text looks again, another title, comment or name of a set does not") {
    Bench bench;
    bench.store({"Moscow", "Lahore"});
    bench.config_.sets = {{.name = "cities", .query = "moscow"}};
    bench.config_.rules = {looking_back("talks", "@cities OR karachi")};
    bench.adopt();
    CHECK(bench.run() == 1);
    bench.config_.rules[0].title = "Another title";
    bench.config_.rules[0].query = "# towns\n(@towns) OR karachi";
    bench.config_.sets[0].name = "towns";
    bench.adopt();
    bench.run();
    CHECK(bench.steps_ == 1);  // it asked what is left: nothing
    bench.config_.sets[0].query = "moscow OR lahore";
    bench.adopt();
    CHECK(bench.run() == 1);
    CHECK(bench.found() == Lines{"talks: Moscow", "talks: Lahore"});
}

TEST_CASE("a step is bounded, and what it did is not done again after a restart") {
    Bench bench;
    bench.store(std::vector<std::string>(350, "Moscow"));
    bench.config_.rules = {looking_back("talks", "moscow")};
    bench.adopt();
    CHECK(bench.backfill_->step() == 100u);
    CHECK(bench.backfill_->articles_left() == 250);
    CHECK(bench.backfill_->rules_left() == 1);
    bench.restart();
    CHECK(bench.run() == 250);
    CHECK(bench.steps_ == 3);
    CHECK(bench.found().size() == 350);
}

TEST_CASE("a reload in mid-walk keeps the walk of a rule that stays, and drops one that goes") {
    Bench bench;
    bench.store(std::vector<std::string>(150, "Moscow and Lahore"));
    bench.config_.rules = {looking_back("a", "moscow"), looking_back("b", "lahore")};
    bench.adopt();
    CHECK(bench.backfill_->step() == 100u);
    bench.config_.rules.erase(bench.config_.rules.begin());
    bench.adopt();
    CHECK(bench.run() == 100);
    bench.config_.rules.push_back(looking_back("a", "moscow"));
    bench.adopt();
    CHECK(bench.run() == 100);  // fifty of its hits were there
    CHECK(bench.found().size() == 300);
}

TEST_CASE("rules see stored articles as they see new ones: by feed, tag and language") {
    Bench bench;
    bench.config_.feeds[0].tags = {"world"};
    bench.config_.feeds[0].language = "de";
    bench.store({"Zwei Häuser"});
    bench.config_.rules = {looking_back("haus", "Haus"), looking_back("other", "Haus")};
    bench.config_.rules[0].feeds = {"tag:world"};
    bench.config_.rules[1].feeds = {"tag:sport"};
    bench.adopt();
    CHECK(bench.run() == 1);
    CHECK(bench.found() == Lines{"haus: Zwei Häuser"});
}
