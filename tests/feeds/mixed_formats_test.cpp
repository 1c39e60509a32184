// SPDX-License-Identifier: MIT
// Feeds that mix the formats: no article is lost for standing in the wrong place.
#include "feeds/parser.hpp"

#include <string>
#include <tuple>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

namespace {

ParsedFeed parsed(const std::string& document) {
    const auto feed = parse_feed(document, {});
    INFO((feed ? "" : feed.error().text));
    REQUIRE(feed);
    return *feed;
}

/// Of each format the beginning and the end around the content of an article. %NS% is where
/// namespaces are declared.
struct Frame {
    const char* format;
    std::string before;
    std::string after;
};

std::vector<Frame> frames() {
    const std::string rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' ";
    return {
        {"Atom 0.3", "<feed version='0.3' xmlns='http://purl.org/atom/ns#' %NS%><entry>",
         "</entry></feed>"},
        {"Atom 1.0", "<feed xmlns='http://www.w3.org/2005/Atom' %NS%><entry>", "</entry></feed>"},
        {"RSS 0.90", rdf + "xmlns='http://my.netscape.com/rdf/simple/0.9/' %NS%><item>",
         "</item></rdf:RDF>"},
        {"RSS 1.0", rdf + "xmlns='http://purl.org/rss/1.0/' %NS%><item>", "</item></rdf:RDF>"},
        {"RSS 0.91", "<rss version='0.91' %NS%><channel><item>", "</item></channel></rss>"},
        {"RSS 2.0", "<rss version='2.0' %NS%><channel><item>", "</item></channel></rss>"},
    };
}

Article article_in(const Frame& frame, const std::string& content) {
    std::string before = frame.before;
    before.replace(before.find("%NS%"), 4,
                   "xmlns:a3='http://purl.org/atom/ns#' xmlns:a1='http://www.w3.org/2005/Atom' "
                   "xmlns:d0='http://purl.org/dc/elements/1.0/' "
                   "xmlns:d1='http://purl.org/dc/elements/1.1/' "
                   "xmlns:dt='http://purl.org/dc/terms/' "
                   "xmlns:c='http://purl.org/rss/1.0/modules/content/' "
                   "xmlns:i='http://www.itunes.com/dtds/podcast-1.0.dtd'");
    const auto feed = parsed(before + content + frame.after);
    CHECK(feed.format == frame.format);
    REQUIRE(feed.articles.size() == 1);
    return feed.articles[0];
}

}  // namespace

TEST_CASE("modules mean the same in every format, whatever the prefix") {
    for (const Frame& frame : frames()) {
        CAPTURE(frame.format);
        for (const std::string p : {"a1", "a3"}) {
            const Article article = article_in(
                frame, "<" + p + ":title>T</" + p + ":title><" + p + ":id>I</" + p + ":id><" + p +
                           ":summary>S</" + p + ":summary><" + p + ":link href='http://a/'/><" + p +
                           ":author><" + p + ":name>N</" + p + ":name></" + p + ":author>");
            CHECK(article.title == "T");
            CHECK(article.id == "I");
            CHECK(article.summary == "S");
            CHECK(article.url == "http://a/");
            CHECK(article.authors == std::vector<std::string>{"N"});
        }
        for (const std::string p : {"d0", "d1"}) {
            const Article article =
                article_in(frame, "<" + p + ":title>T</" + p + ":title><" + p + ":identifier>I</" +
                                      p + ":identifier><" + p + ":description>S</" + p +
                                      ":description><" + p + ":date>2021-04-07</" + p + ":date><" +
                                      p + ":subject>C</" + p + ":subject>");
            CHECK(article.title == "T");
            CHECK(article.id == "I");
            CHECK(article.summary == "S");
            CHECK(to_rfc3339(article.published.value()) == "2021-04-07T00:00:00Z");
            CHECK(article.categories == std::vector<std::string>{"C"});
        }
        CHECK(article_in(frame, "<i:subtitle>S</i:subtitle>").summary == "S");
        CHECK(article_in(frame, "<c:encoded>&lt;p&gt;S&lt;/p&gt;</c:encoded>").content == "S");
        CHECK(article_in(frame, "<dt:created>2021-04-07</dt:created>").published);
    }
}

TEST_CASE("articles are found wherever they stand, in document order") {
    const std::string document = GENERATE(
        as<std::string>{},
        "<rss><channel><item><title>A</title></item></channel><item><title>B</title></item></rss>",
        "<rss><channel><item><title>A</title></item></channel>"
        "<channel><item><title>B</title></item></channel></rss>",
        "<rss><channel><items><item><title>A</title></item><item><title>B</title></item></items>"
        "</channel></rss>",
        "<rss><channel><entry><title>A</title></entry><item><title>B</title></item></channel>"
        "</rss>",
        "<rss xmlns:a='http://www.w3.org/2005/Atom'><channel><a:entry><a:title>A</a:title>"
        "</a:entry><a:entry><a:title>B</a:title></a:entry></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><item><title>A</title></item>"
        "<entry><title>B</title></entry></feed>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><entries><entry><title>A</title></entry>"
        "<entry><title>B</title></entry></entries></feed>");
    CAPTURE(document);
    const auto feed = parsed(document);
    REQUIRE(feed.articles.size() == 2);
    CHECK(feed.articles[0].title == "A");
    CHECK(feed.articles[1].title == "B");
}

TEST_CASE("an item of a namespace that nobody knows is none") {
    CHECK(parsed("<rss xmlns:z='urn:z'><channel><z:item><title>A</title></z:item></channel></rss>")
              .articles.empty());
}

TEST_CASE("an Atom entry may be written as in RSS") {
    const auto feed = parsed(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>T</title><guid>g</guid>"
        "<link>http://a.example/1</link><pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate>"
        "<description>&lt;b&gt;D&lt;/b&gt;</description></entry></feed>");
    const Article& article = feed.articles.at(0);
    CHECK(article.id == "g");
    CHECK(article.url == "http://a.example/1");
    CHECK(to_rfc3339(article.published.value()) == "2021-04-07T09:30:00Z");
    CHECK(article.summary == "D");
}

TEST_CASE("what an article, its texts, or its feed say of the language counts in this order") {
    const auto [attributes, content, language] =
        GENERATE(table<const char*, const char*, const char*>({
            {"", "<title>T</title>", "en"},
            {"", "<title xml:lang='fr'>T</title>", "fr"},
            {"", "<title xml:lang='fr'>T</title><content xml:lang='de_AT'>C</content>", "de-AT"},
            {"xml:lang='nl'", "<content xml:lang='de'>C</content>", "nl"},
        }));
    CAPTURE(attributes, content);
    const auto feed = parsed("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry " +
                             std::string{attributes} + ">" + content + "</entry></feed>");
    CHECK(feed.articles.at(0).language == language);
}

TEST_CASE("old names of fields are known") {
    const auto feed = parsed(
        "<rss><channel><author>Ed (ed@example.org)</author>"
        "<item><fullitem>&lt;p&gt;All&lt;/p&gt;</fullitem></item></channel></rss>");
    CHECK(feed.authors == std::vector<std::string>{"Ed"});
    CHECK(feed.articles.at(0).content == "All");
    CHECK(feed.articles[0].authors.empty());
}
