// SPDX-License-Identifier: MIT
// What CurlFetcher makes of servers that are gone, slow, broken or ill-meaning.
#include "feeds/curl_fetcher.hpp"

#include "support/feed_server.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using support::Answer;
using support::Conduct;
using support::FeedServer;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t kMebibyte = 1u << 20;

Result<Response> fetch(CurlFetcher& fetcher, const std::string& url) {
    fetcher.start({.feed_id = "news", .url = url, .allow_private = {"127.0.0.1"}});
    auto results = fetcher.wait(std::chrono::steady_clock::now() + 20s, 10);
    REQUIRE(results.size() == 1);
    CHECK(results[0].feed_id == "news");
    CHECK(results[0].url == url);
    return std::move(results[0].response);
}

Error failure(const std::string& url, FetchOptions options = {}) {
    CurlFetcher fetcher{std::move(options)};
    const auto response = fetch(fetcher, url);
    REQUIRE_FALSE(response);
    return response.error();
}

Error failure_of(Answer answer, FetchOptions options = {}) {
    FeedServer server;
    server.serve("/feed", std::move(answer));
    return failure(server.url("/feed"), std::move(options));
}

}  // namespace

TEST_CASE("an HTTP error is an answer") {
    const int status = GENERATE(404, 500);
    FeedServer server;
    server.serve("/feed", {.status = status, .body = "sorry"});
    CurlFetcher fetcher{{}};
    const auto response = fetch(fetcher, server.url("/feed"));
    REQUIRE(response);
    CHECK(response->status == status);
    CHECK(response->body == "sorry");
}

TEST_CASE("a closed port refuses the connection") {
    std::string url;
    {
        const FeedServer gone;
        url = gone.url("/");
    }
    const Error error = failure(url);
    CHECK(error.code == Errc::network);
    CHECK_THAT(error.text, Catch::StartsWith("connection refused by 127.0.0.1:"));
}

TEST_CASE("a host without an address cannot be resolved") {
    // The resolver asks no server for a name that has an empty label.
    const Error error = failure("http://nobody..invalid/");
    CHECK(error.code == Errc::network);
    CHECK(error.text == "cannot resolve host 'nobody..invalid'");
}

TEST_CASE("what is no http or https URL is refused, also after another transfer") {
    FeedServer server;
    server.serve("/old", {.status = 301, .headers = {{"Location", "/new"}}});
    server.serve("/new", {.body = "<rss/>"});
    CurlFetcher fetcher{{}};
    REQUIRE(fetch(fetcher, server.url("/old")));
    const auto response = fetch(fetcher, "ftp://ann:secret@example.org/");
    REQUIRE_FALSE(response);
    CHECK(response.error().code == Errc::refused);
    CHECK(response.error().text == "wirewatch fetches http and https only, not 'ftp'");
    REQUIRE(fetch(fetcher, server.url("/new")));
}

TEST_CASE("a body over the limit is given up") {
    const Error error = failure_of({.body = std::string(20 * kMebibyte, ' ')});
    CHECK(error.code == Errc::too_large);
    CHECK(error.text == "the body is over 16 MiB");
}

TEST_CASE("a body that unpacks to far more than was sent is given up early") {
    const Answer bomb{.body = std::string(20 * kMebibyte, ' '), .gzip = true};
    CHECK(failure_of(bomb).text == "the body unpacks to more than 200 times what was sent");
    // Without that limit the other one ends it.
    CHECK(failure_of(bomb, {.max_ratio = 5000}).text == "the body is over 16 MiB");
}

TEST_CASE("a small body may be packed as well as it can be") {
    FeedServer server;
    server.serve("/feed", {.body = std::string(kMebibyte, ' '), .gzip = true});
    CurlFetcher fetcher{{}};
    REQUIRE(fetch(fetcher, server.url("/feed")));
}

TEST_CASE("a body of exactly the limit is taken, one byte more is not") {
    FeedServer server;
    server.serve("/fits", {.body = std::string(kMebibyte, 'x')});
    server.serve("/over", {.body = std::string(kMebibyte + 1, 'x')});
    CurlFetcher fetcher{{.max_body_bytes = kMebibyte}};
    const auto fits = fetch(fetcher, server.url("/fits"));
    REQUIRE(fits);
    CHECK(fits->body.size() == kMebibyte);
    const auto over = fetch(fetcher, server.url("/over"));
    REQUIRE_FALSE(over);
    CHECK(over.error().text == "the body is over 1 MiB");
}

TEST_CASE("a redirect to itself ends after five") {
    FeedServer server;
    server.serve("/loop", {.status = 302, .headers = {{"Location", "/loop"}}});
    const Error error = failure(server.url("/loop"));
    CHECK(error.code == Errc::network);
    CHECK(error.text == "more than 5 redirects, the last to " + server.url("/loop"));
    CHECK(server.requests().size() == 6);
}

TEST_CASE("a redirect leads to http and https alone") {
    const auto [target, words] = GENERATE(table<std::string, std::string>({
        {"file:///etc/passwd", "redirected to file:///etc/passwd, which is neither http nor https"},
        {"ftp://a:secret@b.org/", "redirected to ftp://b.org/, which is neither http nor https"},
        {"http://ann:secret@/", "redirects to something that is no URL"},
    }));
    CAPTURE(target);
    const Error error = failure_of({.status = 301, .headers = {{"Location", target}}});
    CHECK(error.code == Errc::refused);
    CHECK_THAT(error.text, Catch::EndsWith(words));
}

TEST_CASE("a body that breaks off is a failure, however much of it came") {
    const Error error = failure_of({.body = "<rss>", .declared_length = 1000});
    CHECK(error.code == Errc::network);
    CHECK(error.text == "the body broke off before its end, after 5 bytes");
}

TEST_CASE("what a server sends after the length it named is not part of the body") {
    FeedServer server;
    server.serve("/feed", {.body = "<rss/>HTTP/1.1 200 OK\r\n\r\nevil", .declared_length = 6});
    CurlFetcher fetcher{{}};
    for (int i = 0; i < 2; ++i) {
        const auto response = fetch(fetcher, server.url("/feed"));
        REQUIRE(response);
        CHECK(response->body == "<rss/>");
    }
}

TEST_CASE("a body that is not compressed as its header says is a failure") {
    const std::string coding = GENERATE("gzip", "br", "zstd");
    CAPTURE(coding);
    const Error error = failure_of(
        {.headers = {{"Content-Encoding", coding}}, .body = "<rss>not compressed</rss>"});
    CHECK(error.code == Errc::network);
    CHECK_THAT(error.text, Catch::StartsWith("the body is not compressed the way that 127.0.0.1:"));
}

TEST_CASE("a server that hangs up without an answer is a failure") {
    const Error error = failure_of({.conduct = Conduct::hang_up});
    CHECK(error.code == Errc::network);
    CHECK_THAT(error.text, Catch::EndsWith("closed the connection without an answer"));
}

TEST_CASE("a server that never answers is given up in time") {
    const Error error = failure_of({.conduct = Conduct::silent}, {.total_timeout = 100ms});
    CHECK(error.code == Errc::timeout);
    CHECK_THAT(error.text, Catch::StartsWith("no answer within 100 ms from 127.0.0.1:"));
}

TEST_CASE("a body that drips is given up in time") {
    const Answer drip{.body = std::string(10'000, 'x'), .conduct = Conduct::drip};
    SECTION("by the time for the whole") {
        const Error error = failure_of(drip, {.total_timeout = 150ms});
        CHECK(error.code == Errc::timeout);
        CHECK_THAT(error.text, Catch::StartsWith("not all of the answer of 127.0.0.1:") &&
                                   Catch::EndsWith(" came within 150 ms"));
    }
    SECTION("by its pace") {
        // libcurl measures by the second. Half of the whole time is more than low_speed_time.
        const Error error = failure_of(
            drip, {.total_timeout = 4s, .low_speed_bytes = 10'000, .low_speed_time = 1s});
        CHECK(error.code == Errc::timeout);
        CHECK_THAT(error.text, Catch::EndsWith(" sent less than 10000 bytes a second for 2 s"));
    }
}

TEST_CASE("a server that speaks no TLS cannot be asked over https") {
    FeedServer server;
    const Error error = failure("https://127.0.0.1:" + std::to_string(server.port()) + "/");
    CHECK(error.code == Errc::network);
    CHECK_THAT(error.text, Catch::StartsWith("no TLS connection with 127.0.0.1:"));
}
