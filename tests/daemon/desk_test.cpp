// SPDX-License-Identifier: MIT
// What the desk reads, keeps and alerts on, over restarts too.
#include "daemon/desk_bench.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;

TEST_CASE("a feed is polled at once, then at its interval, and an article alerts once") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}, {"2", "Rain in Lahore"}}));
    bench.pass(1min);
    CHECK(bench.fetcher_->requests().size() == 1);
    REQUIRE(bench.alerts().size() == 1);
    CHECK(bench.alerts()[0].article.title == "Talks in Moscow");
    CHECK(bench.alerts()[0].rule.id == "talks");
    CHECK(bench.alerts()[0].feed_title == "Example");
    CHECK(bench.alerted_ == 1);
    bench.pass(1h);
    CHECK(bench.fetcher_->requests().size() == 5);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE(
    "at the first poll, articles older than the window are kept and matched without an alert") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Moscow, last week", "Wed, 31 Mar 2021 11:00:00 GMT"},
                                      {"2", "Moscow, today"},
                                      {"3", "Moscow, no date", ""}}));
    bench.pass(1min);
    CHECK(bench.alerts().size() == 2);
    const auto reader = history::Reader::open(bench.directory_ / "test.db");
    REQUIRE(reader);
    const auto rows = reader->hits({});
    REQUIRE(rows);
    CHECK(rows->rows.size() == 3);
}

TEST_CASE("after the first poll, an article alerts however old it says it is") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Rain"}}));
    bench.fetcher_->answer(
        kUrl, rss({{"2", "Moscow, last week", "Wed, 31 Mar 2021 11:00:00 GMT"}, {"1", "Rain"}}));
    bench.pass(20min);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("what one read brings alerts the oldest first, whatever order the document has") {
    DeskBench bench;
    bench.begin();
    const std::vector<Item> dated{{"3", "Moscow three", "Wed, 07 Apr 2021 10:00:00 GMT"},
                                  {"1", "Moscow one", "Wed, 07 Apr 2021 08:00:00 GMT"},
                                  {"2", "Moscow two", "Wed, 07 Apr 2021 09:00:00 GMT"}};
    bench.fetcher_->answer(kUrl, rss(dated));
    std::vector<Item> not_all_dated{{"5", "Moscow five", ""}, {"4", "Moscow four"}};
    not_all_dated.insert(not_all_dated.end(), dated.begin(), dated.end());
    bench.fetcher_->answer(kUrl, rss(not_all_dated));
    bench.pass(20min);
    std::vector<std::string> titles;
    for (const Alert& alert : bench.alerts()) {
        titles.push_back(alert.article.title);
    }
    CHECK(titles == std::vector<std::string>{"Moscow one", "Moscow two", "Moscow three",
                                             "Moscow four", "Moscow five"});
}

TEST_CASE("a revised article alerts when only the new text matches, and not a second time") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks somewhere"}}));
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow end"}}));
    bench.pass(1h);
    REQUIRE(bench.alerts().size() == 1);
    CHECK(bench.alerts()[0].article.title == "Talks in Moscow");
}

TEST_CASE(
    "a feed whose guids turn out to repeat alerts for the new article and for no old one again") {
    DeskBench bench;
    bench.begin();
    const auto item = [](const std::string& guid, const std::string& url,
                         const std::string& title) {
        return "<item><guid isPermaLink=\"false\">" + guid + "</guid><link>https://example.org/" +
               url + "</link><title>" + title + "</title></item>";
    };
    const std::string head = "<rss version=\"2.0\"><channel><title>Example</title>";
    const std::string tail = "</channel></rss>";
    bench.fetcher_->answer(
        kUrl, head + item("1", "a", "Talks in Moscow") + item("2", "b", "Rain") + tail);
    bench.fetcher_->answer(kUrl, head + item("1", "c", "Moscow again") +
                                     item("1", "a", "Talks in Moscow") + item("2", "b", "Rain") +
                                     tail);
    bench.pass(1h);
    REQUIRE(bench.alerts().size() == 2);
    CHECK(bench.alerts()[0].article.title == "Talks in Moscow");
    CHECK(bench.alerts()[1].article.title == "Moscow again");
}

TEST_CASE("a restart polls nothing early and repeats no alert") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.pass(5min);
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.pass(9min);
    CHECK(bench.fetcher_->requests().empty());
    bench.pass(2min);
    CHECK(bench.fetcher_->requests().size() == 1);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("what broke off is asked for again, whole") {
    DeskBench bench;
    bench.begin();
    const std::string whole = rss({{"1", "Rain"}, {"2", "Talks in Moscow"}});
    for (const std::string& body : {whole.substr(0, whole.find("Talks")), whole}) {
        bench.fetcher_->answer(
            kUrl, {.response = feeds::Response{
                       .status = 200, .final_url = kUrl, .etag = "\"e1\"", .body = body}});
    }
    bench.pass(20min);
    REQUIRE(bench.fetcher_->requests().size() == 2);
    CHECK(bench.fetcher_->requests()[1].etag.empty());
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("an article that breaks off alerts once, whether its id came before the break or not") {
    const bool has_id = GENERATE(true, false);
    CAPTURE(has_id);
    DeskBench bench;
    bench.begin();
    const std::string head =
        "<rss><channel><item><guid>1</guid><title>Rain</title></item><item><title>Talks in "
        "Moscow</title>";
    const std::string guid = "<guid>2</guid>";
    bench.fetcher_->answer(kUrl, head + (has_id ? guid : "") + "<description>Half a tex");
    bench.fetcher_->answer(kUrl, head + guid +
                                     "<description>A whole text</description></item>"
                                     "</channel></rss>");
    bench.pass(1min);
    CHECK(bench.alerts().size() == (has_id ? 1 : 0));
    CHECK(bench.state().identity == Identity::id);
    bench.pass(1h);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("validators go back as they came") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl,
                           {.response = feeds::Response{.status = 200,
                                                        .final_url = kUrl,
                                                        .etag = "W/\"a b\"",
                                                        .last_modified = "yesterday, about noon",
                                                        .body = rss({{"1", "Rain"}})}});
    bench.pass(16min);
    REQUIRE(bench.fetcher_->requests().size() == 2);
    CHECK(bench.fetcher_->requests()[0].etag.empty());
    CHECK(bench.fetcher_->requests()[1].etag == "W/\"a b\"");
    CHECK(bench.fetcher_->requests()[1].last_modified == "yesterday, about noon");
}

TEST_CASE("two reads that share no article are a gap, a revised article is none") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Rain"}, {"2", "Wind"}}));
    bench.fetcher_->answer(kUrl, rss({{"2", "Wind, again"}}));
    bench.fetcher_->answer(kUrl, rss({{"8", "Snow"}, {"9", "Talks in Moscow"}}));
    const Instant start = bench.clock_.now();
    bench.pass(20min);
    CHECK(bench.state().continuous_since == start);
    CHECK_FALSE(bench.state().gap_from);
    bench.pass(20min);
    CHECK(bench.state().gap_from == start + 15min);
    CHECK(bench.state().continuous_since == start + 30min);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("a feed that was empty so far alerts on its first articles, and has no gap") {
    DeskBench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({}));
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}, {"2", "Wind"}}));
    const Instant start = bench.clock_.now();
    bench.pass(40min);
    CHECK_FALSE(bench.state().gap_from);
    CHECK(bench.state().continuous_since == start + 15min);
    CHECK(bench.alerts().size() == 1);
    CHECK(history::AlertLog::open(bench.directory_ / "test.db").value().head() == 1);
}

TEST_CASE("articles whose keys changed with the feed's identity are no gap") {
    DeskBench bench;
    bench.begin();
    const auto item = [](const std::string& guid, const std::string& url) {
        return "<item><guid isPermaLink=\"false\">" + guid + "</guid><link>https://example.org/" +
               url + "</link><title>Title of " + url + "</title></item>";
    };
    const std::string head = "<rss version=\"2.0\"><channel><title>Example</title>";
    const std::string tail = "</channel></rss>";
    bench.fetcher_->answer(kUrl, head + item("1", "a") + item("2", "b") + tail);
    bench.fetcher_->answer(kUrl, head + item("1", "c") + item("1", "a") + item("2", "b") + tail);
    bench.pass(20min);
    REQUIRE(bench.state().identity == Identity::url);
    CHECK_FALSE(bench.state().gap_from);
}
