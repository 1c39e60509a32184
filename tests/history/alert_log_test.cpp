// SPDX-License-Identifier: MIT
#include "history/alert_log.hpp"

#include "history/samples.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <set>

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {.deployment = "desk"}).value();
    AlertLog log = AlertLog::open(file).value();

    void commit(std::vector<MatchedArticle> articles, int minutes = 0) {
        REQUIRE(writer.commit({turn(std::move(articles))}, at(minutes)));
    }
};

}  // namespace

TEST_CASE("a new outbox is empty and reaches back to its beginning") {
    Fixture history;
    CHECK(history.log.head().value() == 0);
    CHECK(history.log.oldest().value() == 1);
    const auto page = history.log.after(0, 500).value();
    CHECK(page.alerts.empty());
    CHECK(page.cursor == 0);
}

TEST_CASE("an epoch is 16 hex digits, kept for life and different in every database") {
    Fixture one;
    Fixture other;
    const std::string epoch = one.log.epoch().value();
    CHECK(epoch.size() == 16);
    CHECK(epoch.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(AlertLog::open(one.file).value().epoch().value() == epoch);
    CHECK(other.log.epoch().value() != epoch);
}

TEST_CASE("an alert carries all that subscribers see") {
    Fixture history;
    Article full = article("a");
    full.summary = std::string{"nul \0 inside", 12};
    full.authors = {"A. \"Reporter\"", "Лавров"};
    full.categories = {"world"};
    full.language = "en";
    full.published = at(-30);
    full.updated = at(-20);
    MatchedArticle matched_article{full, {hit(rule())}, Announce::alert};
    matched_article.hits[0].hit.score = 2.5;
    matched_article.hits[0].hit.spans.push_back({Field::author, 1, 0, 6, "Лавров", "лавров"});
    history.commit({matched_article});

    const auto page = history.log.after(0, 500).value();
    REQUIRE(page.alerts.size() == 1);
    CHECK(page.cursor == 1);
    const Alert& alert = page.alerts[0];
    CHECK(alert.seq == 1);
    CHECK(alert.tseq == 1);
    CHECK(alert.uuid == alert_uuid("desk", "pak-rus", full.key));
    CHECK(alert.committed == at());
    CHECK(alert.rule.id == "pak-rus");
    CHECK(alert.rule.title == rule().title);
    CHECK(alert.rule.severity == Severity::high);
    CHECK(alert.rule.tags == rule().tags);
    CHECK(alert.rule.query == rule().query);
    CHECK(alert.article.key == full.key);
    CHECK(alert.article.feed_id == "voa");
    CHECK(alert.article.url == full.url);
    CHECK(alert.article.title == full.title);
    CHECK(alert.article.summary == full.summary);
    CHECK(alert.article.content.empty());  // no alert shows it
    CHECK(alert.article.authors == full.authors);
    CHECK(alert.article.categories == full.categories);
    CHECK(alert.article.language == "en");
    CHECK(alert.article.published == full.published);
    CHECK(alert.article.updated == full.updated);
    CHECK(alert.feed_title == "Feed voa");
    CHECK(alert.feed_url == "https://voa.example/rss");
    CHECK(alert.hit.rule_id == "pak-rus");
    CHECK(alert.hit.spans == matched_article.hits[0].hit.spans);
    CHECK(alert.hit.score == 2.5);
    CHECK(alert.story.id == full.key);
    CHECK(alert.story.size == 1);
    CHECK(alert.story.first_seen == at());
}

TEST_CASE("pages follow each other without gap or repetition") {
    Fixture history;
    for (int i = 0; i < 5; ++i) {
        history.commit({matched(article("a" + std::to_string(i)), {rule("one"), rule("two")})}, i);
    }
    const auto max = GENERATE(1u, 3u, 10u, 500u);
    CAPTURE(max);
    std::uint64_t cursor = 0;
    std::uint64_t expected = 1;
    while (cursor < history.log.head().value()) {
        const auto page = history.log.after(cursor, max).value();
        REQUIRE_FALSE(page.alerts.empty());
        REQUIRE(page.alerts.size() <= max);
        for (const Alert& alert : page.alerts) {
            CHECK(alert.seq == expected);
            CHECK(alert.tseq == (expected + 1) / 2);
            ++expected;
        }
        CHECK(page.cursor == page.alerts.back().seq);
        cursor = page.cursor;
    }
    CHECK(expected == 11);
}

TEST_CASE("one rule's page moves the cursor past the alerts of others") {
    Fixture history;
    history.commit({matched(article("a"), {rule("one")}), matched(article("b"), {rule("two")}),
                    matched(article("c"), {rule("one")}), matched(article("d"), {rule("two")})});

    const auto first = history.log.after(0, 1, {Subtree::Of::rule, "one"}).value();
    REQUIRE(first.alerts.size() == 1);
    CHECK(first.cursor == 1);
    const auto rest = history.log.after(first.cursor, 500, {Subtree::Of::rule, "one"}).value();
    REQUIRE(rest.alerts.size() == 1);
    CHECK(rest.alerts[0].seq == 3);
    CHECK(rest.alerts[0].tseq == 2);
    CHECK(rest.cursor == 4);

    const auto none = history.log.after(0, 500, {Subtree::Of::rule, "on"}).value();
    CHECK(none.alerts.empty());
    CHECK(none.cursor == 4);
}

TEST_CASE("feed events are numbered among the alerts, and each subtree holds its own") {
    Fixture history;
    history.commit({matched(article("a"), {rule("one")})});
    Turn failing = turn({matched(article("b"), {rule("one")})});
    failing.state.error = Error{Errc::network, "no route to the host"};
    REQUIRE(history.writer.commit({failing}, at(1)));
    history.commit({matched(article("c"), {rule("one")})}, 2);  // reads it well

    const auto all = history.log.after(0, 500).value();
    std::vector<std::string> order;
    in_order(all, [&](const auto& event) {
        constexpr bool kAlert = std::is_same_v<std::decay_t<decltype(event)>, Alert>;
        order.push_back((kAlert ? "alert " : "feed ") + std::to_string(event.seq) + "." +
                        std::to_string(event.tseq));
        return true;
    });
    CHECK(order ==
          std::vector<std::string>{"alert 1.1", "feed 2.1", "alert 3.2", "feed 4.2", "alert 5.3"});
    CHECK(all.cursor == 5);
    CHECK(all.feed_events[0].kind == FeedEvent::Kind::bad);
    CHECK(all.feed_events[0].error->text == "no route to the host");
    CHECK(all.feed_events[0].feed_id == "voa");
    CHECK(all.feed_events[0].committed == at(1));
    CHECK(all.feed_events[1].kind == FeedEvent::Kind::good);

    const auto alerts = history.log.after(1, 2, {Subtree::Of::alerts, {}}).value();
    CHECK(alerts.alerts.size() == 1);
    CHECK(alerts.feed_events.empty());
    CHECK(alerts.cursor == 3);  // it has looked at two seqs, one of which is no alert
    const auto feeds = history.log.after(0, 1, {Subtree::Of::feeds, {}}).value();
    CHECK(feeds.feed_events.size() == 1);
    CHECK(feeds.cursor == 2);
    const auto feed = history.log.after(2, 500, {Subtree::Of::feed, "voa"}).value();
    CHECK(feed.feed_events.size() == 1);
    CHECK(feed.alerts.empty());
    CHECK(feed.cursor == 5);
    CHECK(history.log.after(0, 500, {Subtree::Of::feed, "vo"}).value().feed_events.empty());
}

TEST_CASE("a cursor at or past the head gives an empty page and stays") {
    Fixture history;
    history.commit({matched(article("a"))});
    const std::uint64_t cursor =
        GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::numeric_limits<std::uint64_t>::max());
    const auto page = history.log.after(cursor, 500).value();
    CHECK(page.alerts.empty());
    CHECK(page.cursor == cursor);
}

TEST_CASE("a later change of a rule leaves its former alerts as they were") {
    Fixture history;
    history.commit({matched(article("a"))});
    Rule changed = rule();
    changed.title = "Renamed";
    changed.severity = Severity::low;
    history.commit({matched(article("b"), {changed})});

    const auto alerts = history.log.after(0, 500).value().alerts;
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0].rule.title == "Pakistan and Russia");
    CHECK(alerts[0].rule.severity == Severity::high);
    CHECK(alerts[1].rule.title == "Renamed");
    CHECK(alerts[1].rule.severity == Severity::low);
}

TEST_CASE("a page ends early rather than fill the memory") {
    Fixture history;
    std::vector<MatchedArticle> large;
    for (int i = 0; i < 3; ++i) {
        large.push_back(matched(article("a" + std::to_string(i))));
        large.back().article.summary.assign(std::size_t{5} << 20, 'x');
    }
    history.commit(std::move(large));
    const auto page = history.log.after(0, 500).value();
    CHECK(page.alerts.size() == 2);
    CHECK(page.cursor == 2);
    CHECK(history.log.after(page.cursor, 500).value().alerts.size() == 1);
}

}  // namespace wirewatch::history
