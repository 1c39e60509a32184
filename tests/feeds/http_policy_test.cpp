// SPDX-License-Identifier: MIT
#include "feeds/http_policy.hpp"

#include "base/digest.hpp"
#include "feeds/moves.hpp"

#include <algorithm>
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
const PollOptions kOptions{.interval = 15min, .max_jitter = 0};
const Feed kFeed{.id = "news", .url = "https://example.org/feed"};
const std::string kNewUrl = "https://new.example.org/feed";

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

// A poll of `feed` at a moment, without chance.
class Poll {
  public:
    explicit Poll(const Feed& feed = kFeed, Instant now = kNow) : feed_{feed}, now_{now} {}

    PollContext context() { return {feed_, now_, kOptions, random_}; }

    Outcome judge(FeedState state, Result<Response> response) {
        const FetchResult result{.feed_id = feed_.id,
                                 .url = poll_url(feed_, state),
                                 .response = std::move(response),
                                 .elapsed = 120ms};
        return feeds::judge(context(), std::move(state), result);
    }

    // A 200 with a body that turns out to hold this.
    Outcome read(const FeedState& state, Response response, const Reading& reading) {
        Outcome outcome = judge(state, response);
        REQUIRE(outcome.verdict == Verdict::parse);
        return feeds::read(context(), state, std::move(outcome), response, reading);
    }

  private:
    Feed feed_;
    Instant now_;
    Random random_{1};
};

Outcome judged(FeedState state, Response response, Instant now = kNow, const Feed& feed = kFeed) {
    return Poll{feed, now}.judge(std::move(state), std::move(response));
}

Outcome judged(FeedState state, Error error) {
    return Poll{}.judge(std::move(state), tl::unexpected<Error>(std::move(error)));
}

Response body(std::string text) {
    return {.status = 200, .body = std::move(text)};
}

// Ten articles, some of them known.
Reading ten(std::size_t seen_before = 9) {
    return {.counts = {.articles = 10, .seen_before = seen_before}};
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
    const Response response{.status = 200, .etag = "\"new\"", .body = "new"};
    const auto [verdict, state, move, gap, pause] = Poll{}.read(polled(), response, ten());
    CHECK(state.etag == "\"new\"");
    CHECK(state.last_modified.empty());  // it described the old body
    CHECK(state.body_hash == to_hex(sha256("new")));
    CHECK(state.body_bytes == 3);
    CHECK(state.http_status == 200);
    CHECK(state.latency == 120ms);
    CHECK(state.last_attempt == kNow);
    CHECK(state.last_success == kNow);
    CHECK(state.next_due == kNow + 15min);
    CHECK(state.due_reason == "the interval of all feeds, 15m");
}

TEST_CASE("the same body is unchanged, and the validators it brings are kept all the same") {
    const auto [verdict, state, move, gap, pause] =
        judged(polled(), Response{.status = 200, .etag = "\"touched\"", .body = "old"});
    CHECK(verdict == Verdict::unchanged);
    CHECK(state.etag == "\"touched\"");
    CHECK(state.last_modified == polled().last_modified);
    CHECK(state.last_success == kNow);
}

TEST_CASE("a 304 is unchanged, and renews the validators it brings") {
    const auto [verdict, state, move, gap, pause] =
        judged(polled(), Response{.status = 304, .last_modified = "Wed, 07 Apr 2021 11:00:00 GMT"});
    CHECK(verdict == Verdict::unchanged);
    CHECK(state.etag == "\"old\"");
    CHECK(state.last_modified == "Wed, 07 Apr 2021 11:00:00 GMT");
    CHECK(state.body_hash == polled().body_hash);
    CHECK(state.next_due == kNow + 15min);
}

TEST_CASE("a 304 to a request without validators is a failure") {
    const auto [verdict, state, move, gap, pause] =
        judged(fresh(), Response{.status = 304, .etag = "\"x\""});
    CHECK(verdict == Verdict::failed);
    REQUIRE(state.error);
    CHECK_THAT(state.error->text, Catch::Contains("304 Not Modified: said to a request without"));
    CHECK(state.etag.empty());
}

TEST_CASE("an error renews no validators and keeps what was read") {
    const int status = GENERATE(403, 404, 410, 429, 500, 503);
    CAPTURE(status);
    const auto [verdict, state, move, gap, pause] = judged(
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
    const int status = GENERATE(304, 404, 410, 429, 503);
    CAPTURE(status);
    const auto outcome =
        judged(polled(), Response{.status = status, .retry_after = "60"}, kNow, feed);
    CHECK(outcome.state.next_due == kNow + 48h);
    CHECK(outcome.state.due_reason == "its interval, 2d");
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
    const auto [verdict, state, move, gap, pause] = judge(Poll{}.context(), before, late);
    CHECK(verdict == Verdict::outdated);
    CHECK(state.url == kFeed.url);
    CHECK(state.etag.empty());
    CHECK(state.body_hash.empty());
    CHECK(state.last_attempt == before.last_attempt);
    CHECK(state.next_due == kNow);
}

TEST_CASE("what was learned at an address is dropped with it, but not that its owner paused it") {
    FeedState before = polled();
    before.url = "https://old.example.org/feed";
    before.moved_to = kNewUrl;
    before.ttl = 24h;
    before.skip_hours = 0xFF;
    before.pace = 60min;
    before.continuous_since = kNow - 24h;
    before.paused = true;
    CHECK(request_for(kFeed, before).url == kFeed.url);
    const auto state = judged(before, body("new")).state;
    CHECK(state.moved_to.empty());
    CHECK(state.ttl == 0ms);
    CHECK(state.skip_hours == 0);
    CHECK(state.pace == 0ms);
    CHECK(state.continuous_since == std::nullopt);
    CHECK(state.paused);
}

TEST_CASE("a body that is no feed is a failure, and is asked for whole again") {
    FeedState former = polled();
    former.failures = 2;
    former.moving_to = kNewUrl;
    Poll poll;
    Outcome outcome =
        poll.judge(former, Response{.status = 200, .etag = "\"broken\"", .body = "<html>"});
    REQUIRE(outcome.verdict == Verdict::parse);
    outcome = unreadable(poll.context(), former, std::move(outcome),
                         {Errc::not_a_feed, "this is a web page"});
    const FeedState& state = outcome.state;
    CHECK(outcome.verdict == Verdict::failed);
    CHECK(state.etag == "\"old\"");
    CHECK(state.last_modified == former.last_modified);
    CHECK(state.body_hash == former.body_hash);
    CHECK(state.last_success == former.last_success);
    CHECK(state.last_attempt == kNow);
    CHECK(state.failures == 3);
    CHECK(state.next_due == kNow + 2h);
    CHECK(state.due_reason == "it failed 3 times in a row");
    CHECK(state.moving_to.empty());  // where that came from is no feed's address
    REQUIRE(state.error);
    CHECK(state.error->code == Errc::not_a_feed);

    CHECK(judged(state, body("<html>")).verdict == Verdict::parse);
}

TEST_CASE("a feed that broke off is a success, and is asked for whole again") {
    Reading reading = ten();
    reading.completeness = Completeness::cut_off;
    const auto state =
        Poll{}.read(polled(), {.status = 200, .etag = "\"half\"", .body = "<rss>"}, reading).state;
    CHECK(state.etag == "\"old\"");
    CHECK(state.body_hash == polled().body_hash);
    CHECK(state.last_success == kNow);
    CHECK(state.failures == 0);
}

TEST_CASE("a feed is not polled before its server's max-age or its own ttl have passed") {
    struct Asked {
        std::string cache_control;
        minutes ttl;
        seconds update_period;
        minutes wait;
        std::string reason;
    };
    const auto asked = GENERATE(values<Asked>({
        {"max-age=60", 0min, 0s, 15min, "the interval of all feeds, 15m"},
        {"max-age=3600", 0min, 0s, 60min, "asked by the server: max-age 1h"},
        {"", 30min, 0s, 30min, "asked by the feed: ttl or updatePeriod 30m"},
        {"", 30min, 3h, 180min, "asked by the feed: ttl or updatePeriod 3h"},
        {"max-age=3600", 30min, 0s, 60min, "asked by the server: max-age 1h"},
        {"max-age=3600", 120min, 0s, 120min, "asked by the feed: ttl or updatePeriod 2h"},
        {"max-age=86400", 0min, 0s, 24h, "asked by the server: max-age 1d"},
        {"max-age=86401", 0min, 0s, 15min, "the interval of all feeds, 15m"},
        {"", 1441min, 0s, 15min, "the interval of all feeds, 15m"},
    }));
    CAPTURE(asked.cache_control, asked.ttl.count(), asked.update_period.count());
    Response response = body("new");
    response.cache_control = asked.cache_control;
    Reading reading = ten();
    reading.schedule.ttl = asked.ttl;
    reading.schedule.update_period = asked.update_period;

    FeedState state = Poll{}.read(polled(), response, reading).state;
    CHECK(state.next_due == kNow + asked.wait);
    CHECK(state.due_reason == asked.reason);

    // Its ttl is still known where nothing is parsed; max-age is what this answer says.
    state = judged(state, response).state;
    CHECK(state.next_due == kNow + asked.wait);

    Feed impatient = kFeed;
    impatient.respect_ttl = false;
    CHECK(Poll{impatient}.read(polled(), response, reading).state.next_due == kNow + 15min);
}

TEST_CASE("a failing feed is not tried again before its ttl either") {
    FeedState state = polled();
    state.ttl = 6h;
    CHECK(judged(state, Error{Errc::timeout, "no answer"}).state.next_due == kNow + 6h);
    CHECK(judged(state, Response{.status = 503, .retry_after = "60"}).state.next_due == kNow + 6h);
}

TEST_CASE("a feed is not polled in its skipHours and skipDays") {
    Reading reading = ten();
    reading.schedule.skip_hours = {12, 13, 23};  // it is 12:00 on a Wednesday
    reading.schedule.skip_days = {Thursday, Friday};
    const FeedState state = Poll{}.read(polled(), body("new"), reading).state;
    CHECK(state.skip_hours == (1U << 12 | 1U << 13 | 1U << 23));
    CHECK(state.skip_days == (1U << 4 | 1U << 5));
    CHECK(state.next_due == kNow + 2h);
    CHECK(state.due_reason == "asked by the feed: nothing in its skipHours and skipDays (UTC)");
    // From Wednesday 23:00 on, until Saturday; failures too.
    const Instant evening = sys_days{2021y / April / 7} + 22h + 50min;
    const Instant saturday = sys_days{2021y / April / 10};
    CHECK(judged(state, Response{.status = 304}, evening).state.next_due == saturday);
    CHECK(judged(state, Response{.status = 404}, evening).state.next_due == saturday);
}

TEST_CASE("an adaptive feed finds its pace, and keeps it between reads") {
    Feed feed = kFeed;
    feed.adaptive = true;
    Poll poll{feed};
    FeedState state = fresh();
    // The first read says nothing: all of it is new.
    state = poll.read(state, body("1"), ten(0)).state;
    CHECK(state.next_due == kNow + 15min);
    CHECK(state.due_reason == "its own pace, 15m (adaptive)");
    state = poll.read(state, body("2"), ten(1)).state;
    CHECK(state.next_due == kNow + 10min);
    state = poll.read(state, body("3"), ten(5)).state;
    CHECK(state.next_due == kNow + 10min);
    state = poll.read(state, body("4"), ten(9)).state;
    CHECK(state.next_due == kNow + 15min);
    state = judged(state, Response{.status = 304}, kNow, feed).state;
    CHECK(state.next_due == kNow + 30min);  // no validators: a failure says nothing on its pace
    state = judged(state, body("4"), kNow, feed).state;
    CHECK(state.next_due == kNow + 22min);
}

TEST_CASE("jitter makes waits longer by up to a tenth, and never shorter") {
    const Feed feed = kFeed;
    const PollOptions options{.interval = 100min};
    Random random{7};
    Instant earliest = Instant::max();
    Instant latest = Instant::min();
    for (int i = 0; i < 200; ++i) {
        const FetchResult result{
            .feed_id = feed.id, .url = feed.url, .response = Response{.status = 304}};
        const Instant due = *judge({feed, kNow, options, random}, polled(), result).state.next_due;
        earliest = std::min(earliest, due);
        latest = std::max(latest, due);
    }
    CHECK(earliest >= kNow + 100min);
    CHECK(earliest < kNow + 101min);
    CHECK(latest > kNow + 109min);
    CHECK(latest <= kNow + 110min);
}

TEST_CASE("429 pauses the host that answered, 503 does not") {
    const auto url = GENERATE(as<std::string>{}, "", "https://cdn.example.net/feed");
    Response response{.status = 429, .final_url = url, .retry_after = "60"};
    const auto limited = judged(polled(), response);
    REQUIRE(limited.pause);
    CHECK(limited.pause->url == (url.empty() ? kFeed.url : url));
    CHECK(limited.pause->until == kNow + 60s);
    response.status = 503;
    CHECK_FALSE(judged(polled(), response).pause);
}

TEST_CASE("a feed that is found elsewhere for a day is polled there, with its validators") {
    FeedState state = polled();
    Response response{.status = 304, .redirects = {{301, kNewUrl}}};
    for (const auto after : {0h, 12h}) {
        const auto outcome = judged(state, response, kNow + after);
        CHECK_FALSE(outcome.move);
        state = outcome.state;
        CHECK(request_for(kFeed, state).url == kFeed.url);
    }
    const auto outcome = judged(state, response, kNow + 24h);
    CHECK(outcome.move == FeedMove{kFeed.url, kNewUrl});
    const FetchRequest request = request_for(kFeed, outcome.state);
    CHECK(request.url == kNewUrl);
    CHECK(request.etag == "\"old\"");

    // What was asked for at the old address meanwhile says nothing any more.
    const FetchResult late{.feed_id = kFeed.id, .url = kFeed.url, .response = response};
    CHECK(judge(Poll{}.context(), outcome.state, late).verdict == Verdict::outdated);
}

TEST_CASE("a read counts for a move as well, and tells of gaps") {
    FeedState state = polled();
    state.moving_to = kNewUrl;
    state.moving_seen = 2;
    state.moving_since = kNow - 24h;
    state.continuous_since = kNow - 48h;
    Response response = body("new");
    response.redirects = {{308, kNewUrl}};
    const auto outcome = Poll{}.read(state, response, ten(0));
    CHECK(outcome.move == FeedMove{kFeed.url, kNewUrl});
    CHECK(outcome.gap == FeedGap{kNow - 1h, kNow});
    CHECK(outcome.state.continuous_since == kNow);
}
