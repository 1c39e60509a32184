// SPDX-License-Identifier: MIT
#include "feeds/curl_fetcher.hpp"

#include "support/feed_server.hpp"

#include <chrono>
#include <cstdlib>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using support::Answer;
using support::Conduct;
using support::FeedServer;
using namespace std::chrono_literals;

namespace {

Ticks in(std::chrono::milliseconds time) {
    return std::chrono::steady_clock::now() + time;
}

const std::vector<std::string> kHere{"127.0.0.1"};

// One request from start to end; far under its limit unless something is broken.
Response fetch(CurlFetcher& fetcher, FetchRequest request) {
    request.allow_private = kHere;
    fetcher.start(std::move(request));
    auto results = fetcher.wait(in(10s), 10);
    REQUIRE(results.size() == 1);
    if (!results[0].response) {
        FAIL(results[0].response.error().text);
    }
    return std::move(*results[0].response);
}

}  // namespace

TEST_CASE("a feed arrives with its body and the headers that matter") {
    FeedServer server;
    server.serve("/feed", {.headers = {{"Last-Modified", "Wed, 07 Apr 2021 09:00:00 GMT"},
                                       {"Content-Type", "application/rss+xml; charset=utf-8"},
                                       {"Retry-After", "120"}},
                           .body = "<rss/>",
                           .etag = "W/\"a  b\""});
    CurlFetcher fetcher{{}};
    fetcher.start({.feed_id = "news", .url = server.url("/feed"), .allow_private = kHere});
    const auto results = fetcher.wait(in(10s), 10);
    REQUIRE(results.size() == 1);
    CHECK(results[0].feed_id == "news");
    CHECK(results[0].url == server.url("/feed"));
    REQUIRE(results[0].response);
    const Response& response = *results[0].response;
    CHECK(response.status == 200);
    CHECK(response.final_url == server.url("/feed"));
    CHECK(response.etag == "W/\"a  b\"");
    CHECK(response.last_modified == "Wed, 07 Apr 2021 09:00:00 GMT");
    CHECK(response.content_type == "application/rss+xml; charset=utf-8");
    CHECK(response.retry_after == "120");
    CHECK(response.body == "<rss/>");
}

TEST_CASE("a request says who asks, what it can read and nothing more") {
    FeedServer server;
    server.serve("/feed", {.headers = {{"Set-Cookie", "id=1"}}, .body = "<rss/>"});
    CurlFetcher fetcher{{.contact = "https://example.org/us"}};
    for (int i = 0; i < 2; ++i) {
        fetch(fetcher, {.feed_id = "news", .url = server.url("/feed")});
    }
    REQUIRE(server.requests().size() == 2);
    const support::AskedRequest request = server.requests().back();
    CHECK(request.method == "GET");
    CHECK_THAT(request.header("User-Agent").value(),
               Catch::Matches("wirewatch/[0-9.]+ \\(\\+https://example.org/us\\)"));
    CHECK_THAT(request.header("Accept-Encoding").value(),
               Catch::Contains("gzip") && Catch::Contains("br") && Catch::Contains("zstd"));
    std::set<std::string> names;
    for (const auto& [name, value] : request.headers) {
        names.insert(name);
    }
    CHECK(names == std::set<std::string>{"Host", "User-Agent", "Accept", "Accept-Encoding"});
}

TEST_CASE("validators go out byte for byte, and a 304 comes back") {
    FeedServer server;
    server.serve("/feed", {.body = "<rss/>", .etag = "W/\"a  b\xe9\""});
    CurlFetcher fetcher{{}};
    const FetchRequest request{.feed_id = "news",
                               .url = server.url("/feed"),
                               .etag = "W/\"a  b\xe9\"",
                               .last_modified = "yesterday,  or so"};
    const Response response = fetch(fetcher, request);
    CHECK(response.status == 304);
    CHECK(response.etag == request.etag);
    CHECK(response.body.empty());
    const auto asked = server.requests("/feed").at(0);
    CHECK(asked.header("If-None-Match") == request.etag);
    CHECK(asked.header("If-Modified-Since") == request.last_modified);

    // The handle is used again, its validators are not.
    CHECK(fetch(fetcher, {.feed_id = "news", .url = server.url("/feed")}).status == 200);
    CHECK_FALSE(server.requests("/feed").at(1).header("If-None-Match"));
}

TEST_CASE("validators that could not be sent back are not kept") {
    FeedServer server;
    server.serve("/long", {.body = "<rss/>", .etag = '"' + std::string(5000, 'x') + '"'});
    server.serve("/control", {.body = "<rss/>", .etag = "\"a\x01z\""});
    CurlFetcher fetcher{{}};
    CHECK(fetch(fetcher, {.url = server.url("/long")}).etag.empty());
    CHECK(fetch(fetcher, {.url = server.url("/control")}).etag.empty());
}

TEST_CASE("a compressed body is handed over decoded") {
    FeedServer server;
    const std::string body(100'000, 'x');
    server.serve("/feed", {.body = body, .gzip = true});
    CurlFetcher fetcher{{}};
    CHECK(fetch(fetcher, {.url = server.url("/feed")}).body == body);
}

TEST_CASE("redirects are followed, and only the last answer's validators count") {
    const int status = GENERATE(301, 302, 303, 307, 308);
    CAPTURE(status);
    FeedServer server;
    server.serve("/old", {.status = status,
                          .headers = {{"Location", "/new"}, {"Last-Modified", "long ago"}},
                          .body = "moved",
                          .etag = "\"redirect\""});
    server.serve("/new", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    const Response response = fetch(fetcher, {.url = server.url("/old")});
    CHECK(response.status == 200);
    CHECK(response.final_url == server.url("/new"));
    CHECK(response.body == "<rss/>");
    CHECK(response.etag.empty());
    CHECK(response.last_modified.empty());
    CHECK_FALSE(server.requests("/new").at(0).header("Referer"));
}

TEST_CASE("five redirects are followed") {
    FeedServer server;
    for (int i = 0; i < 5; ++i) {
        server.serve("/" + std::to_string(i),
                     {.status = 302, .headers = {{"Location", "/" + std::to_string(i + 1)}}});
    }
    server.serve("/5", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    CHECK(fetch(fetcher, {.url = server.url("/0")}).body == "<rss/>");
}

TEST_CASE("a user name and password are sent, and kept out of the address handed over") {
    FeedServer server;
    server.serve("/feed", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    const std::string port = std::to_string(server.port());
    const Response response =
        fetch(fetcher, {.url = "http://ann:secret@127.0.0.1:" + port + "/feed"});
    CHECK(response.final_url == server.url("/feed"));
    CHECK(server.requests().at(0).header("Authorization") == "Basic YW5uOnNlY3JldA==");

    fetch(fetcher, {.url = server.url("/feed")});
    CHECK_FALSE(server.requests().at(1).header("Authorization"));
}

TEST_CASE("a proxy that the environment names is not used") {
    FeedServer server;
    server.serve("/feed", {.body = "<rss/>"});
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    CurlFetcher fetcher{{}};
    CHECK(fetch(fetcher, {.url = server.url("/feed")}).body == "<rss/>");
    unsetenv("http_proxy");
}

TEST_CASE("a connection is used again") {
    FeedServer server;
    server.serve("/feed", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    for (int i = 0; i < 5; ++i) {
        fetch(fetcher, {.url = server.url("/feed")});
    }
    CHECK(server.connections() == 1);
}

TEST_CASE("a hundred feeds arrive while one does not answer") {
    FeedServer server;
    server.serve("/silent", {.conduct = Conduct::silent});
    CurlFetcher fetcher{{.total_timeout = 700ms}};
    fetcher.start({.feed_id = "silent", .url = server.url("/silent"), .allow_private = kHere});
    for (int i = 0; i < 100; ++i) {
        const std::string path = "/" + std::to_string(i);
        server.serve(path, {.body = "body of " + path});
        fetcher.start({.feed_id = path, .url = server.url(path), .allow_private = kHere});
    }
    std::set<std::string> arrived;
    while (arrived.size() < 100) {
        const auto results = fetcher.wait(in(10s), 7);
        REQUIRE_FALSE(results.empty());
        REQUIRE(results.size() <= 7);
        for (const FetchResult& result : results) {
            CAPTURE(result.feed_id);
            REQUIRE(result.response);
            CHECK(result.response->body == "body of " + result.feed_id);
            CHECK(arrived.insert(result.feed_id).second);
        }
    }
    const auto last = fetcher.wait(in(10s), 10);
    REQUIRE(last.size() == 1);
    CHECK(last[0].feed_id == "silent");
    CHECK_FALSE(last[0].response);
}

TEST_CASE("wait() hands over at most what was asked for, and the rest next time") {
    CurlFetcher fetcher{{}};
    for (const char* id : {"a", "b", "c"}) {
        fetcher.start({.feed_id = id, .url = "ftp://example.org/"});
    }
    CHECK(fetcher.wait(std::nullopt, 2).size() == 2);
    CHECK(fetcher.wait(std::nullopt, 2).size() == 1);
    CHECK(fetcher.wait(in(-1ms), 2).empty());
}

TEST_CASE("wait() ends when its time has come") {
    CurlFetcher fetcher{{}};
    const Ticks until = in(20ms);
    CHECK(fetcher.wait(until, 10).empty());
    CHECK(std::chrono::steady_clock::now() >= until);
}

TEST_CASE("a caller who is always late is served all the same") {
    FeedServer server;
    server.serve("/feed", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    fetcher.start({.url = server.url("/feed"), .allow_private = kHere});
    const Ticks limit = in(10s);
    std::vector<FetchResult> results;
    while (results.empty() && std::chrono::steady_clock::now() < limit) {
        results = fetcher.wait(in(-1h), 10);
    }
    REQUIRE(results.size() == 1);
    CHECK(results[0].response);
}

TEST_CASE("wake() ends a wait from another thread") {
    CurlFetcher fetcher{{}};
    std::jthread other{[&] { fetcher.wake(); }};
    CHECK(fetcher.wait(std::nullopt, 10).empty());
}

TEST_CASE("wake() before a wait ends that one and no other") {
    CurlFetcher fetcher{{}};
    fetcher.wake();
    fetcher.wake();
    CHECK(fetcher.wait(std::nullopt, 10).empty());
    const Ticks until = in(20ms);
    CHECK(fetcher.wait(until, 10).empty());
    CHECK(std::chrono::steady_clock::now() >= until);
}

TEST_CASE("a fetcher can go while transfers are in flight") {
    FeedServer server;
    server.serve("/silent", {.conduct = Conduct::silent});
    server.serve("/drip", {.body = std::string(10'000, 'x'), .conduct = Conduct::drip});
    CurlFetcher fetcher{{}};
    fetcher.start({.feed_id = "silent", .url = server.url("/silent"), .allow_private = kHere});
    fetcher.start({.feed_id = "drip", .url = server.url("/drip"), .allow_private = kHere});
    std::size_t results = 0;
    std::jthread desk{[&] { results = fetcher.wait(std::nullopt, 10).size(); }};
    CHECK(server.asked("/silent", 1));
    CHECK(server.asked("/drip", 1));
    fetcher.wake();
    desk.join();
    CHECK(results == 0);
    fetcher.start({.feed_id = "just begun", .url = server.url("/silent"), .allow_private = kHere});
}
