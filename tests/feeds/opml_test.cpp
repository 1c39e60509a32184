// SPDX-License-Identifier: MIT
#include "feeds/opml.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono_literals;

namespace {

using Words = std::vector<std::string>;

OpmlList read(std::string_view document) {
    auto list = read_opml(document);
    if (!list) {
        FAIL(list.error().text);
    }
    return std::move(*list);
}

OpmlList read_body(const std::string& outlines) {
    return read("<opml version='2.0'><head><title>Mine</title></head><body>" + outlines +
                "</body></opml>");
}

constexpr Instant kNow{1'795'564'800'000ms};

}  // namespace

TEST_CASE("a list gives title, address and the folders around as tags") {
    const OpmlList list = read_body(
        "<outline text='World News'><outline text='Middle East'>"
        "<outline type='rss' text='Gulf' title='Gulf News' xmlUrl='https://g.example/rss' "
        "htmlUrl='https://g.example/'/></outline>"
        "<outline text='Dawn' xmlUrl='https://d.example/rss'/></outline>"
        "<outline text='TASS' xmlUrl='https://t.example/rss'/>");
    CHECK(list.title == "Mine");
    REQUIRE(list.feeds.size() == 3);
    CHECK(list.feeds[0].title == "Gulf News");
    CHECK(list.feeds[0].url == "https://g.example/rss");
    CHECK(list.feeds[0].id.empty());
    CHECK(list.feeds[0].tags == Words{"world-news", "middle-east"});
    CHECK(list.feeds[1].title == "Dawn");
    CHECK(list.feeds[1].tags == Words{"world-news"});
    CHECK(list.feeds[2].tags.empty());
    CHECK(list.skipped.empty());
    CHECK(list.repaired.empty());
}

TEST_CASE("categories are tags too, each once") {
    const OpmlList list = read_body(
        "<outline text='News'><outline text='a' xmlUrl='http://a.example/' "
        "category='/News/World, Sport,,world'/></outline>");
    REQUIRE(list.feeds.size() == 1);
    CHECK(list.feeds[0].tags == Words{"news", "world", "sport"});
}

TEST_CASE("an address is found however the list writes it") {
    const std::string outline =
        GENERATE("<outline text='a' xmlUrl='http://a.example/rss'/>",
                 "<outline text='a' xmlurl='http://a.example/rss'/>",
                 "<OUTLINE TEXT='a' XMLURL='http://a.example/rss'/>",
                 "<outline text='a' type='rss' url='http://a.example/rss'/>",
                 "<outline text='a' xmlUrl=' \n http://a.example/rss '/>",
                 "<outline text='a' xmlUrl='feed://a.example/rss'/>",
                 "<outline text='a' xmlUrl='feed:http://a.example/rss'/>");
    CAPTURE(outline);
    const OpmlList list = read_body(outline);
    REQUIRE(list.feeds.size() == 1);
    CHECK(list.feeds[0].url == "http://a.example/rss");
    CHECK(list.feeds[0].title == "a");
}

TEST_CASE("outlines that are no feeds are skipped, each with its reason") {
    const auto [outline, words] = GENERATE(table<const char*, const char*>({
        {"<outline text='x' xmlUrl='javascript:alert(1)'/>", "neither http nor https"},
        {"<outline text='x' xmlUrl='file:///etc/passwd'/>", "'file:///etc/passwd'"},
        {"<outline text='x' xmlUrl='/rss'/>", "neither http nor https"},
        {"<outline text='x' type='link' url='https://a.example/'/>", "'x' has no address"},
        {"<outline text='x'/>", "'x' has no address"},
        {"<outline text=''/>", "an outline without a title"},
        {"<outline text='&#27;[2J' xmlUrl='ftp://a'/>", "neither http nor https"},
    }));
    CAPTURE(outline);
    const OpmlList list = read_body(outline);
    CHECK(list.feeds.empty());
    REQUIRE(list.skipped.size() == 1);
    CHECK_THAT(list.skipped[0], Catch::Contains(words) && !Catch::Contains("\x1B"));
}

TEST_CASE("a list is read as tolerantly as a feed") {
    const auto [document, title] = GENERATE(table<const char*, const char*>({
        {"warning: x\n<opml><body><outline text='Q & A' xmlUrl='http://a.example/'/></body></opml>",
         "Q & A"},
        {"<opml><body><outline text='Q&nbsp;A' xmlUrl=http://a.example/></outline></body></opml>",
         "Q A"},
        {"<opml><outline text='Q' xmlUrl='http://a.example/'/></opml>", "Q"},
        {"<opml><body><outline text='Q' xmlUrl='http://a.example/'/><outline text='b", "Q"},
        {"\xEF\xBB\xBF<?xml version='1.0'?><OPML><BODY><outline text='Q' "
         "xmlUrl='http://a.example/'/></BODY></OPML>",
         "Q"},
        {"<?xml version='1.0' encoding='windows-1251'?><opml><body><outline text='\xCC\xE8\xF0' "
         "xmlUrl='http://a.example/'/></body></opml>",
         "Мир"},
        {"<opml><body><outline text='Q&amp;amp;A' xmlUrl='http://a.example/'/></body></opml>",
         "Q&A"},
    }));
    CAPTURE(document);
    const OpmlList list = read(document);
    REQUIRE(list.feeds.size() == 1);
    CHECK(list.feeds[0].title == title);
    CHECK(list.feeds[0].url == "http://a.example/");
}

TEST_CASE("a list that breaks off says so") {
    CHECK(read("<opml><body><outline text='a' xmlUrl='http://a.example/'/>").cut_off);
    CHECK_FALSE(read_body("").cut_off);
}

TEST_CASE("a document that is no list of feeds is told what it is") {
    const auto [document, words] = GENERATE(table<const char*, const char*>({
        {"", "the document is empty"},
        {"<html><title>Login</title></html>", "HTML page titled 'Login'"},
        {"<rss version='2.0'><channel><title>t</title></channel></rss>",
         "this is a feed (RSS 2.0)"},
        {"<svg/>", "the root <svg>"},
        {"hello", "text that begins 'hello'"},
    }));
    const auto list = read_opml(document);
    REQUIRE_FALSE(list);
    CHECK(list.error().code == Errc::not_a_feed);
    CHECK_THAT(list.error().text, Catch::Contains(words));
}

TEST_CASE("a list has its limits") {
    const auto times = [](std::string_view text, std::size_t count) {
        std::string all;
        for (std::size_t i = 0; i < count; ++i) {
            all += text;
        }
        return all;
    };
    CHECK(read_body(times("<outline text='f'>", 200) + "<outline xmlUrl='http://a.example/'/>" +
                    times("</outline>", 200))
              .feeds.size() == 1);
    const auto too_large = [](const std::string& document) {
        const auto list = read_opml(document);
        return !list && list.error().code == Errc::too_large;
    };
    CHECK(too_large("<opml><body>" + times("<outline text='f'>", 300)));
    CHECK(too_large("<opml><body>" + times("<outline xmlUrl='http://a.example/'/>", 10'001)));
    CHECK(too_large(std::string((16u << 20) + 1, ' ')));
}

TEST_CASE("what is written is read back the same") {
    std::vector<Feed> feeds(6);
    feeds[0] = {.id = "a", .url = "https://a.example/?x=1&y=2", .title = "A \"quoted\" <b> & 'c'"};
    feeds[0].tags = {"world", "gulf"};
    feeds[1] = {.id = "b.b", .url = "http://b.example/", .title = ""};
    feeds[1].tags = {"world"};
    feeds[1].interval = 5min;
    feeds[1].identity = Identity::title;
    feeds[2] = {.id = "c_c", .url = "http://c.example/", .title = "Новости &amp; 新聞"};
    feeds[2].language = "ru";
    feeds[2].enabled = false;
    feeds[2].adaptive = true;
    feeds[2].respect_ttl = false;
    feeds[3] = {.id = "d", .url = "http://d.example/", .title = "d"};
    feeds[3].tags = {"Middle East", "a,b/c", "\"", ""};
    feeds[4] = {.id = "e", .url = "http://e.example/", .title = " two  spaces "};
    feeds[4].tags = {"новости", "x", "x"};
    feeds[5] = {.id = "f", .url = "http://f.example/", .title = "f"};
    feeds[5].tags = {"gulf", "world"};

    OpmlList list = read(write_opml(feeds, "Feeds & more", kNow));
    CHECK(list.title == "Feeds & more");
    CHECK(list.skipped.empty());
    CHECK(list.repaired.empty());
    REQUIRE(list.feeds.size() == feeds.size());
    std::sort(list.feeds.begin(), list.feeds.end(),
              [](const Feed& a, const Feed& b) { return a.id < b.id; });
    for (std::size_t i = 0; i < feeds.size(); ++i) {
        CAPTURE(feeds[i].id);
        CHECK(list.feeds[i].id == feeds[i].id);
        CHECK(list.feeds[i].url == feeds[i].url);
        CHECK(list.feeds[i].title == feeds[i].title);
        CHECK(list.feeds[i].tags == feeds[i].tags);
        CHECK(list.feeds[i].language == feeds[i].language);
        CHECK(list.feeds[i].interval == feeds[i].interval);
        CHECK(list.feeds[i].adaptive == feeds[i].adaptive);
        CHECK(list.feeds[i].respect_ttl == feeds[i].respect_ttl);
        CHECK(list.feeds[i].identity == feeds[i].identity);
        CHECK(list.feeds[i].enabled == feeds[i].enabled);
    }
}

TEST_CASE("control characters do not make the written list ill-formed") {
    Feed feed{.id = "a", .url = "https://a.example/rss", .title = "bell\a tab\t line\n"};
    const OpmlList list = read(write_opml({feed}, "x", kNow));
    CHECK(list.repaired.empty());
    REQUIRE(list.feeds.size() == 1);
    CHECK(list.feeds[0].title == "bell tab  line ");
}

TEST_CASE("a list is written as other readers expect it") {
    Feed feed{.id = "a", .url = "https://a.example/rss", .title = "A"};
    feed.tags = {"world", "gulf"};
    CHECK(write_opml({feed}, "Feeds", kNow) ==
          R"(<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0" xmlns:wirewatch="urn:wirewatch:opml:1">
  <head>
    <title>Feeds</title>
    <dateCreated>Wed, 25 Nov 2026 00:00:00 GMT</dateCreated>
  </head>
  <body>
    <outline text="world">
      <outline type="rss" text="A" title="A" xmlUrl="https://a.example/rss" category="world,gulf" wirewatch:id="a" />
    </outline>
  </body>
</opml>
)");
}
