// SPDX-License-Identifier: MIT
// Copies of an article: one story, one alert for each rule.
#include "history/stories.hpp"

#include "history/alert_log.hpp"
#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "history/writer.hpp"
#include "support/read_message.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

constexpr const char* kText =
    "ISLAMABAD (Reuters) - Russia and Pakistan agreed on Wednesday to build a gas pipeline from the"
    " port of Karachi to Lahore, their foreign ministers said after talks that both described as"
    " frank. The 1,100 km line is to carry 12.4 billion cubic metres of gas a year.";

constexpr const char* kEdited =
    "ISLAMABAD - Russia and Pakistan agreed on Wednesday to build a gas pipeline from the port of"
    " Karachi to Lahore, their foreign ministers said after talks that both called frank. The 1,100"
    " km line is to carry 12.4 billion cubic metres of gas a year. It will take two years.";

constexpr const char* kOther =
    "Pakistan's opposition asked the government on Wednesday to lay the contract for the gas"
    " pipeline with Russia before parliament, and said that its price of 2.5 billion dollars was "
    "far"
    " above what comparable lines had cost elsewhere.";

struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    std::optional<Writer> writer = Writer::open(file, {}).value();

    Committed store(const std::string& name, const char* text, const std::string& feed,
                    int minute = 0, const std::string& address = "", Rule by = rule()) {
        Article stored = article(name, "Title of " + name, feed);
        stored.summary = text;
        stored.content.clear();
        MatchedArticle one = matched(std::move(stored), {std::move(by)});
        one.address = address.empty() ? "https://news.example/" + name : address;
        return writer->commit({turn({std::move(one)}, feed)}, at(minute)).value();
    }
};

}  // namespace

TEST_CASE("an edited copy in another feed joins the story and gives no second alert") {
    Fixture history;
    CHECK(history.store("first", kText, "voa").new_alerts == 1);
    const Committed copy = history.store("copy", kEdited, "gulf", 5);
    CHECK(copy.copies == 1);
    CHECK(copy.new_hits == 1);
    CHECK(copy.new_alerts == 0);
    CHECK(history.store("other", kOther, "gulf", 9).new_alerts == 1);

    const auto reader = Reader::open(history.file).value();
    const auto rows = reader.hits({}).value().rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].article.title == "Title of other");
    CHECK(rows[0].story.size == 1);
    CHECK(rows[1].article.title == "Title of first");
    CHECK(rows[1].story.id == key_of("first"));
    CHECK(rows[1].story.size == 2);
    REQUIRE(rows[1].also_in.size() == 1);
    CHECK(rows[1].also_in[0].feed_id == "gulf");
    CHECK(rows[1].also_in[0].key == key_of("copy"));

    const auto shown = reader.article(key_of("copy")).value();
    CHECK(shown.story.id == key_of("first"));
    CHECK(shown.story.first_seen == at());
    REQUIRE(shown.also_in.size() == 1);
    CHECK(shown.also_in[0].key == key_of("first"));
    REQUIRE(shown.matched.size() == 1);
    CHECK_FALSE(shown.matched[0].hits[0].seq);
    CHECK(shown.matched[0].hits[0].told_by == 1);
}

TEST_CASE("a copy that is asked for by its feed is found") {
    Fixture history;
    history.store("first", kText, "voa");
    history.store("copy", kEdited, "gulf", 5);
    HitQuery query;
    query.articles.feeds = {"gulf"};
    const auto rows = Reader::open(history.file).value().hits(query).value().rows;
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].article.key == key_of("copy"));
}

TEST_CASE("dedupe = article alerts on each copy, and the alert tells the story") {
    Fixture history;
    Rule by = rule();
    by.dedupe = Dedupe::article;
    history.store("first", kText, "voa", 0, "", by);
    CHECK(history.store("copy", kEdited, "gulf", 5, "", by).new_alerts == 1);
    CHECK(history.store("third", kText, "dawn", 9, "", by).new_alerts == 1);

    const auto alerts =
        support::read_alerts(AlertLog::open(history.file).value().after(0, 10).value().messages);
    REQUIRE(alerts.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(alerts[i].story.id == key_of("first"));
        CHECK(alerts[i].story.size == static_cast<int>(i) + 1);  // as it was at its commit
        CHECK(alerts[i].story.first_seen == at());
    }
}

TEST_CASE("another rule alerts on a copy that only it matches") {
    Fixture history;
    history.store("first", kText, "voa");
    CHECK(history.store("copy", kEdited, "gulf", 5, "", rule("gas")).new_alerts == 1);
}

TEST_CASE("a story whose first article was kept without an alert alerts on its copy") {
    Fixture history;
    Article old = article("old", "Old", "voa");
    old.summary = kText;
    old.content.clear();
    REQUIRE(history.writer->commit({turn({matched(old, {rule()}, Announce::keep)})}, at()));
    CHECK(history.store("copy", kEdited, "gulf", 5).new_alerts == 1);
}

TEST_CASE("articles of two feeds with one address are one story, whatever their texts") {
    Fixture history;
    history.store("first", kText, "voa", 0, "https://news.example/pipeline");
    CHECK(history.store("copy", kOther, "gulf", 5, "https://news.example/pipeline").copies == 1);
}

TEST_CASE("an address that does not name one article joins nothing") {
    Fixture history;
    SECTION("a front page") {
        history.store("first", kText, "voa", 0, "https://news.example/");
        CHECK(history.store("other", kOther, "gulf", 5, "https://news.example/").copies == 0);
    }
    SECTION("one that a feed gives two articles") {
        history.store("first", kText, "voa", 0, "https://news.example/live");
        history.store("second", kOther, "voa", 1, "https://news.example/live");
        CHECK(history.store("other", "Short.", "gulf", 5, "https://news.example/live").copies == 0);
    }
    SECTION("another, where the texts are too short to tell") {
        history.store("first", "Short.", "voa");
        CHECK(history.store("second", "Short.", "gulf").copies == 0);
    }
}

TEST_CASE("copies in one commit find each other, and after a restart too") {
    Fixture history;
    Article first = article("first", "Title", "voa");
    first.summary = kText;
    Article second = article("second", "Other title", "voa");
    second.summary = kEdited;
    const auto done =
        history.writer->commit({turn({matched(first), matched(second)})}, at()).value();
    CHECK(done.copies == 1);
    CHECK(done.new_alerts == 1);

    history.writer.reset();
    history.writer = Writer::open(history.file, {}).value();
    CHECK(history.store("third", kText, "gulf", 5).copies == 1);
    CHECK(Sql{history.file}("SELECT size FROM stories") == "3");
}

TEST_CASE("what comes a month later is a story of its own") {
    Fixture history;
    history.store("first", kText, "voa");
    CHECK(history.store("late", kText, "gulf", 31 * 24 * 60).copies == 0);
}

TEST_CASE("a commit that failed leaves no story behind") {
    Fixture history;
    history.store("before", kOther, "voa");
    Sql{history.file}(
        "CREATE TRIGGER refuse BEFORE INSERT ON hits"
        " BEGIN SELECT raise(ABORT, 'refused'); END");
    Article first = article("first", "Title", "voa");
    first.summary = kText;
    REQUIRE_FALSE(history.writer->commit({turn({matched(first)})}, at()));
    Sql{history.file}("DROP TRIGGER refuse");
    CHECK(history.store("again", kText, "gulf", 5).copies == 0);
}

TEST_CASE("a revision keeps its story, and alerts only where neither it nor a copy had") {
    Fixture history;
    history.store("first", kText, "voa");
    history.store("copy", kEdited, "gulf", 5);
    Article revised = article("copy", "Title of copy", "gulf");
    revised.summary = kOther;
    const auto done =
        history.writer
            ->commit({turn({matched(revised, {rule(), rule("opposition")})}, "gulf")}, at(9))
            .value();
    CHECK(done.revised_articles == 1);
    CHECK(done.new_alerts == 1);
    CHECK(Sql{history.file}("SELECT size FROM stories") == "2");
}

}  // namespace wirewatch::history
