// SPDX-License-Identifier: MIT
// From an HTTP answer to what it means for the feed: read it, leave it, when to come again. Pure.
#pragma once

#include "base/feed.hpp"
#include "feeds/fetcher.hpp"

#include <chrono>
#include <string_view>

namespace wirewatch::feeds {

struct PollOptions {
    std::chrono::milliseconds interval{15 * 60 * 1000};     ///< where the feed names none; fetching.md
    std::chrono::seconds max_backoff{24 * 3600};  ///< fetching.md
};

/// The request for a feed: its address, and validators where they belong to that address.
[[nodiscard]] FetchRequest request_for(const Feed& feed, const FeedState& state);

enum class Verdict {
    parse,      ///< a new body: parse it, then call parsed() or unreadable()
    unchanged,  ///< 304, or the same body as the last: nothing to parse
    failed,     ///< state.error says why
};

struct Outcome {
    Verdict verdict = Verdict::failed;
    FeedState state;  ///< the feed's next state, next_due included
};

/// What `result` makes of `state`. Validators are renewed by 200 and 304 that bring them, never by
/// an error; a failure backs off ×2 up to max_backoff; Retry-After is obeyed up to 7 days; 410
/// twice, 24 h apart, stops the feed.
[[nodiscard]] Outcome judge(const Feed& feed, FeedState state, const FetchResult& result,
                            Instant now, const PollOptions& options);

/// The body was no feed: `state` (from judge) as a failure, without the body's validators, so that
/// the next poll sees the whole document again.
[[nodiscard]] FeedState unreadable(const Feed& feed, const FeedState& former, FeedState state,
                                   Error error, Instant now, const PollOptions& options);

/// How long a server asks us to stay away: seconds, or an HTTP-date against `now`; 0 s to 7 days.
/// Error: invalid, where it is neither form. Source: RFC 9110 section 10.2.3.
[[nodiscard]] Result<std::chrono::seconds> retry_after(std::string_view header, Instant now);

}  // namespace wirewatch::feeds
