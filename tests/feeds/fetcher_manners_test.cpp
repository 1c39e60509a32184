// SPDX-License-Identifier: MIT
// What CurlFetcher tells whom, how often it asks, and what it says of the way it went.
#include "feeds/curl_fetcher.hpp"

#include "support/feed_server.hpp"

#include <chrono>
#include <string>
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

FetchResult fetch(CurlFetcher& fetcher, FetchRequest request) {
    request.allow_private = {"127.0.0.0/8"};
    fetcher.start(std::move(request));
    auto results = fetcher.wait(std::chrono::steady_clock::now() + 20s, 10);
    REQUIRE(results.size() == 1);
    return std::move(results[0]);
}

Response response_of(CurlFetcher& fetcher, FetchRequest request) {
    auto result = fetch(fetcher, std::move(request));
    if (!result.response) {
        FAIL(result.response.error().text);
    }
    return std::move(*result.response);
}

Answer redirect(int status, const std::string& target) {
    return {.status = status, .headers = {{"Location", target}}, .body = "moved"};
}

const std::string kBasic = "Basic YW5uOnNlY3JldA==";  // ann:secret

}  // namespace

TEST_CASE("each redirect is told with its status, in order") {
    FeedServer server;
    FeedServer other;
    server.serve("/a", redirect(301, "b?x=1"));
    server.serve("/b?x=1", redirect(308, other.url("/c d")));
    other.serve("/c%20d",
                redirect(302, "//me:pw@127.0.0.1:" + std::to_string(server.port()) + "/e"));
    server.serve("/e", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    const Response response = response_of(fetcher, {.url = server.url("/a")});
    REQUIRE(response.redirects.size() == 3);
    CHECK(response.redirects[0].status == 301);
    CHECK(response.redirects[0].to == server.url("/b?x=1"));
    CHECK(response.redirects[1].status == 308);
    CHECK(response.redirects[1].to == other.url("/c%20d"));
    CHECK(response.redirects[2].status == 302);
    CHECK(response.redirects[2].to == server.url("/e"));
    CHECK(response.final_url == server.url("/e"));
    CHECK_FALSE(server.requests("/e").at(0).header("Authorization"));  // a server's idea of one

    CHECK(response_of(fetcher, {.url = server.url("/e")}).redirects.empty());
}

TEST_CASE("how long an answer is fresh is told in the server's own words") {
    FeedServer server;
    server.serve("/old", {.status = 301,
                          .headers = {{"Location", "/new"},
                                      {"Cache-Control", "max-age=1"},
                                      {"Expires", "old"},
                                      {"Age", "9"}}});
    server.serve("/new", {.headers = {{"Cache-Control", "public,  max-age=60"},
                                      {"Date", "Thu, 26 Nov 2026 10:00:00 GMT"},
                                      {"cache-control", "must-revalidate"},
                                      {"Expires", "0"},
                                      {"Age", "12"}},
                          .body = "<rss/>"});
    server.serve("/bare", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    const Response response = response_of(fetcher, {.url = server.url("/old")});
    CHECK(response.cache_control == "public,  max-age=60, must-revalidate");
    CHECK(response.expires == "0");
    CHECK(response.date == "Thu, 26 Nov 2026 10:00:00 GMT");
    CHECK(response.age == "12");
    const Response bare = response_of(fetcher, {.url = server.url("/bare")});
    CHECK((bare.cache_control + bare.expires + bare.date + bare.age).empty());
}

TEST_CASE("a 300, or a redirect without a place, is an answer") {
    FeedServer server;
    server.serve("/300", redirect(300, "/new"));
    server.serve("/302", {.status = 302});
    server.serve("/304", redirect(304, "/new"));
    CurlFetcher fetcher{{}};
    for (const char* path : {"/300", "/302", "/304"}) {
        CHECK(response_of(fetcher, {.url = server.url(path)}).redirects.empty());
    }
    CHECK(server.requests("/new").empty());
}

TEST_CASE("a redirect counts, however long its body") {
    FeedServer server;
    server.serve(
        "/long",
        {.status = 302, .headers = {{"Location", "/new"}}, .body = std::string(40u << 20, 'x')});
    server.serve("/new", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    CHECK(response_of(fetcher, {.url = server.url("/long")}).body == "<rss/>");
}

TEST_CASE("credentials go to the server of the feed's URL alone") {
    FeedServer server;
    FeedServer other;
    server.serve("/feed", redirect(302, "/here"));
    server.serve("/here", redirect(302, other.url("/there")));
    other.serve("/there", redirect(302, server.url("/back")));
    server.serve("/back", {.body = "<rss/>"});
    FetchRequest request{.url = server.url("/feed"), .headers = {{"X-Api-Key", "k"}}};
    const auto [credentials, sent] = GENERATE(table<Credentials, std::string>({
        {{.user = "ann", .secret = "secret"}, kBasic},
        {{.scheme = Credentials::Scheme::bearer, .secret = "t0k"}, "Bearer t0k"},
    }));
    request.credentials = credentials;
    CurlFetcher fetcher{{}};
    response_of(fetcher, request);
    for (const char* path : {"/feed", "/here"}) {
        CHECK(server.requests(path).at(0).header("Authorization") == sent);
        CHECK(server.requests(path).at(0).header("X-Api-Key") == "k");
    }
    CHECK_FALSE(other.requests("/there").at(0).header("Authorization"));
    CHECK_FALSE(other.requests("/there").at(0).header("X-Api-Key"));
    // The stranger chose what to ask for here.
    CHECK_FALSE(server.requests("/back").at(0).header("Authorization"));
    CHECK_FALSE(server.requests("/back").at(0).header("X-Api-Key"));

    response_of(fetcher, {.url = server.url("/back")});
    CHECK_FALSE(server.requests("/back").at(1).header("Authorization"));
    CHECK_FALSE(server.requests("/back").at(1).header("X-Api-Key"));
}

TEST_CASE("a server that asks for a password is asked once all the same") {
    FeedServer server;
    server.serve("/feed", {.status = 401, .headers = {{"WWW-Authenticate", "Basic realm=\"x\""}}});
    CurlFetcher fetcher{{}};
    const FetchRequest request{.url = server.url("/feed"),
                               .credentials = Credentials{.user = "ann", .secret = "wrong"}};
    CHECK(response_of(fetcher, request).status == 401);
    CHECK(server.requests().size() == 1);
}

TEST_CASE("a request on a kept connection that breaks off is sent once") {
    FeedServer server;
    server.serve("/a", {.body = "<rss/>"});
    server.serve("/b", {.conduct = Conduct::hang_up});
    CurlFetcher fetcher{{}};
    for (int i = 1; i <= 12; ++i) {
        response_of(fetcher, {.url = server.url("/a")});
        const auto result = fetch(fetcher, {.url = server.url("/b")});
        REQUIRE_FALSE(result.response);
        CHECK(result.response.error().code == Errc::network);
        CHECK_THAT(result.response.error().text,
                   Catch::EndsWith(" closed a kept connection without an answer; it may have had "
                                   "the request, which is sent once"));
        REQUIRE(server.requests("/b").size() == static_cast<std::size_t>(i));
        REQUIRE(server.connections() == static_cast<std::size_t>(i));
    }
}

TEST_CASE("a connection is kept no longer than servers keep theirs") {
    FeedServer server;
    server.serve("/", {.body = "<rss/>"});
    CurlFetcher fetcher{{.keep_alive = 0s}};
    response_of(fetcher, {.url = server.url("/")});
    response_of(fetcher, {.url = server.url("/")});
    CHECK(server.connections() == 1);
    // libcurl counts whole seconds: one has to pass.
    CHECK(fetcher.wait(std::chrono::steady_clock::now() + 1050ms, 1).empty());
    response_of(fetcher, {.url = server.url("/")});
    CHECK(server.connections() == 2);
}

TEST_CASE("one time limit holds for all redirects together") {
    FeedServer server;
    const Answer slow{.status = 302,
                      .headers = {{"Location", "/2"}},
                      .body = std::string(20, 'x'),
                      .conduct = Conduct::drip,
                      .drip_interval = 10ms};
    server.serve("/1", slow);
    server.serve("/2", {.conduct = Conduct::silent});
    CurlFetcher fetcher{{.total_timeout = 500ms}};
    const auto result = fetch(fetcher, {.url = server.url("/1")});
    REQUIRE_FALSE(result.response);
    CHECK_THAT(result.response.error().text, Catch::StartsWith("no answer within 500 ms from "));
    CHECK(result.elapsed >= 400ms);
    CHECK(result.elapsed < 650ms);
}

TEST_CASE("headers without end are given up") {
    FeedServer server;
    server.serve("/feed", {.conduct = Conduct::endless_headers});
    CurlFetcher fetcher{{}};
    const auto result = fetch(fetcher, {.url = server.url("/feed")});
    REQUIRE_FALSE(result.response);
    CHECK(result.response.error().code == Errc::too_large);
    CHECK(result.response.error().text == "the headers are over 64 KiB");
}

TEST_CASE("a body without end is given up at its limit") {
    FeedServer server;
    server.serve("/feed", {.body = std::string(64u << 10, 'x'), .conduct = Conduct::endless_body});
    CurlFetcher fetcher{{}};
    const auto result = fetch(fetcher, {.url = server.url("/feed")});
    REQUIRE_FALSE(result.response);
    CHECK(result.response.error().text == "the body is over 16 MiB");
}

TEST_CASE("sixty-four tarpits are let go in time, and hold up nobody else") {
    FeedServer server;
    const std::vector<Answer> pits{
        {.body = std::string(1000, 'x'), .conduct = Conduct::drip, .drip_interval = 100ms},
        {.body = std::string(1000, 'x'), .conduct = Conduct::drip_head, .drip_interval = 100ms},
        {.conduct = Conduct::silent},
        {.body = std::string(4000, 'x'), .conduct = Conduct::endless_body},
    };
    CurlFetcher fetcher{{.total_timeout = 1500ms, .max_body_bytes = 1u << 20}};
    const auto began = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < 64; ++i) {
        const std::string path = "/pit/" + std::to_string(i);
        server.serve(path, pits.at(i % pits.size()));
        fetcher.start({.feed_id = "pit", .url = server.url(path), .allow_private = {"127.0.0.1"}});
    }
    for (int i = 0; i < 100; ++i) {
        const std::string path = "/" + std::to_string(i);
        server.serve(path, {.body = "<rss/>"});
        fetcher.start({.feed_id = "good", .url = server.url(path), .allow_private = {"127.0.0.1"}});
    }
    std::size_t good = 0;
    std::size_t pit = 0;
    while (good + pit < 164) {
        for (const FetchResult& result : fetcher.wait(began + 10s, 50)) {
            const bool is_good = result.feed_id == "good";
            CHECK(result.response.has_value() == is_good);
            CHECK(result.elapsed < (is_good ? 1400ms : 2500ms));
            ++(is_good ? good : pit);
        }
        REQUIRE(std::chrono::steady_clock::now() < began + 10s);
    }
    CHECK(good == 100);
}
