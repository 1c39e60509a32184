// SPDX-License-Identifier: MIT
#include "feeds/parser.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

using Words = std::vector<std::string>;

TEST_CASE("a JSON Feed is read field by field") {
    const auto feed = parse_feed(R"({
        "version": "https://jsonfeed.org/version/1.1", "title": "News", "language": "en",
        "home_page_url": "/", "feed_url": "https://example.org/feed.json",
        "description": "All of it", "icon": "/icon.png", "authors": [{"name": "Desk"}],
        "items": [{"id": 7, "url": "/7", "title": " A  title ", "summary": "Short",
            "content_html": "<p>One</p><p>Two</p>", "date_published": "2021-04-07T09:30:00Z",
            "date_modified": "2021-04-07T10:00:00Z", "tags": ["a", "b", "a", 3],
            "author": {"name": "Jane Roe"}, "image": "/7.png",
            "attachments": [{"url": "/7.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}]},
           {"id": "8", "external_url": "https://other.example/", "content_text": "a <b>\n\nc"},
           "nonsense"]})",
                                 {"application/feed+json", "https://example.org/feed.json"});
    REQUIRE(feed);
    CHECK(feed->format == "JSON Feed 1.1");
    CHECK(feed->title == "News");
    CHECK(feed->url == "https://example.org/");
    CHECK(feed->image == "https://example.org/icon.png");
    CHECK(feed->authors == std::vector<std::string>{"Desk"});
    REQUIRE(feed->articles.size() == 2);
    const Article& first = feed->articles[0];
    CHECK(first.id == "7");
    CHECK(first.url == "https://example.org/7");
    CHECK(first.title == "A title");
    CHECK(first.summary == "Short");
    CHECK(first.content == "One\n\nTwo");
    CHECK(to_rfc3339(first.published.value()) == "2021-04-07T09:30:00Z");
    CHECK(to_rfc3339(first.updated.value()) == "2021-04-07T10:00:00Z");
    CHECK(first.categories == std::vector<std::string>{"a", "b", "3"});
    CHECK(first.authors == std::vector<std::string>{"Jane Roe"});
    CHECK(first.image == "https://example.org/7.png");
    CHECK(first.enclosures.at(0).length == 12);
    CHECK(first.language == "en");
    CHECK(feed->articles[1].url == "https://other.example/");
    CHECK(feed->articles[1].content == "a <b>\n\nc");
    CHECK(feed->articles[1].content_html.empty());
}

TEST_CASE("the version of JSON Feed is told") {
    const auto [document, format] = GENERATE(table<const char*, const char*>({
        {R"({"version": "https://jsonfeed.org/version/1", "items": []})", "JSON Feed 1.0"},
        {R"({"version": "http://www.jsonfeed.org/version/1.1/", "items": []})", "JSON Feed 1.1/"},
        {R"({"title": "t", "items": []})", "JSON Feed"},
    }));
    CAPTURE(document);
    const auto feed = parse_feed(document, {});
    REQUIRE(feed);
    CHECK(feed->format == format);
}

TEST_CASE("a NUL that JSON spells out does not pass") {
    const auto feed = parse_feed(R"({"version": "https://jsonfeed.org/version/1",
        "items": [{"id": "a\u0000b", "url": "https://example.org/\u0000"}]})",
                                 {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).id == "ab");
    CHECK(feed->articles.at(0).url == "https://example.org/");
}

TEST_CASE("members of the wrong type are as good as absent") {
    const auto feed = parse_feed(R"({"version": "https://jsonfeed.org/version/1", "title": {},
        "authors": {"name": "x"}, "items": [{"id": null, "url": [], "title": false, "tags": "x",
        "attachments": [{"size_in_bytes": -1, "url": "https://example.org/a"}, 3],
        "date_published": 12}]})",
                                 {});
    REQUIRE(feed);
    CHECK(feed->title.empty());
    REQUIRE(feed->articles.size() == 1);
    CHECK(feed->articles[0].title.empty());
    CHECK(feed->articles[0].enclosures.at(0).length == 0);
    CHECK_FALSE(feed->articles[0].published);
}

TEST_CASE("people and tags of a JSON Feed come in many shapes") {
    const auto [member, people] = GENERATE(table<const char*, Words>({
        {R"("author": {"name": "A"})", {"A"}},
        {R"("author": "A")", {"A"}},
        {R"("authors": {"name": "A"})", {"A"}},
        {R"("authors": ["A", {"name": "B"}, null, 3])", {"A", "B"}},
        {R"("author": {"name": "A"}, "authors": [{"name": "B"}, {"name": "A"}])", {"A", "B"}},
        {R"("authors": [{"url": "https://a.example/"}])", {"https://a.example/"}},
        {R"("authors": null)", {"Desk"}},
        {R"("title": "t")", {"Desk"}},
    }));
    CAPTURE(member);
    const auto feed = parse_feed(R"({"version": "https://jsonfeed.org/version/1.1",
        "authors": [{"name": "Desk"}], "items": [{"id": 1, "tags": ["a", 2, {"name": "b"}, [], null], )" +
                                     std::string{member} + "}]}",
                                 {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).authors == people);
    CHECK(feed->articles.at(0).categories == Words{"a", "2", "b"});
}

TEST_CASE("JSON written by hand is mended") {
    const auto feed = parse_feed(
        "{\"version\": \"https://jsonfeed.org/version/1\", \"title\": \"a\nb,]\", "
        "\"items\": [{\"id\": \"1\\\"\", }, ] }",
        {});
    REQUIRE(feed);
    CHECK(feed->title == "a b,]");
    CHECK(feed->articles.at(0).id == "1\"");
    CHECK(feed->repaired ==
          std::vector<std::string>{"control characters", "a comma after the last value"});
    CHECK_FALSE(parse_feed(R"({"title": "t", "items": [1 2]})", {}));
}

TEST_CASE("JSON that is broken otherwise is read as far as it goes") {
    const std::string head = R"({"version": "https://jsonfeed.org/version/1.1", "items": [)";
    const auto [rest, titles, repaired,
                is_cut_off] = GENERATE_COPY(table<std::string, Words, const char*, bool>({
        {R"({"title": "A", "x": [NaN, -Infinity, Infinity]}]})",
         {"A"},
         "values that JSON does not know",
         false},
        {R"({"title": "it\'s \d"}]})", {"it's d"}, "escapes that JSON does not know", false},
        {R"({"title": "A"}]} <!-- cached -->)", {"A"}, "text after the end of the document", false},
        {R"({"title": "A"}, {"title": "B"}, {"title": "C)",
         {"A", "B"},
         "the document breaks off: what follows the last whole item was left out",
         true},
        {R"({"title": "A", "tags": ["{", "a"], "author": {"name": "N"}}, {"author": {"name": "O"})",
         {"A"},
         "the document breaks off: what follows the last whole item was left out",
         true},
    }));
    CAPTURE(rest);
    const auto feed = parse_feed(head + rest, {});
    REQUIRE(feed);
    Words found;
    for (const Article& article : feed->articles) {
        found.push_back(article.title);
    }
    CHECK(found == titles);
    CHECK(feed->repaired == Words{repaired});
    CHECK(feed->cut_off == is_cut_off);
    CHECK_FALSE(feed->last_is_unfinished);
    CHECK_FALSE(parse_feed(head + R"({"title": "A)", {}));
}

TEST_CASE("an address is the name of a person who has no other") {
    const auto feed = parse_feed(
        R"({"version": "https://jsonfeed.org/version/1.1", "items": [],
            "author": {"url": "mailto:jane@example.org?subject=Hello"}})",
        {});
    REQUIRE(feed);
    CHECK(feed->authors == Words{"jane@example.org"});
}

TEST_CASE("a JSON Feed without a list of items is none") {
    CHECK_FALSE(parse_feed(R"({"version": "https://jsonfeed.org/version/1.1", "title": "t"})", {}));
    CHECK_FALSE(parse_feed(R"({"version": "https://jsonfeed.org/version/1.1", "items": {}})", {}));
    CHECK(parse_feed(R"({"version": "1.0", "items": []})", {}));
    CHECK_FALSE(parse_feed(R"({"items": []})", {}));
}

TEST_CASE("a JSON Feed names its hubs, where it goes on, and its end") {
    const auto feed = parse_feed(R"({"version": "https://jsonfeed.org/version/1.1", "items": [],
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}, 3,
                 {"type": "rssCloud", "url": "https://cloud.example/"}], "next_url": "/2",
        "expired": true})",
                                 {"", "https://example.org/feed.json"});
    REQUIRE(feed);
    CHECK(feed->hubs == std::vector<std::string>{"https://hub.example/"});
    CHECK(feed->next_url == "https://example.org/2");
    CHECK(feed->expired);
}

TEST_CASE("one attachment where a list belongs is an attachment") {
    const auto feed = parse_feed(R"({"version": "https://jsonfeed.org/version/1.1", "items": [
        {"id": "1", "attachments": {"url": "https://example.org/a", "size_in_bytes": "12"}}]})",
                                 {});
    REQUIRE(feed);
    CHECK(feed->articles.at(0).enclosures.at(0).length == 12);
}

TEST_CASE("an escape that names no character loses that character and nothing else") {
    const auto [written, read] = GENERATE(table<const char*, const char*>({
        {R"(abc\ud83d)", "abc\uFFFD"},
        {R"(\ud83d def)", "\uFFFD def"},
        {R"(\uDE0E.)", "\uFFFD."},
        {R"(\ud83d\ud83d\uDE0E)", "\uFFFD\U0001F60E"},
        {R"(\ud83d\u0041)", "\uFFFDA"},
        {R"(\u12.)", "\uFFFD."},
        {R"(\uZZ)", "\uFFFDZZ"},
        {R"(\u00e9 \ud83d\ude0e \u)", "\u00e9 \U0001F60E \uFFFD"},
    }));
    CAPTURE(written);
    const auto feed =
        parse_feed(R"({"version": "https://jsonfeed.org/version/1.1", "items": [{"title": ")" +
                       std::string{written} + R"("}, {"title": "next \ud83d"}]})",
                   {});
    REQUIRE(feed);
    REQUIRE(feed->articles.size() == 2);
    CHECK(feed->articles[0].title == read);
    CHECK(feed->repaired == Words{"escapes that name no character"});
}
