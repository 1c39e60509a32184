// SPDX-License-Identifier: MIT
#include "review/feed_output.hpp"

#include "feeds/parser.hpp"

#include <chrono>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::review;
using namespace std::chrono_literals;

namespace {

Instant at(std::chrono::milliseconds after) {
    return Instant{std::chrono::sys_days{std::chrono::April / 7 / 2021}} + after;
}

Found found(Article article) {
    Found one;
    one.row.article = std::move(article);
    one.row.first_seen = at(9h);
    one.row.hits.push_back({.rule = {.id = "gas"}, .hit = {}, .at = at(9h), .seq = {}});
    return one;
}

std::vector<Article> samples() {
    Article plain;
    plain.key = std::string(32, 'a');
    plain.url = "https://news.example/a?x=1&y=2";
    plain.title = "Gas & \"oil\" <cheap>";
    plain.summary = "One line.";
    plain.content = "First paragraph,\nwith a break.\n\nSecond: a < b && c > d.";
    plain.authors = {"Ayaz Gul", "O'Brien & Sons"};
    plain.categories = {"energy", "politics & trade"};
    plain.published = at(8h + 30min + 15s);
    plain.language = "en";
    Article urdu;
    urdu.key = std::string(32, 'b');
    urdu.url = "https://news.example/b";
    urdu.title = "پاکستان اور روس کے درمیان گیس پائپ لائن";
    urdu.content = "天然气管道 – 中国和俄罗斯";
    urdu.published = at(7h);
    urdu.language = "ur";
    Article bare;
    bare.key = std::string(32, 'c');
    bare.title = "No link";
    bare.published = at(6h);
    return {plain, urdu, bare};
}

std::string written(FeedFormat format, const std::vector<Article>& articles) {
    std::ostringstream out;
    FeedWriter writer{
        out,
        format,
        {.title = "Energy & gas", .description = "What matched", .id = "urn:x:1", .now = at(10h)}};
    for (const Article& article : articles) {
        writer.add(found(article));
    }
    writer.finish();
    return out.str();
}

}  // namespace

TEST_CASE("a feed links to its page, and to none that is not there") {
    const auto format = GENERATE(FeedFormat::rss, FeedFormat::atom);
    const auto document = [&](const std::string& link) {
        std::ostringstream out;
        FeedWriter{out, format, {.title = "t", .id = "urn:x:1", .link = link, .now = at(10h)}}
            .finish();
        return out.str();
    };
    const bool rss = format == FeedFormat::rss;
    CHECK_THAT(document(""), !Catch::Contains("http://localhost") && !Catch::Contains("https:"));
    CHECK_THAT(document(""), Catch::Contains(rss ? "<link>urn:x:1</link>" : "<id>urn:x:1</id>"));
    CHECK_THAT(document("https://desk.example/?a&b"),
               Catch::Contains(rss ? "<link>https://desk.example/?a&amp;b</link>"
                                   : "rel=\"alternate\" href=\"https://desk.example/?a&amp;b\""));
}

TEST_CASE("an exported feed is read again as it was") {
    const auto format = GENERATE(FeedFormat::rss, FeedFormat::atom);
    const std::string document = written(format, samples());
    CAPTURE(document);
    const auto parsed = feeds::parse_feed(document, {}).value();
    CHECK(parsed.format == (format == FeedFormat::rss ? "RSS 2.0" : "Atom 1.0"));
    CHECK(parsed.title == "Energy & gas");
    const auto expected = samples();
    REQUIRE(parsed.articles.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const Article& read = parsed.articles[i];
        const Article& wanted = expected[i];
        CAPTURE(wanted.title);
        CHECK(read.title == wanted.title);
        CHECK(read.summary == wanted.summary);
        CHECK(read.content == wanted.content);
        CHECK(read.url == wanted.url);
        CHECK(read.authors == wanted.authors);
        CHECK(read.categories == wanted.categories);
        CHECK(read.published == wanted.published);
        CHECK(read.language == wanted.language);
        CHECK(read.id.find(wanted.key) != std::string::npos);
    }
}

TEST_CASE("a feed without articles is a feed") {
    const auto format = GENERATE(FeedFormat::rss, FeedFormat::atom);
    const auto parsed = feeds::parse_feed(written(format, {}), {});
    REQUIRE(parsed);
    CHECK(parsed->articles.empty());
}

TEST_CASE("nothing in a text breaks the document") {
    CHECK(xml_text("a<b>&\"c\" \x01\x1B ]]> \uFFFE") ==
          "a&lt;b&gt;&amp;&quot;c&quot; \uFFFD\uFFFD ]]&gt; \uFFFD");
    Article hostile;
    hostile.key = "k\"/><script>";
    hostile.url = "javascript:alert(1)";
    hostile.title = "]]></title><x>\x02";
    hostile.summary = "</p></description>\r\n<script>alert(1)</script>";
    hostile.categories = {"\"><y>", ""};
    for (const FeedFormat format : {FeedFormat::rss, FeedFormat::atom}) {
        const std::string document = written(format, {hostile});
        CAPTURE(document);
        CHECK(document.find("<script>") == std::string::npos);
        CHECK(document.find("javascript:") == std::string::npos);
        const auto parsed = feeds::parse_feed(document, {});
        REQUIRE(parsed);
        REQUIRE(parsed->articles.size() == 1);
        CHECK_THAT(parsed->articles[0].title, Catch::StartsWith("]]></title><x>"));
        CHECK_THAT(parsed->articles[0].summary, Catch::Contains("<script>alert(1)</script>"));
    }
}

TEST_CASE("RSS has its dates by RFC 5322") {
    CHECK(to_rfc5322(at(8h + 30min + 15s)) == "Wed, 07 Apr 2021 08:30:15 +0000");
    CHECK(to_rfc5322(Instant{-1ms}) == "Wed, 31 Dec 1969 23:59:59 +0000");
}
