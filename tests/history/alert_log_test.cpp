// SPDX-License-Identifier: MIT
#include "history/alert_log.hpp"

#include "history/samples.hpp"
#include "history/writer.hpp"
#include "support/read_message.hpp"
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
    CHECK(page.messages.empty());
    CHECK(page.cursor == 0);
}

TEST_CASE("an epoch is 16 hex digits, kept for life and different in every database") {
    Fixture one;
    Fixture other;
    const std::string epoch = one.log.epoch();
    CHECK(epoch.size() == 16);
    CHECK(epoch.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(AlertLog::open(one.file).value().epoch() == epoch);
    CHECK(other.log.epoch() != epoch);
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
    REQUIRE(page.messages.size() == 1);
    CHECK(page.cursor == 1);
    const Alert alert = support::read_alert(page.messages[0]);
    CHECK(alert.seq == 1);
    CHECK(alert.tseq == 1);
    CHECK(alert.uuid == alert_uuid("desk", "pak-rus", full.key));
    CHECK(alert.committed == at());
    CHECK(alert.rule.id == "pak-rus");
    CHECK(alert.rule.title == rule().title);
    CHECK(alert.rule.severity == Severity::high);
    CHECK(alert.rule.tags == rule().tags);
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
        REQUIRE_FALSE(page.messages.empty());
        REQUIRE(page.messages.size() <= max);
        for (const Message& message : page.messages) {
            CHECK(message.seq == expected);
            CHECK(message.tseq == (expected + 1) / 2);
            ++expected;
        }
        CHECK(page.cursor == page.messages.back().seq);
        cursor = page.cursor;
    }
    CHECK(expected == 11);
}

TEST_CASE("one rule's page moves the cursor past the alerts of others") {
    Fixture history;
    history.commit({matched(article("a"), {rule("one")}), matched(article("b"), {rule("two")}),
                    matched(article("c"), {rule("one")}), matched(article("d"), {rule("two")})});

    const auto first = history.log.after(0, 1, {Subtree::Of::rule, "one"}).value();
    REQUIRE(first.messages.size() == 1);
    CHECK(first.cursor == 1);
    const auto rest = history.log.after(first.cursor, 500, {Subtree::Of::rule, "one"}).value();
    REQUIRE(rest.messages.size() == 1);
    CHECK(rest.messages[0].seq == 3);
    CHECK(rest.messages[0].tseq == 2);
    CHECK(rest.cursor == 4);

    const auto none = history.log.after(0, 500, {Subtree::Of::rule, "on"}).value();
    CHECK(none.messages.empty());
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
    for (const Message& message : all.messages) {
        order.push_back(message.topic + " " + std::to_string(message.seq) + "." +
                        std::to_string(message.tseq));
    }
    CHECK(order == std::vector<std::string>{"alert/one/ 1.1", "sys/feed/voa/ 2.1", "alert/one/ 3.2",
                                            "sys/feed/voa/ 4.2", "alert/one/ 5.3"});
    CHECK(all.cursor == 5);
    const FeedEvent bad = support::read_feed_event(all.messages[1]);
    CHECK(bad.kind == FeedEvent::Kind::bad);
    CHECK(bad.error->text == "no route to the host");
    CHECK(bad.feed_id == "voa");
    CHECK(bad.committed == at(1));
    CHECK(support::read_feed_event(all.messages[3]).kind == FeedEvent::Kind::good);

    const auto alerts = history.log.after(1, 2, {Subtree::Of::alerts, {}}).value();
    REQUIRE(alerts.messages.size() == 1);
    CHECK(alerts.messages[0].topic == "alert/one/");
    CHECK(alerts.cursor == 3);  // it has looked at two seqs, one of which is no alert
    const auto feeds = history.log.after(0, 1, {Subtree::Of::feeds, {}}).value();
    REQUIRE(feeds.messages.size() == 1);
    CHECK(feeds.messages[0].topic == "sys/feed/voa/");
    CHECK(feeds.cursor == 2);
    const auto feed = history.log.after(2, 500, {Subtree::Of::feed, "voa"}).value();
    REQUIRE(feed.messages.size() == 1);
    CHECK(feed.messages[0].seq == 4);
    CHECK(feed.cursor == 5);
    CHECK(history.log.after(0, 500, {Subtree::Of::feed, "vo"}).value().messages.empty());
}

TEST_CASE("a cursor at or past the head gives an empty page, and the head as cursor") {
    Fixture history;
    history.commit({matched(article("a"))});
    const std::uint64_t cursor =
        GENERATE(std::uint64_t{1}, std::uint64_t{2}, std::numeric_limits<std::uint64_t>::max());
    const auto page = history.log.after(cursor, 500).value();
    CHECK(page.messages.empty());
    CHECK(page.cursor == 1);
}

TEST_CASE("a later change of a rule leaves its former alerts as they were") {
    Fixture history;
    history.commit({matched(article("a"))});
    Rule changed = rule();
    changed.title = "Renamed";
    changed.severity = Severity::low;
    history.commit({matched(article("b"), {changed})});

    const auto alerts = support::read_alerts(history.log.after(0, 500).value().messages);
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0].rule.title == "Pakistan and Russia");
    CHECK(alerts[0].rule.severity == Severity::high);
    CHECK(alerts[1].rule.title == "Renamed");
    CHECK(alerts[1].rule.severity == Severity::low);
}

TEST_CASE("a message says for ever what it said at its commit, whatever changes after it") {
    Fixture history;
    history.commit({matched(article("a"))});
    const Message told = history.log.after(0, 1).value().messages.at(0);
    Turn later = turn({matched(article("a", "Corrected"))});
    later.state.title = "Renamed";
    later.state.url = "https://elsewhere.example/rss";
    REQUIRE(history.writer.commit({later}, at(1)));
    const Message replayed =
        AlertLog::open(history.file).value().after(0, 1).value().messages.at(0);
    CHECK(replayed.body == told.body);
    CHECK(replayed.uuid == told.uuid);
    CHECK(replayed.topic == told.topic);
}

TEST_CASE("a page ends early rather than fill the memory") {
    Fixture history;
    std::vector<MatchedArticle> large;
    for (int i = 0; i < 150; ++i) {
        large.push_back(matched(article("a" + std::to_string(i))));
        large.back().article.summary.assign(std::size_t{100} << 10, 'x');
    }
    history.commit(std::move(large));
    const auto page = history.log.after(0, 500).value();
    CHECK(page.messages.size() > 120);
    CHECK(page.messages.size() < 140);  // of 64 KiB each, that is 8 MiB
    CHECK(page.cursor == page.messages.size());
    CHECK(history.log.after(page.cursor, 500).value().messages.size() == 150 - page.cursor);
}

}  // namespace wirewatch::history
