// SPDX-License-Identifier: MIT
#include "feeds/page.hpp"

#include "feeds/discovery.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

namespace {

std::vector<std::string> urls(const Page& page, LinkKind kind) {
    std::vector<std::string> found;
    for (const FeedLink& link : page.feeds) {
        if (link.kind == kind) {
            found.push_back(link.url);
        }
    }
    return found;
}

using Urls = std::vector<std::string>;

Page page_with(std::string_view tags) {
    return read_page(
        "<!DOCTYPE html><html><head>" + std::string{tags} + "</head><body></body></html>",
        "https://example.org/news/index.html");
}

}  // namespace

TEST_CASE("a page's feeds are those that it names as alternates of a feed's type") {
    const auto [tag, url] = GENERATE(table<const char*, const char*>({
        {"<link rel=alternate type=application/rss+xml href=/rss>", "https://example.org/rss"},
        {"<LINK REL='Alternate' TYPE='Application/Atom+XML' HREF='atom.xml'>",
         "https://example.org/news/atom.xml"},
        {"<link rel='alternate home' type='application/feed+json; charset=utf-8' href='//b.org/f'>",
         "https://b.org/f"},
        {"<link rel=alternate type=application/rdf+xml href=index.rdf>",
         "https://example.org/news/index.rdf"},
        {"<link rel=alternate type='text/xml' href='/x'>", "https://example.org/x"},
        {"<link rel=alternate type='application/xml' href='/x'>", "https://example.org/x"},
        {"<link rel=alternate type='application/rss' href='/x'>", "https://example.org/x"},
        {"<link rel=alternate type='application/json' href='/feed.json'>",
         "https://example.org/feed.json"},
        {"<link rel=feed href='/x'>", "https://example.org/x"},
        {"<link rel='service.feed' type='application/atom+xml' href='/x'>",
         "https://example.org/x"},
        {"<link rel=alternate type=application/rss+xml href='?a=1&amp;b=2#top'>",
         "https://example.org/news/index.html?a=1&b=2"},
        {"<link rel=alternate type=application/rss+xml href='feed://b.org/f'>", "http://b.org/f"},
        {"<link rel=alternate type=application/rss+xml href='feed:https://b.org/f'>",
         "https://b.org/f"},
        {"<link rel=alternate type=application/rss+xml href='\n /rss\n'>",
         "https://example.org/rss"},
    }));
    CAPTURE(tag);
    CHECK(urls(page_with(tag), LinkKind::named) == Urls{url});
}

TEST_CASE("what is named for other readers is no feed of the page") {
    const std::string tag = GENERATE(
        "<link rel=stylesheet type=text/css href=/feed.css>",
        "<link rel='alternate stylesheet' type='text/xml' href=/x>",
        "<link rel=alternate hreflang=ur href=https://example.org/ur/>",
        "<link rel=alternate type=application/json href=https://example.org/wp-json/wp/v2/posts/1>",
        "<link rel=alternate type=application/json+oembed href=/oembed?url=feed>",
        "<link rel=alternate type=text/xml+oembed href=/oembed?format=xml>",
        "<link rel=alternate type=application/rss+xml>",
        "<link rel=alternate type=application/rss+xml href=''>",
        "<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>",
        "<link rel=alternate type=application/rss+xml href='file:///etc/passwd'>",
        "<link rel=alternate type=application/rss+xml href='ftp://example.org/rss'>",
        "<!-- <link rel=alternate type=application/rss+xml href=/rss> -->",
        "<script>'<link rel=alternate type=application/rss+xml href=/rss>'</script>");
    CAPTURE(tag);
    CHECK(page_with(tag).feeds.empty());
}

TEST_CASE("relative links hang on the first <base>, wherever it stands") {
    const Page page = page_with(
        "<link rel=alternate type=application/rss+xml href=rss><base target=_blank>"
        "<base href='https://cdn.example.net/a/'><base href='https://wrong.example/'>");
    CHECK(urls(page, LinkKind::named) == Urls{"https://cdn.example.net/a/rss"});
    const Page relative =
        page_with("<base href='../x/'><link rel=alternate type=application/rss+xml href=rss>");
    CHECK(urls(relative, LinkKind::named) == Urls{"https://example.org/x/rss"});
}

TEST_CASE("links of the text are feeds where their address looks like one") {
    const auto [href, likely] = GENERATE(table<const char*, bool>({
        {"/feed", true},
        {"/feed/", true},
        {"/rss/world", true},
        {"/news.rss", true},
        {"/NEWS.RSS", true},
        {"/blog.atom", true},
        {"/world-rss.xml", true},
        {"/?feed=rss2", true},
        {"/news?format=rss&lang=en", true},
        {"/sitemap.xml", false},
        {"/feedback", false},
        {"/progress", false},
        {"/brass-band", false},
        {"mailto:feed@example.org", false},
        {"javascript:feed()", false},
        {"#feed", false},
    }));
    CAPTURE(href);
    const std::string html =
        "<html><body><p><a href='" + std::string{href} + "'>Subscribe</a></p></body></html>";
    CHECK(urls(read_page(html, "https://example.org/"), LinkKind::likely).size() ==
          (likely ? 1 : 0));
}

TEST_CASE("each feed is there once, what the page names before what it only links to") {
    const Page page = read_page(
        "<html><head><title>News &amp; more</title></head><body><a href='/rss/sport'>Sport</a>"
        "<a href='/feed#top'>Feed</a><link rel=alternate type=application/rss+xml href=/feed "
        "title='All\nnews'><link rel=alternate type=application/rss+xml "
        "href=HTTPS://Example.org/feed>"
        "<svg><title>Logo</title></svg></body></html>",
        "https://example.org/");
    REQUIRE(page.feeds.size() == 2);
    CHECK(page.title == "News & more");
    CHECK(page.feeds[0].url == "https://example.org/feed");
    CHECK(page.feeds[0].title == "All news");
    CHECK(page.feeds[0].kind == LinkKind::named);
    CHECK(page.feeds[1].url == "https://example.org/rss/sport");
}

TEST_CASE("a page with templates gives up its feeds like any other") {
    const Page page = read_page(
        "<!DOCTYPE html><html><head><template><link rel=x></template><title>T</title>"
        "<link rel=alternate type=application/rss+xml href=/rss></head><body><TEMPLATE id=a>"
        "<p>x</p></TEMPLATE><a href=/feed>Feed</a><template></body></html>",
        "https://example.org/");
    CHECK(page.title == "T");
    CHECK(urls(page, LinkKind::named) == Urls{"https://example.org/rss"});
    CHECK(urls(page, LinkKind::likely) == Urls{"https://example.org/feed"});
}

TEST_CASE("without an address of the page, only absolute links are kept") {
    const std::string html =
        "<link rel=alternate type=application/rss+xml href=/rss>"
        "<link rel=alternate type=application/rss+xml href=https://example.org/rss>";
    CHECK(urls(read_page(html, ""), LinkKind::named) == Urls{"https://example.org/rss"});
}

TEST_CASE("a page of any size gives up its head, and no more than 500 feeds") {
    std::string html =
        "<html><head><title>Big</title><link rel=alternate type=application/rss+xml "
        "href=/rss></head><body>";
    SECTION("too long and too deep for a tree") {
        for (int i = 0; i < 200'000; ++i) {
            html += "<div><b>text ";
        }
        CHECK(urls(read_page(html, "https://example.org/"), LinkKind::named) ==
              Urls{"https://example.org/rss"});
    }
    SECTION("all links") {
        for (int i = 0; i < 3000; ++i) {
            html += "<a href=/rss/" + std::to_string(i) + ">x</a>";
        }
        CHECK(read_page(html, "https://example.org/").feeds.size() == kMaxFeedLinks);
    }
}

TEST_CASE("where feeds usually stand is looked at below the page and below the host") {
    const auto below = common_feed_urls("https://example.org/blog?x=1#y");
    CHECK(below.size() == 18);
    CHECK(below.front() == "https://example.org/blog/feed");
    CHECK(below.at(9) == "https://example.org/feed");
    CHECK(below.back() == "https://example.org/?feed=rss2");
    CHECK(common_feed_urls("https://example.org").size() == 9);
    CHECK(common_feed_urls("https://example.org/a/index.html").front() ==
          "https://example.org/a/feed");
}
