// SPDX-License-Identifier: MIT
// From an HTTP answer to what it means for the feed: read it, leave it, when to come again. Pure.
#pragma once

#include "base/feed.hpp"
#include "feeds/fetcher.hpp"

#include <chrono>
#include <string_view>

namespace wirewatch::feeds {

struct PollOptions {
    std::chrono::milliseconds interval = std::chrono::minutes{15};   ///< where the feed names none
    std::chrono::milliseconds max_backoff = std::chrono::hours{24};  ///< fetching.md, "errors"
};

/// The request for a feed: its address, and validators where they belong to that address.
[[nodiscard]] FetchRequest request_for(const Feed& feed, const FeedState& state);

enum class Verdict {
    parse,      ///< a new body: parse it; call unreadable() where it turns out to be no feed
    unchanged,  ///< 304, or the same body as the last: nothing to parse
    failed,     ///< state.error says why
    outdated,   ///< it came from an address that the feed no longer has: due now at the new one
};

struct Outcome {
    Verdict verdict = Verdict::failed;
    FeedState state;  ///< the feed's next state, next_due included
};

/// What `result` makes of `state`. Validators are renewed by 200 and 304 that bring them, never by
/// an error; a failure backs off ×2 up to max_backoff; 429 and 503 are left alone for as long as
/// Retry-After says, up to 7 days, else for 1 h doubling to 24 h; 410 twice, 24 h apart, stops the
/// feed. No wait is shorter than the feed's interval. What `state` knows of another URL is dropped.
[[nodiscard]] Outcome judge(const Feed& feed, FeedState state, const FetchResult& result,
                            Instant now, const PollOptions& options);

/// The body was no feed: `state` (from judge, which made it of `former`) as a failure. Validators
/// and hash are those of the last body that was a feed, so that the next poll sees the whole
/// document again.
[[nodiscard]] FeedState unreadable(const Feed& feed, const FeedState& former, FeedState state,
                                   Error error, Instant now, const PollOptions& options);

/// The body was a feed, but broke off: `state` (from judge) as a success, with the validators and
/// hash of the last whole document, so that the next poll sees the rest.
[[nodiscard]] FeedState half_read(const Feed& feed, const FeedState& former, FeedState state);

/// How long a server asks us to stay away: seconds, or an HTTP-date against `now`; 0 s to 7 days.
/// Error: invalid, where it is neither form. Source: RFC 9110 section 10.2.3.
[[nodiscard]] Result<std::chrono::seconds> retry_after(std::string_view header, Instant now);

}  // namespace wirewatch::feeds
