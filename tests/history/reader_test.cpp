// SPDX-License-Identifier: MIT
#include "history/reader.hpp"

#include "history/samples.hpp"
#include "history/sql.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <algorithm>
#include <cctype>

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

/// Three articles in two feeds:
///   minute 0  voa   a  "Lavrov arrives in Islamabad"    one (high), two (low)
///   minute 10 gulf  b  "Oil price falls"                two (low), kept without an alert
///   minute 20 voa   a, revised: "Lavrov leaves Islamabad"   three (normal)
///   minute 30 voa   c  "Zürich: "F-16" deal"            one (high)
struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();
    Reader reader = Reader::open(file).value();

    Rule one = rule("one", Severity::high);
    Rule two = rule("two", Severity::low);
    Rule three = rule("three", Severity::normal);

    Fixture() {
        commit(matched(article("a"), {one, two}), 0);
        Article b = article("b", "Oil price falls", "gulf");
        b.summary = "Crude under pressure; Lavrov is not concerned.";
        b.content = "";
        commit(matched(b, {two}, Announce::keep), 10);
        commit(matched(article("a", "Lavrov leaves Islamabad"), {one, three}), 20);
        Article c = article("c", "Zürich: \"F-16\" deal");
        c.content = "Nothing about the minister foreign to us. Москва";
        commit(matched(c, {one}), 30);
    }

    void commit(MatchedArticle article, int minutes) {
        const std::string feed_id = article.article.feed_id;
        REQUIRE(writer.commit({turn({std::move(article)}, feed_id)}, at(minutes)));
    }

    /// Each row as "<article>: <rule> <rule>", so that a test can say what it expects.
    std::vector<std::string> found(const HitQuery& query) const {
        std::vector<std::string> rows;
        const auto page = reader.hits(query).value();
        for (const HitRow& row : page.rows) {
            std::string text = row.article.id.substr(5) + ":";
            for (const HitRow::Found& hit : row.hits) {
                text += " " + hit.rule.id;
            }
            rows.push_back(text);
        }
        return rows;
    }
};

using Rows = std::vector<std::string>;

/// Articles that have the word in any field.
HitQuery word_query(std::string word, Spelling::Kind kind = Spelling::Kind::word) {
    HitQuery query;
    query.articles.words = {.kind = Requirement::Kind::word,
                            .spellings = {{kind, std::move(word)}},
                            .fields = {Field::title, Field::summary, Field::content}};
    return query;
}

}  // namespace

TEST_CASE("arrivals are told newest first, as far back as is asked for") {
    const Fixture history;
    const auto all = history.reader.arrivals("voa", at(-10), 0).value();
    REQUIRE(all.newest_first.size() == 2);  // a revision is no arrival
    CHECK(all.newest_first[0].at == at(30));
    CHECK(all.newest_first[1].at == at(0));
    CHECK(all.newest_first[0].articles == 1);
    CHECK(all.complete);

    const auto late = history.reader.arrivals("voa", at(20), 0).value();
    CHECK(late.newest_first.size() == 1);
    CHECK_FALSE(late.complete);
    CHECK(history.reader.arrivals("voa", at(40), 0)->newest_first.empty());
    CHECK(history.reader.arrivals("voa", at(40), 1)->newest_first.size() == 1);
    CHECK(history.reader.arrivals("voa", at(40), 2)->complete);
    CHECK(history.reader.arrivals("none", at(0), 9)->newest_first.empty());
}

TEST_CASE("articles that came at the same moment are one arrival") {
    Fixture history;
    REQUIRE(history.writer.commit(
        {turn({matched(article("x"), {}), matched(article("y"), {})}, "voa")}, at(50)));
    const auto arrivals = history.reader.arrivals("voa", at(40), 0).value();
    REQUIRE(arrivals.newest_first.size() == 1);
    CHECK(arrivals.newest_first[0].articles == 2);
}

TEST_CASE("without conditions all matched articles come, newest find first") {
    const Fixture history;
    CHECK(history.found({}) == Rows{"c: one", "a: one two three", "b: two"});
}

TEST_CASE("each condition narrows the hits, and an article shows only those wanted") {
    const Fixture history;
    HitQuery query;
    SECTION("one rule") {
        query.rules = {"two"};
        CHECK(history.found(query) == Rows{"b: two", "a: two"});
    }
    SECTION("any of several rules") {
        query.rules = {"two", "three"};
        CHECK(history.found(query) == Rows{"a: two three", "b: two"});
    }
    SECTION("an unknown rule") {
        query.rules = {"' OR 1=1 --"};
        CHECK(history.found(query).empty());
    }
    SECTION("feed") {
        query.articles.feeds = {"gulf", "unknown"};
        CHECK(history.found(query) == Rows{"b: two"});
    }
    SECTION("severity") {
        query.severities = {Severity::low, Severity::normal};
        CHECK(history.found(query) == Rows{"a: two three", "b: two"});
    }
    SECTION("since is included") {
        query.since = at(20);
        CHECK(history.found(query) == Rows{"c: one", "a: three"});
    }
    SECTION("until is not") {
        query.until = at(20);
        CHECK(history.found(query) == Rows{"b: two", "a: one two"});
    }
    SECTION("limit counts articles") {
        query.limit = 2;
        CHECK(history.found(query) == Rows{"c: one", "a: one two three"});
        query.limit = 0;
        CHECK(history.found(query).empty());
    }
    SECTION("all at once") {
        query.rules = {"one", "three"};
        query.articles.feeds = {"voa"};
        query.severities = {Severity::high};
        query.since = at(0);
        query.until = at(30);
        query.articles.words = word_query("leaves").articles.words;
        CHECK(history.found(query) == Rows{"a: one"});
    }
}

TEST_CASE("words narrow the hits to what the latest text has, in any field") {
    const Fixture history;
    const auto [word, kind, rows] = GENERATE(table<std::string, Spelling::Kind, Rows>({
        {"islamabad", Spelling::Kind::word, {"a: one two three"}},
        {"arrives", Spelling::Kind::word, {}},
        {"lavrov", Spelling::Kind::word, {"a: one two three", "b: two"}},
        {"zurich", Spelling::Kind::word, {"c: one"}},
        {"москва", Spelling::Kind::word, {"c: one"}},
        {"islam", Spelling::Kind::word, {}},
        {"islam", Spelling::Kind::beginning, {"a: one two three"}},
        {"us", Spelling::Kind::letters, {}},
        {"\" OR \"crude", Spelling::Kind::word, {}},
        {"lavrov* NOT crude", Spelling::Kind::word, {}},
    }));
    CAPTURE(word);
    CHECK(history.found(word_query(word, kind)) == rows);
}

TEST_CASE("a page ends with a place to go on from, which newer hits do not move") {
    Fixture history;
    HitQuery query;
    query.limit = 1;
    auto page = history.reader.hits(query).value();
    REQUIRE(page.rows.size() == 1);
    CHECK(page.rows[0].article.id == "guid-c");
    CHECK(page.more);

    history.commit(matched(article("late"), {history.one}), 50);
    // "b" gets a newer hit: in this list it stays where it was.
    Article b = article("b", "Oil price falls", "gulf");
    b.content = "again";
    history.commit(matched(b, {history.three}), 60);

    query.after = page.rows[0].place;
    page = history.reader.hits(query).value();
    REQUIRE(page.rows.size() == 1);
    CHECK(page.rows[0].article.id == "guid-a");  // once, although it has an older hit behind
    CHECK(page.more);
    query.after = page.rows[0].place;
    page = history.reader.hits(query).value();
    REQUIRE(page.rows.size() == 1);
    CHECK(page.rows[0].article.id == "guid-b");
    CHECK_FALSE(page.more);
    query.after = page.rows[0].place;
    CHECK(history.reader.hits(query).value().rows.empty());
}

TEST_CASE("a hit shows the article as it stood when it was found, and its alert if it has one") {
    const Fixture history;
    HitQuery query;
    query.rules = {"two"};
    const auto rows = history.reader.hits(query).value().rows;
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].feed_title == "Feed gulf");
    CHECK(rows[0].first_seen == at(10));
    CHECK(rows[0].hits[0].at == at(10));
    CHECK_FALSE(rows[0].hits[0].seq);
    CHECK(rows[0].hits[0].rule.severity == Severity::low);
    CHECK(rows[1].article.title == "Lavrov arrives in Islamabad");
    CHECK(rows[1].hits[0].seq == 2);
    CHECK(rows[1].hits[0].hit.spans == hit(history.two).hit.spans);

    query.rules = {"three"};
    CHECK(history.reader.hits(query).value().rows[0].article.title == "Lavrov leaves Islamabad");
}

TEST_CASE("an article shows its latest text, and its hits by the revision they were found in") {
    const Fixture history;
    const std::string key = key_of("a");
    std::string upper = key.substr(0, 12);
    std::transform(upper.begin(), upper.end(), upper.begin(), ::toupper);
    const std::string names[] = {key, key.substr(0, 8), upper, "https://news.example/a"};
    const std::string& name = names[GENERATE(range(0, 4))];
    CAPTURE(name);
    const auto stored = history.reader.article(name).value();
    CHECK(stored.article.key == key);
    CHECK(stored.article.title == "Lavrov leaves Islamabad");
    CHECK(stored.feed_title == "Feed voa");
    CHECK(stored.first_seen == at(0));
    CHECK(stored.revisions == 2);
    REQUIRE(stored.matched.size() == 2);
    CHECK(stored.matched[0].article.title == "Lavrov arrives in Islamabad");
    REQUIRE(stored.matched[0].hits.size() == 2);
    CHECK(stored.matched[1].article.title == "Lavrov leaves Islamabad");
    REQUIRE(stored.matched[1].hits.size() == 1);
    CHECK(stored.matched[1].hits[0].rule.id == "three");
}

TEST_CASE("an article that cannot be meant is told in words") {
    Fixture history;
    Article twin = article("twin", "Elsewhere", "gulf");
    twin.key = key_of("a").substr(0, 31) + (key_of("a").back() == '0' ? "1" : "0");
    twin.url = "https://news.example/a";
    history.commit(matched(twin, {}), 40);

    const auto [name, code, words] = GENERATE(table<std::string, Errc, std::string>({
        {key_of("a").substr(0, 30), Errc::invalid, key_of("a")},
        {"https://news.example/a", Errc::invalid, key_of("a")},
        {"abc", Errc::invalid, "at least 4 digits"},
        {"", Errc::invalid, "at least 4 digits"},
        {std::string(32, '0'), Errc::not_found, "key"},
        {"https://news.example/none", Errc::not_found, "URL"},
        {"%", Errc::not_found, "URL"},
        {std::string(1 << 20, 'a'), Errc::not_found, "URL"},
        {std::string{"\0", 1}, Errc::not_found, "URL"},
    }));
    CAPTURE(name.substr(0, 40));
    const auto refused = history.reader.article(name);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == code);
    CHECK_THAT(refused.error().text, Catch::Contains(words));
    CHECK(refused.error().text.size() < 500);
}

TEST_CASE("feeds are counted, those without articles too") {
    Fixture history;
    REQUIRE(history.writer.commit({turn({}, "empty")}, at(50)));
    const auto counts = history.reader.feed_counts().value();
    REQUIRE(counts.size() == 3);
    CHECK(counts[0].feed_id == "empty");
    CHECK(counts[0].articles == 0);
    CHECK(counts[0].hits == 0);
    CHECK_FALSE(counts[0].last_article);
    CHECK(counts[1].feed_id == "gulf");
    CHECK(counts[1].articles == 1);
    CHECK(counts[1].hits == 1);
    CHECK(counts[2].feed_id == "voa");
    CHECK(counts[2].articles == 2);
    CHECK(counts[2].hits == 4);
    CHECK(counts[2].last_article == at(30));
    CHECK(history.reader.feed_states().value().size() == 3);
}

TEST_CASE("totals count everything, and what is of today") {
    const Fixture history;
    const auto totals = history.reader.totals(at(10)).value();
    CHECK(totals.articles == 3);
    CHECK(totals.hits == 5);
    CHECK(totals.alerts == 4);
    CHECK(totals.articles_today == 2);
    CHECK(totals.alerts_today == 2);
    CHECK(totals.file_bytes > 10'000);
}

TEST_CASE("what the stream says of a feed is no alert") {
    Fixture history;
    Turn bad = turn({}, "voa");
    bad.state.error = Error{Errc::timeout, "no answer"};
    REQUIRE(history.writer.commit({bad}, at(40)).value().new_feed_events == 1);
    const auto totals = history.reader.totals(at(10)).value();
    CHECK(totals.alerts == 4);
    CHECK(totals.alerts_today == 2);
}

TEST_CASE("an empty history answers with nothing") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    const Writer writer = Writer::open(file, {}).value();
    const Reader reader = Reader::open(file).value();
    CHECK(reader.hits({}).value().rows.empty());
    CHECK(reader.hits(word_query("russia")).value().rows.empty());
    CHECK(reader.feed_counts().value().empty());
    CHECK(reader.feed_states().value().empty());
    CHECK(reader.totals(at()).value().articles == 0);
    CHECK(reader.totals(at()).value().alerts_today == 0);
}

TEST_CASE("a value that wirewatch never writes is reported as damage") {
    Fixture history;
    const auto [sql, words] = GENERATE(table<const char*, const char*>({
        {"UPDATE hits SET spans = '{'", "a list"},
        {"UPDATE hits SET spans = '[[1]]'", "a list"},
        {"UPDATE revisions SET authors = '[1]'", "a list"},
        {"UPDATE revisions SET enclosures = '[\"x\"]'", "a list"},
    }));
    CAPTURE(sql);
    Sql{history.file}(sql);
    const auto refused = history.reader.hits({});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::bad_database);
    CHECK_THAT(refused.error().text, Catch::Contains(words));
}

}  // namespace wirewatch::history
