// SPDX-License-Identifier: MIT
#include "review/listing.hpp"

#include "history/writer.hpp"
#include "review/exit_code.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

#include "base/digest.hpp"

#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::review;
using namespace std::chrono_literals;

namespace {

using Titles = std::vector<std::string>;

/// Five articles, a minute apart; a rule has matched the first and the third.
struct Newsroom {
    support::TempDir directory;
    support::ManualClock clock;
    std::ostringstream out;
    std::ostringstream err;
    Session session{Terminal{out, err}, clock, {}, std::nullopt, {}};
    Setup setup;
    std::filesystem::path file = directory / "wirewatch.db";
    history::Writer writer = history::Writer::open(file, {}).value();
    history::Reader reader = history::Reader::open(file).value();
    Rule rule{.id = "gas", .query = "gas"};

    Newsroom() {
        setup.sets = {{.name = "fuel", .query = "gas OR oil", .at = {}, .bends = {}}};
        store("Gas flows", "The gas pipeline is open.", "en", true);
        store("Oil falls", "Gas is mentioned once.", "en", false);
        store("گیس پائپ لائن", "پاکستان اور روس", "ur", true);
        store("Cricket", "Nothing else.", "en", false);
        store("天然气管道", "中国和俄罗斯", "zh", false);
    }

    void store(const std::string& title, const std::string& summary, const std::string& language,
               bool matches) {
        history::MatchedArticle one;
        one.article.key = to_hex(sha256(title)).substr(0, 32);
        one.article.title = title;
        one.article.summary = summary;
        one.article.language = language;
        one.language = language;
        one.stems = history::Stems::alike;
        if (matches) {
            one.hits.push_back({rule, Hit{rule.id, {}, std::nullopt}});
        }
        history::Turn turn;
        turn.state.feed_id = "voa";
        turn.articles.push_back(std::move(one));
        clock.advance(1min);
        REQUIRE(writer.commit({turn}, clock.now()));
    }

    Listing listing(FilterArguments arguments, Listing::Over over = Listing::Over::all_articles) {
        return Listing::read(session, setup, arguments, over).value();
    }

    static Titles titles(const FoundPage& page) {
        Titles all;
        for (const Found& found : page.rows) {
            all.push_back(found.row.article.title);
        }
        return all;
    }

    Titles search(const std::string& query, Listing::Over over = Listing::Over::all_articles,
                  Sorting sorting = Sorting::time) {
        FilterArguments arguments;
        if (!query.empty()) {
            arguments.query = {query};
        }
        return titles(listing(arguments, over).page(session, reader, sorting, 50).value());
    }
};

}  // namespace

TEST_CASE("a search asks all stored articles, history only those that matched") {
    Newsroom news;
    CHECK(news.search("gas") == Titles{"Oil falls", "Gas flows"});
    CHECK(news.search("gas", Listing::Over::hits) == Titles{"Gas flows"});
    CHECK(news.search("@fuel NOT pipeline") == Titles{"Oil falls"});
    CHECK(news.search("title:gas") == Titles{"Gas flows"});
    CHECK(news.search("pipelines") == Titles{"Gas flows"});
    CHECK(news.search("پاكستان") == Titles{"گیس پائپ لائن"});
    CHECK(news.search("天然气") == Titles{"天然气管道"});
    CHECK(news.search("俄罗斯 OR cricket") == Titles{"天然气管道", "Cricket"});
    CHECK(news.search("nothing-of-the-kind").empty());
    CHECK(news.search("").size() == 5);
    CHECK(news.search("", Listing::Over::hits) == Titles{"گیس پائپ لائن", "Gas flows"});
}

TEST_CASE("a search may be as deep and as wide as a rule") {
    Newsroom news;
    std::string deep = "gas";
    for (int i = 0; i < 150; ++i) {
        deep = "(" + deep +
               (i % 2 == 0 ? " OR word" + std::to_string(i) : std::string{" AND gas"}) + ")";
    }
    CHECK(news.search(deep) == Titles{"Oil falls", "Gas flows"});
    std::string wide = "gas";
    for (int i = 0; i < 3000; ++i) {
        wide += " OR word" + std::to_string(i);
    }
    CHECK(news.search(wide) == Titles{"Oil falls", "Gas flows"});
    std::string phrase = "\"gas";
    for (int i = 0; i < 90; ++i) {
        phrase += " gas";
    }
    CHECK(news.search(phrase + "\"").empty());
    CHECK(news.search("\"the gas pipeline is open\"") == Titles{"Gas flows"});
}

TEST_CASE("by relevance, what is about the query comes before what mentions it") {
    Newsroom news;
    CHECK(news.search("gas OR pipeline", Listing::Over::all_articles, Sorting::relevance) ==
          Titles{"Gas flows", "Oil falls"});
    CHECK(news.search("SCORE/1(gas^1, mentioned^5)", Listing::Over::all_articles,
                      Sorting::relevance) == Titles{"Oil falls", "Gas flows"});
}

TEST_CASE("pages follow each other while new articles come in") {
    Newsroom news;
    const auto over = GENERATE(Listing::Over::all_articles, Listing::Over::hits);
    const auto sorting = GENERATE(Sorting::time, Sorting::relevance);
    const Titles whole = news.search("gas OR \"گیس\" OR 天然气", over, sorting);
    Titles paged;
    std::string next;
    do {
        Listing listing = news.listing({.query = {"gas OR \"گیس\" OR 天然气"}}, over);
        if (!next.empty()) {
            REQUIRE(listing.resume(next));
        }
        const auto page = listing.page(news.session, news.reader, sorting, 1).value();
        REQUIRE(page.rows.size() == 1);
        paged.push_back(page.rows[0].row.article.title);
        next = page.next;
        news.store("Gas again " + std::to_string(paged.size()), "gas", "en", true);
    } while (!next.empty());
    CHECK(paged == whole);
}

TEST_CASE("filters narrow a search to languages, times and marks") {
    Newsroom news;
    const auto page = [&](FilterArguments arguments) {
        return Newsroom::titles(news.listing(std::move(arguments))
                                    .page(news.session, news.reader, Sorting::time, 50)
                                    .value());
    };
    CHECK(page({.languages = {"UR-PK"}}) == Titles{"گیس پائپ لائن"});
    CHECK(page({.languages = {"ur", "zh"}}).size() == 2);
    CHECK(page({.since = "1m"}) == Titles{"天然气管道", "Cricket"});
    CHECK(page({.until = "3m"}) == Titles{"Gas flows"});
    CHECK(page({.feeds = {"none"}}).empty());
    MarkOrder dismiss{.articles = {to_hex(sha256("Cricket")).substr(0, 32)},
                      .dismissed = true,
                      .by = "ann",
                      .batch = "1"};
    REQUIRE(news.writer.mark(dismiss, news.clock.now()));
    CHECK(page({}).size() == 4);
    CHECK(page({.statuses = {"dismissed"}}) == Titles{"Cricket"});
    CHECK(page({.statuses = {"all"}}).size() == 5);
}

TEST_CASE("with a query the latest text is shown, whatever was matched before") {
    Newsroom news;
    history::MatchedArticle revised;
    revised.article.key = to_hex(sha256(std::string{"Gas flows"})).substr(0, 32);
    revised.article.title = "Gas stops";
    history::Turn turn;
    turn.state.feed_id = "voa";
    turn.articles.push_back(revised);
    REQUIRE(news.writer.commit({turn}, news.clock.now()));
    CHECK(news.search("stops", Listing::Over::hits) == Titles{"Gas stops"});
    CHECK(news.search("flows", Listing::Over::hits).empty());
    CHECK(news.search("", Listing::Over::hits).back() == "Gas flows");
}

TEST_CASE("what cannot be read is a wrong use, and says what is wrong") {
    Newsroom news;
    const auto read = [&](FilterArguments arguments) {
        return Listing::read(news.session, news.setup, arguments, Listing::Over::all_articles);
    };
    CHECK(read({.query = {"gas AND"}}).error() == kUsage);
    CHECK_THAT(news.err.str(), Catch::Contains("'AND' has nothing to its right"));
    CHECK(read({.query = {"NOT gas"}}).error() == kUsage);
    CHECK(read({.statuses = {"new"}}).error() == kUsage);
    CHECK(read({.since = "yesterday"}).error() == kUsage);
    CHECK(read({.rules = {"gas"}}).error() == kUsage);
    for (const char* cursor : {"", "x", "a", "a0", "a-1", "h1.2.3", "r", "r1", "ra5", "r-1a5",
                               "a1.2", "a99999999999999999999", "r1a5x"}) {
        CAPTURE(cursor);
        CHECK_FALSE(news.listing({}).resume(cursor));
    }
    CHECK_FALSE(news.listing({}, Listing::Over::hits).resume("a5"));
    CHECK(news.listing({}).resume("r1a5"));
    CHECK(news.listing({}, Listing::Over::hits).resume("h1.2.3"));
}
