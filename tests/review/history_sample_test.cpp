// SPDX-License-Identifier: MIT
#include "review/history_sample.hpp"

#include "history/writer.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

#include <sstream>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::review;

namespace {

struct Fixture {
    support::TempDir directory;
    support::ManualClock clock;
    std::ostringstream out;
    Session session{{out, out}, clock, {}, std::nullopt, {}};
    Setup setup;
    rules::RuleSet set =
        rules::RuleSet::compile({rule("broad", "oil OR gas"), rule("narrow", "gas")}, {}).set;

    Fixture() { setup.database = directory / "wirewatch.db"; }

    static Rule rule(std::string id, std::string query) {
        Rule rule;
        rule.id = std::move(id);
        rule.query = std::move(query);
        rule.at = {"rules.toml", 3, 9};
        return rule;
    }

    /// One of twenty with "gas", one of ten more with "oil".
    void store(std::size_t count) {
        auto writer = history::Writer::open(setup.database, {}).value();
        history::Turn turn;
        turn.state.feed_id = "voa";
        turn.state.url = "https://voa.example/rss";
        for (std::size_t i = 0; i < count; ++i) {
            Article article;
            article.key = std::string(28, '0') + std::to_string(1000 + i);
            article.feed_id = "voa";
            article.language = "en";
            article.title = i % 20 == 0 ? "gas pipeline" : i % 10 == 5 ? "oil pipelines" : "other";
            turn.articles.push_back({.article = article});
        }
        REQUIRE(writer.commit({turn}, clock.now()));
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a rule that matches more than 5 % of the newest articles is told") {
    store(200);
    const auto sample = sample_history(session, setup, set);
    REQUIRE(sample);
    CHECK(sample->articles == 200);
    CHECK(sample->matches.at("broad") == 30);
    CHECK(sample->matches.at("narrow") == 10);
    CHECK(sample->words.like("pipe*").size() == 2);
    const auto problems = broad_rules(set, *sample);
    REQUIRE(problems.size() == 1);
    CHECK(
        to_text(problems[0]) ==
        "rules.toml:3:9: warning: broad: this rule matches 15 % of the newest 200 stored articles; "
        "add what it is really about");
}

TEST_CASE_METHOD(Fixture, "a short history says nothing about shares") {
    store(kSmallestSample - 1);
    CHECK(broad_rules(set, sample_history(session, setup, set).value()).empty());
}

TEST_CASE_METHOD(Fixture, "of a long history the newest articles are looked at") {
    store(kSampleArticles + 40);
    CHECK(sample_history(session, setup, set)->articles == kSampleArticles);
}

TEST_CASE_METHOD(Fixture, "where there is no history yet, that is what is said") {
    const auto sample = sample_history(session, setup, set);
    REQUIRE_FALSE(sample);
    CHECK(sample.error().code == Errc::not_found);
}
