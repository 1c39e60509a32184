// SPDX-License-Identifier: MIT
#include "feeds/http_policy.hpp"

#include "base/digest.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;
const PollOptions kOptions{.interval = 15min};
const Feed kFeed{.id = "news", .url = "https://example.org/feed"};

FeedState fresh() {
    return {.feed_id = kFeed.id, .url = kFeed.url};
}

// A feed that was read an hour ago, with the body "old".
FeedState polled() {
    return {.feed_id = kFeed.id,
            .url = kFeed.url,
            .etag = "\"old\"",
            .last_modified = "Wed, 07 Apr 2021 09:00:00 GMT",
            .body_hash = to_hex(sha256("old")),
            .last_attempt = kNow - 1h,
            .last_success = kNow - 1h};
}

Outcome judged(FeedState state, Response response, Instant now = kNow, const Feed& feed = kFeed) {
    const FetchResult result{
        .feed_id = feed.id, .url = feed.url, .response = std::move(response), .elapsed = 120ms};
    return judge(feed, std::move(state), result, now, kOptions);
}

Outcome judged(FeedState state, Error error) {
    const FetchResult result{.feed_id = kFeed.id,
                             .url = kFeed.url,
                             .response = tl::unexpected<Error>(std::move(error)),
                             .elapsed = 120ms};
    return judge(kFeed, std::move(state), result, kNow, kOptions);
}

}  // namespace

TEST_CASE("a request carries the validators of the last answer, byte for byte") {
    FeedState state = polled();
    state.etag = "W/\"a  b\xff\"";
    const FetchRequest request = request_for(kFeed, state);
    CHECK(request.feed_id == "news");
    CHECK(request.url == kFeed.url);
    CHECK(request.etag == state.etag);
    CHECK(request.last_modified == state.last_modified);
}

TEST_CASE("validators of another address are not sent") {
    FeedState state = polled();
    state.url = "https://old.example.org/feed";
    const FetchRequest request = request_for(kFeed, state);
    CHECK(request.etag.empty());
    CHECK(request.last_modified.empty());
}

TEST_CASE("a new body is to be parsed, and its validators replace the old ones") {
    const auto [verdict, state] =
        judged(polled(), Response{.status = 200, .etag = "\"new\"", .body = "new"});
    CHECK(verdict == Verdict::parse);
    CHECK(state.etag == "\"new\"");
    CHECK(state.last_modified.empty());  // it described the old body
    CHECK(state.body_hash == to_hex(sha256("new")));
    CHECK(state.body_bytes == 3);
    CHECK(state.http_status == 200);
    CHECK(state.latency == 120ms);
    CHECK(state.last_attempt == kNow);
    CHECK(state.last_success == kNow);
    CHECK(state.next_due == kNow + 15min);
}

TEST_CASE("the same body is unchanged, and the validators it brings are kept all the same") {
    const auto [verdict, state] =
        judged(polled(), Response{.status = 200, .etag = "\"touched\"", .body = "old"});
    CHECK(verdict == Verdict::unchanged);
    CHECK(state.etag == "\"touched\"");
    CHECK(state.last_modified == polled().last_modified);
    CHECK(state.last_success == kNow);
}

TEST_CASE("a 304 is unchanged, and renews the validators it brings") {
    const auto [verdict, state] =
        judged(polled(), Response{.status = 304, .last_modified = "Wed, 07 Apr 2021 11:00:00 GMT"});
    CHECK(verdict == Verdict::unchanged);
    CHECK(state.etag == "\"old\"");
    CHECK(state.last_modified == "Wed, 07 Apr 2021 11:00:00 GMT");
    CHECK(state.body_hash == polled().body_hash);
    CHECK(state.next_due == kNow + 15min);
}

TEST_CASE("a 304 to a request without validators is a failure") {
    const auto [verdict, state] = judged(fresh(), Response{.status = 304, .etag = "\"x\""});
    CHECK(verdict == Verdict::failed);
    REQUIRE(state.error);
    CHECK_THAT(state.error->text, Catch::Contains("304 Not Modified: said to a request without"));
    CHECK(state.etag.empty());
}

TEST_CASE("an error renews no validators and keeps what was read") {
    const int status = GENERATE(403, 404, 410, 429, 500, 503);
    CAPTURE(status);
    const auto [verdict, state] = judged(
        polled(),
        Response{.status = status, .etag = "\"error\"", .last_modified = "now", .body = "sorry"});
    CHECK(verdict == Verdict::failed);
    CHECK(state.etag == "\"old\"");
    CHECK(state.last_modified == polled().last_modified);
    CHECK(state.body_hash == polled().body_hash);
    CHECK(state.last_success == polled().last_success);
    CHECK(state.http_status == status);
    CHECK(state.failures == 1);
}

TEST_CASE("failures say what to do") {
    const auto [status, words] = GENERATE(table<int, std::string>({
        {404, "404 Not Found: the feed is no longer at this address; look for its new one"},
        {401, "401 Unauthorized: the feed wants a user name and password"},
        {301, "301: a redirect that leads nowhere; look for the feed's new address"},
        {418, "418: the server refuses the request; see what a browser shows at this address"},
        {599, "599: the server is at fault; it is asked again later"},
        {999, "999: no status that HTTP knows"},
    }));
    const auto outcome = judged(fresh(), Response{.status = status});
    REQUIRE(outcome.state.error);
    CHECK(outcome.state.error->text == words);
}

TEST_CASE("failures back off by doubling, up to a day, and the first success recovers") {
    FeedState state = polled();
    for (const auto wait : {30min, 60min, 120min, 240min, 480min, 960min, 1440min, 1440min}) {
        state = judged(std::move(state), Error{Errc::network, "connection refused"}).state;
        CHECK(state.next_due == kNow + wait);
    }
    CHECK(state.failures == 8);
    CHECK(state.http_status == 0);
    REQUIRE(state.error);
    CHECK(state.error->text == "connection refused");

    state = judged(std::move(state), Response{.status = 304}).state;
    CHECK(state.failures == 0);
    CHECK_FALSE(state.error);
    CHECK(state.next_due == kNow + 15min);
}

TEST_CASE("a feed keeps its own interval, and no wait is shorter than it") {
    Feed feed = kFeed;
    feed.interval = 48h;
    const int status = GENERATE(200, 404, 429);
    const auto outcome =
        judged(fresh(), Response{.status = status, .retry_after = "60"}, kNow, feed);
    CHECK(outcome.state.next_due == kNow + 48h);
}

TEST_CASE("429 and 503 wait as long as the server asks") {
    const int status = GENERATE(429, 503);
    const auto [retry_after, wait] = GENERATE(table<std::string, seconds>({
        {"7200", 2h},
        {"60", 15min},
        {"Wed, 07 Apr 2021 15:00:00 GMT", 3h},
        {"99999999999999999999", 24h * 7},
        {"", 1h},
        {"soon", 1h},
    }));
    CAPTURE(status, retry_after);
    const auto outcome = judged(polled(), Response{.status = status, .retry_after = retry_after});
    CHECK(outcome.state.next_due == kNow + wait);
}

TEST_CASE("429 without Retry-After waits an hour, doubling to a day") {
    FeedState state = polled();
    for (const auto wait : {1h, 2h, 4h, 8h, 16h, 24h, 24h}) {
        state = judged(std::move(state), Response{.status = 429}).state;
        CHECK(state.next_due == kNow + wait);
    }
}

TEST_CASE("a feed that answers 410 twice a day apart is stopped") {
    FeedState state = judged(polled(), Response{.status = 410}).state;
    CHECK_FALSE(state.stopped);
    CHECK(state.gone_since == kNow);
    CHECK(state.next_due == kNow + 24h);

    SECTION("not where the second comes earlier") {
        state = judged(state, Response{.status = 410}, kNow + 23h).state;
        CHECK_FALSE(state.stopped);
        CHECK(state.next_due == kNow + 24h);
    }
    SECTION("not where another answer came between") {
        state = judged(state, Response{.status = 304}, kNow + 1h).state;
        state = judged(state, Response{.status = 410}, kNow + 24h).state;
        CHECK_FALSE(state.stopped);
        CHECK(state.next_due == kNow + 48h);
    }
    SECTION("with words, and never due again") {
        state = judged(state, Response{.status = 410}, kNow + 24h).state;
        CHECK(state.stopped);
        CHECK(state.next_due == std::nullopt);
        REQUIRE(state.error);
        CHECK_THAT(state.error->text, Catch::Contains("410 Gone") && Catch::Contains("remove it"));
    }
}

TEST_CASE("a new address starts afresh") {
    FeedState state = polled();
    state.url = "https://old.example.org/feed";
    state.failures = 5;
    state.gone_since = kNow - 48h;
    state.stopped = true;
    const auto outcome = judged(state, Response{.status = 410});
    CHECK(outcome.state.url == kFeed.url);
    CHECK(outcome.state.failures == 1);
    CHECK(outcome.state.gone_since == kNow);
    CHECK_FALSE(outcome.state.stopped);
    CHECK(outcome.state.body_hash.empty());
}

TEST_CASE("an answer from an address that the feed has left teaches nothing") {
    const FetchResult late{.feed_id = kFeed.id,
                           .url = "https://old.example.org/feed",
                           .response = Response{.status = 200, .etag = "\"old\"", .body = "old"}};
    FeedState before = polled();
    before.url = late.url;
    const auto [verdict, state] = judge(kFeed, before, late, kNow, kOptions);
    CHECK(verdict == Verdict::outdated);
    CHECK(state.url == kFeed.url);
    CHECK(state.etag.empty());
    CHECK(state.body_hash.empty());
    CHECK(state.last_attempt == before.last_attempt);
    CHECK(state.next_due == kNow);
}

TEST_CASE("a body that is no feed is a failure, and is asked for whole again") {
    FeedState former = polled();
    former.failures = 2;
    auto [verdict, state] =
        judged(former, Response{.status = 200, .etag = "\"broken\"", .body = "<html>"});
    REQUIRE(verdict == Verdict::parse);
    state =
        unreadable(kFeed, former, state, {Errc::not_a_feed, "this is a web page"}, kNow, kOptions);
    CHECK(state.etag == "\"old\"");
    CHECK(state.last_modified == former.last_modified);
    CHECK(state.body_hash == former.body_hash);
    CHECK(state.last_success == former.last_success);
    CHECK(state.last_attempt == kNow);
    CHECK(state.failures == 3);
    CHECK(state.next_due == kNow + 2h);
    REQUIRE(state.error);
    CHECK(state.error->code == Errc::not_a_feed);

    const auto again = judged(state, Response{.status = 200, .body = "<html>"});
    CHECK(again.verdict == Verdict::parse);
}

TEST_CASE("Retry-After is seconds or an HTTP date, up to a week") {
    const auto [header, expected] = GENERATE(table<std::string, std::optional<seconds>>({
        {"0", 0s},
        {"120", 120s},
        {"604801", 604800s},
        {"Wed, 07 Apr 2021 12:00:30 GMT", 30s},
        {"Wed, 07 Apr 2021 11:00:00 GMT", 0s},
        {"Wed, 07 Apr 2031 12:00:00 GMT", 604800s},
        {"-1", std::nullopt},
        {"1.5", std::nullopt},
        {"120 seconds", std::nullopt},
        {"", std::nullopt},
    }));
    CAPTURE(header);
    const auto wait = retry_after(header, kNow);
    CHECK(wait.has_value() == expected.has_value());
    CHECK(wait.value_or(0s) == expected.value_or(0s));
    if (!wait) {
        CHECK(wait.error().code == Errc::invalid);
    }
}
