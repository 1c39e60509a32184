// SPDX-License-Identifier: MIT
#include "feeds/http_policy.hpp"

#include "base/digest.hpp"
#include "feeds/http_date.hpp"
#include "feeds/http_status.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>

namespace wirewatch::feeds {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

// All four: fetching.md, "errors".
constexpr seconds kMaxRetryAfter = hours{7 * 24};
constexpr milliseconds kFirstPause = hours{1};
constexpr milliseconds kMaxPause = hours{24};
constexpr milliseconds kGoneFor = hours{24};

milliseconds interval_of(const Feed& feed, const PollOptions& options) {
    return feed.interval.value_or(options.interval);
}

// `first`, ×2 for each failure after it, up to `most`.
milliseconds doubled(milliseconds first, int failures, milliseconds most) {
    milliseconds wait = std::min(first, most);
    for (int i = 0; i < failures && wait < most; ++i) {
        wait = std::min(wait * 2, most);
    }
    return wait;
}

bool belongs_to(const FeedState& state, const Feed& feed) {
    return state.url == feed.url;
}

// What was learned at another address says nothing about this one.
FeedState at_its_url(const Feed& feed, FeedState state) {
    if (!belongs_to(state, feed)) {
        state.url = feed.url;
        state.etag.clear();
        state.last_modified.clear();
        state.body_hash.clear();
        state.gone_since.reset();
        state.stopped = false;
        state.failures = 0;
    }
    state.feed_id = feed.id;
    return state;
}

void fail_until(FeedState& state, Error error, std::optional<Instant> next_due) {
    ++state.failures;
    state.error = std::move(error);
    state.next_due = next_due;
}

void back_off(const Feed& feed, FeedState& state, Error error, Instant now,
              const PollOptions& options) {
    const milliseconds interval = interval_of(feed, options);
    const milliseconds wait = doubled(interval, state.failures + 1, options.max_backoff);
    fail_until(state, std::move(error), now + std::max(wait, interval));
}

void succeed(const Feed& feed, FeedState& state, Instant now, const PollOptions& options) {
    state.failures = 0;
    state.error.reset();
    state.last_success = now;
    state.next_due = now + interval_of(feed, options);
}

// The body is still the one that the old validators describe: only what is brought changes.
void renew_validators(FeedState& state, const Response& response) {
    if (!response.etag.empty()) {
        state.etag = response.etag;
    }
    if (!response.last_modified.empty()) {
        state.last_modified = response.last_modified;
    }
}

Verdict judge_body(const Feed& feed, FeedState& state, const Response& response, Instant now,
                   const PollOptions& options) {
    succeed(feed, state, now, options);
    state.body_bytes = response.body.size();
    std::string hash = to_hex(sha256(response.body));
    if (hash == state.body_hash) {
        renew_validators(state, response);
        return Verdict::unchanged;
    }
    state.body_hash = std::move(hash);
    // Both are replaced, also by nothing: the old ones describe the old body.
    state.etag = response.etag;
    state.last_modified = response.last_modified;
    return Verdict::parse;
}

void judge_gone(FeedState& state, Instant now) {
    if (!state.gone_since) {
        state.gone_since = now;
    }
    const Instant decided = *state.gone_since + kGoneFor;
    if (now < decided) {
        fail_until(state, {Errc::network, status_words(410)}, decided);
        return;
    }
    state.stopped = true;
    fail_until(state,
               {Errc::network,
                "410 Gone, said again after 24 h: the feed has ended and is polled no more; "
                "remove it, or give its new address"},
               std::nullopt);
}

void judge_pause(const Feed& feed, FeedState& state, const Response& response, Instant now,
                 const PollOptions& options) {
    const auto asked = retry_after(response.retry_after, now);
    const milliseconds wait = asked ? *asked : doubled(kFirstPause, state.failures, kMaxPause);
    fail_until(state, {Errc::network, status_words(response.status)},
               now + std::max(wait, interval_of(feed, options)));
}

Verdict judge_response(const Feed& feed, FeedState& state, const Response& response, Instant now,
                       const PollOptions& options) {
    const bool conditional = !state.etag.empty() || !state.last_modified.empty();
    if (response.status != 410) {
        state.gone_since.reset();
    }
    switch (response.status) {
        case 200:
        case 203:  // a proxy between changed the body; still the feed
            return judge_body(feed, state, response, now, options);
        case 304:
            if (conditional) {
                succeed(feed, state, now, options);
                renew_validators(state, response);
                return Verdict::unchanged;
            }
            break;
        case 410:
            judge_gone(state, now);
            return Verdict::failed;
        case 429:
        case 503:
            judge_pause(feed, state, response, now, options);
            return Verdict::failed;
        default:
            break;
    }
    back_off(feed, state, {Errc::network, status_words(response.status)}, now, options);
    return Verdict::failed;
}

}  // namespace

FetchRequest request_for(const Feed& feed, const FeedState& state) {
    const FeedState here = at_its_url(feed, state);
    return {.feed_id = feed.id,
            .url = feed.url,
            .etag = here.etag,
            .last_modified = here.last_modified,
            .headers = feed.headers,
            .credentials = feed.credentials,
            .ca_file = feed.ca_file,
            .allow_private = feed.allow_private};
}

Outcome judge(const Feed& feed, FeedState former, const FetchResult& result, Instant now,
              const PollOptions& options) {
    FeedState state = at_its_url(feed, std::move(former));
    if (result.url != feed.url) {
        state.next_due = now;
        return {.verdict = Verdict::outdated, .state = std::move(state)};
    }
    state.last_attempt = now;
    state.latency = result.elapsed;
    if (!result.response) {
        state.http_status = 0;
        state.gone_since.reset();
        back_off(feed, state, result.response.error(), now, options);
        return {.verdict = Verdict::failed, .state = std::move(state)};
    }
    state.http_status = result.response->status;
    const Verdict verdict = judge_response(feed, state, *result.response, now, options);
    return {.verdict = verdict, .state = std::move(state)};
}

FeedState half_read(const Feed& feed, const FeedState& former, FeedState state) {
    const FeedState before = at_its_url(feed, former);
    state.etag = before.etag;
    state.last_modified = before.last_modified;
    state.body_hash = before.body_hash;
    return state;
}

FeedState unreadable(const Feed& feed, const FeedState& former, FeedState state, Error error,
                     Instant now, const PollOptions& options) {
    const FeedState before = at_its_url(feed, former);
    state = half_read(feed, former, std::move(state));
    state.last_success = before.last_success;
    state.failures = before.failures;
    back_off(feed, state, std::move(error), now, options);
    return state;
}

Result<seconds> retry_after(std::string_view header, Instant now) {
    const char* const end = header.data() + header.size();
    const bool digits = !header.empty() && std::all_of(header.begin(), header.end(),
                                                       [](char c) { return c >= '0' && c <= '9'; });
    if (digits) {
        seconds::rep count = 0;
        const bool fits = std::from_chars(header.data(), end, count).ec == std::errc{};
        return fits ? std::min(seconds{count}, kMaxRetryAfter) : kMaxRetryAfter;
    }
    const auto date = parse_http_date(header, now);
    if (!date) {
        return fail(Errc::invalid, "Retry-After is neither seconds nor an HTTP date");
    }
    const auto wait = std::chrono::ceil<seconds>(*date - now);
    return std::clamp(wait, seconds{0}, kMaxRetryAfter);
}

}  // namespace wirewatch::feeds
