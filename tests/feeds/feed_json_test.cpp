// SPDX-License-Identifier: MIT
#include "feeds/feed_json.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

TEST_CASE("a feed is written as JSON Feed 1.1") {
    ParsedFeed feed;
    feed.format = "RSS 2.0";
    feed.encoding = "UTF-8";
    feed.title = "News";
    feed.repaired = {"control characters"};
    Article article;
    article.id = "1";
    article.url = "https://example.org/1";
    article.title = "A \"title\"";
    article.content = "Body";
    article.content_html = "<p>Body</p>";
    article.summary = "Short";
    article.summary_html = "<i>Short</i>";
    article.authors = {"Jane Roe"};
    article.categories = {"a"};
    article.published = std::chrono::sys_days{std::chrono::April / 7 / 2021};
    article.comments_url = "https://example.org/1#comments";
    article.enclosures = {{"https://example.org/1.mp3", "", 12}};
    feed.articles = {article};
    CHECK(to_json_feed(feed) == R"({
  "version": "https://jsonfeed.org/version/1.1",
  "title": "News",
  "_wirewatch": {
    "format": "RSS 2.0",
    "encoding": "UTF-8",
    "repaired": [
      "control characters"
    ]
  },
  "items": [
    {
      "id": "1",
      "url": "https://example.org/1",
      "title": "A \"title\"",
      "content_html": "<p>Body</p>",
      "summary": "Short",
      "date_published": "2021-04-07T00:00:00Z",
      "authors": [
        {
          "name": "Jane Roe"
        }
      ],
      "tags": [
        "a"
      ],
      "attachments": [
        {
          "url": "https://example.org/1.mp3",
          "mime_type": "application/octet-stream",
          "size_in_bytes": 12
        }
      ],
      "_wirewatch": {
        "comments_url": "https://example.org/1#comments",
        "summary_html": "<i>Short</i>"
      }
    }
  ]
}
)");
}

TEST_CASE("what is written reads back as it was") {
    const auto first = parse_feed(R"(<rss version="2.0"><channel><title>News</title>
        <link>https://example.org/</link><language>en</language>
        <item><guid isPermaLink="false">1</guid><link>https://example.org/1</link>
        <title>One &amp; two</title><description>Short</description>
        <pubDate>Wed, 07 Apr 2021 09:30:00 GMT</pubDate><author>Jane Roe</author>
        <category>a</category><enclosure url="https://example.org/1.mp3" type="audio/mpeg"
        length="12"/></item></channel></rss>)",
                                  {});
    REQUIRE(first);
    const auto second = parse_feed(to_json_feed(*first), {});
    REQUIRE(second);
    CHECK(second->format == "JSON Feed 1.1");
    CHECK(second->title == first->title);
    CHECK(second->url == first->url);
    REQUIRE(second->articles.size() == 1);
    const Article& before = first->articles[0];
    const Article& after = second->articles[0];
    CHECK(after.id == before.id);
    CHECK(after.url == before.url);
    CHECK(after.title == before.title);
    CHECK(after.summary == before.summary);
    CHECK(after.published == before.published);
    CHECK(after.authors == before.authors);
    CHECK(after.categories == before.categories);
    CHECK(after.enclosures.at(0).url == before.enclosures.at(0).url);
}

TEST_CASE("an item without an id shows its address as one") {
    ParsedFeed feed;
    feed.articles.resize(1);
    feed.articles[0].url = "https://example.org/1";
    CHECK(to_json_feed(feed).find("\"id\": \"https://example.org/1\"") != std::string::npos);
}

TEST_CASE("what a feed says on polling is written too") {
    ParsedFeed feed;
    feed.schedule = {
        std::chrono::minutes{60}, std::chrono::seconds{1800}, {0, 7}, {std::chrono::Sunday}};
    feed.hubs = {"https://hub.example/"};
    feed.next_url = "https://example.org/2";
    feed.expired = true;
    const std::string written = to_json_feed(feed);
    for (const char* const part :
         {R"("ttl": 60)", R"("update_period": 1800)", R"("Sunday")",
          R"("url": "https://hub.example/")", R"("next_url": "https://example.org/2")",
          R"("expired": true)"}) {
        CAPTURE(written, part);
        CHECK(written.find(part) != std::string::npos);
    }
    const auto again = parse_feed(written, {});
    REQUIRE(again);
    CHECK(again->hubs == feed.hubs);
    CHECK(again->expired);
}
