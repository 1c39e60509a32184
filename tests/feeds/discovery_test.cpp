// SPDX-License-Identifier: MIT
#include "feeds/discovery.hpp"

#include "feeds/curl_fetcher.hpp"
#include "support/feed_server.hpp"

#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using support::Answer;
using support::FeedServer;

namespace {

Answer document(std::string type, std::string body) {
    return {.headers = {{"Content-Type", std::move(type)}}, .body = std::move(body)};
}

Answer feed(const std::string& title) {
    return document("application/rss+xml",
                    "<rss version='2.0'><channel><title>" + title +
                        "</title><language>en</language><item><title>a</title><pubDate>Wed, 07 Apr "
                        "2021 09:30:00 GMT</pubDate></item><item><title>b</title></item>"
                        "</channel></rss>");
}

Answer page(const std::string& tags) {
    return document("text/html", "<!DOCTYPE html><html><head><title>A page</title>" + tags +
                                     "</head><body></body></html>");
}

Answer redirect(int status, const std::string& target) {
    return {.status = status, .headers = {{"Location", target}}};
}

Result<Discovery> look(const FeedServer& server, const std::string& path,
                       DiscoveryOptions options = {}) {
    CurlFetcher fetcher{{}};
    options.allow_private = {"127.0.0.1"};
    return discover(fetcher, server.url(path), options);
}

Discovery found(const FeedServer& server, const std::string& path, DiscoveryOptions options = {}) {
    auto discovery = look(server, path, std::move(options));
    if (!discovery) {
        FAIL(discovery.error().text);
    }
    return std::move(*discovery);
}

}  // namespace

TEST_CASE("an address that is a feed is its own finding") {
    FeedServer server;
    server.serve("/rss", feed("World"));
    const Discovery discovery = found(server, "/rss");
    REQUIRE(discovery.feeds.size() == 1);
    const FoundFeed& it = discovery.feeds[0];
    CHECK(it.found_by == FoundBy::address);
    CHECK(it.verified);
    CHECK(it.title == "World");
    CHECK(it.format == "RSS 2.0");
    CHECK(it.language == "en");
    CHECK(it.articles == 2);
    REQUIRE(it.newest);
    CHECK(to_rfc3339(*it.newest) == "2021-04-07T09:30:00Z");
    CHECK(server.requests().size() == 1);
}

TEST_CASE("what a page names is verified; what only looks like a feed is kept where it is one") {
    FeedServer server;
    server.serve("/", page("<link rel=alternate type=application/rss+xml href=/gone title=Old>"
                           "<link rel=alternate type=text/xml href=/rss>"
                           "<a href=/feed/a>a</a><a href=/feed/b>b</a>"));
    server.serve("/rss", feed("World"));
    server.serve("/feed/a", page(""));
    server.serve("/feed/b", feed("B"));
    const Discovery discovery = found(server, "/");
    CHECK(discovery.page_title == "A page");
    REQUIRE(discovery.feeds.size() == 3);
    CHECK(discovery.feeds[0].title == "World");
    CHECK(discovery.feeds[0].url == server.url("/rss"));
    CHECK(discovery.feeds[1].title == "B");
    CHECK(discovery.feeds[1].found_by == FoundBy::anchor);
    CHECK(discovery.feeds[2].title == "Old");
    CHECK_FALSE(discovery.feeds[2].verified);
    CHECK_THAT(discovery.feeds[2].problem, Catch::Contains("404 Not Found"));
    CHECK(server.requests("/feed").empty());  // nothing is guessed where the page says enough
}

TEST_CASE("where a page links to no feed, the usual places are tried one after another") {
    FeedServer server;
    server.serve("/blog/", page(""));
    server.serve("/blog/feed", redirect(301, "/blog/feed/"));
    server.serve("/blog/rss", redirect(302, "/blog/feed/"));
    server.serve("/blog/feed/", feed("Blog"));
    server.serve("/rss.xml", page("everything is a page here"));
    server.serve("/atom.xml", feed("Root"));
    const Discovery discovery = found(server, "/blog/");
    REQUIRE(discovery.feeds.size() == 2);
    CHECK(discovery.feeds[0].url == server.url("/blog/feed/"));  // nobody's word but the server's
    CHECK(discovery.feeds[0].found_by == FoundBy::guess);
    CHECK(discovery.feeds[1].url == server.url("/atom.xml"));
    CHECK(server.requests("/rss.xml").size() == 1);
}

TEST_CASE("no address is asked twice") {
    FeedServer server;
    server.serve("/", page("<link rel=alternate type=application/rss+xml href=/feed>"));
    const Discovery discovery = found(server, "/");
    CHECK(discovery.feeds.size() == 1);
    CHECK(server.requests("/feed").size() == 1);
    CHECK(server.requests("/rss.xml").size() == 1);
}

TEST_CASE("the address that a page names stays, whatever it redirects to") {
    FeedServer server;
    server.serve("/", page("<link rel=alternate type=application/rss+xml href=/rss>"
                           "<link rel=alternate type=application/atom+xml href=/atom>"));
    server.serve("/rss", redirect(302, "/today"));
    server.serve("/atom", redirect(302, "/today"));
    server.serve("/today", feed("Today"));
    const Discovery discovery = found(server, "/");
    REQUIRE(discovery.feeds.size() == 1);  // both are one feed
    CHECK(discovery.feeds[0].url == server.url("/rss"));
}

TEST_CASE("links hang on where the page came from, and on its <base>") {
    FeedServer server;
    server.serve("/old", redirect(301, "/new/page.html"));
    server.serve("/new/page.html", page("<link rel=alternate type=application/rss+xml href=rss>"));
    server.serve("/new/rss", feed("New"));
    CHECK(found(server, "/old").feeds.at(0).url == server.url("/new/rss"));
    server.serve("/based", page("<base href=/deep/er/><link rel=feed href=rss>"));
    server.serve("/deep/er/rss", feed("Deep"));
    CHECK(found(server, "/based").feeds.at(0).url == server.url("/deep/er/rss"));
}

TEST_CASE("no page makes wirewatch fetch more than its limit") {
    FeedServer server;
    std::string links;
    for (int i = 0; i < 30; ++i) {
        links += "<a href=/rss/" + std::to_string(i) + ">x</a>";
    }
    server.serve("/", page(links));
    std::vector<std::string> announced;
    DiscoveryOptions options;
    options.max_fetches = 4;
    options.before_fetch = [&](const std::string& url) { announced.push_back(url); };
    const Discovery discovery = found(server, "/", options);
    CHECK(discovery.feeds.empty());
    CHECK(discovery.untried == 26);
    CHECK(server.requests().size() == 5);
    CHECK(announced.size() == 5);
}

TEST_CASE("what is neither a feed nor a page is told in words") {
    FeedServer server;
    server.serve("/pdf", document("application/pdf", "%PDF-1.4"));
    server.serve("/map.xml", document("text/xml", "<urlset><url/></urlset>"));
    server.serve("/other", redirect(302, "file:///etc/passwd"));
    const auto error = [&](const std::string& path) { return look(server, path).error().text; };
    CHECK_THAT(error("/pdf"), Catch::Contains("no feed"));
    CHECK_THAT(error("/map.xml"), Catch::Contains("the root <urlset>"));
    CHECK_THAT(error("/none"), Catch::Contains("404 Not Found"));
    CHECK_THAT(error("/other"), Catch::Contains("neither http nor https"));
}

TEST_CASE("the links of a document at hand are listed and not fetched") {
    const auto discovery = discover_in(
        "<html><link rel=alternate type=application/rss+xml href=/rss title=World>"
        "<a href=/feed/x>x</a></html>",
        {"text/html", "https://example.org/"}, {});
    REQUIRE(discovery);
    REQUIRE(discovery->feeds.size() == 2);
    CHECK(discovery->feeds[0].url == "https://example.org/rss");
    CHECK(discovery->feeds[0].title == "World");
    CHECK_FALSE(discovery->feeds[0].verified);
    CHECK(discovery->feeds[1].found_by == FoundBy::anchor);
}
