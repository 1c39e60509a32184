// SPDX-License-Identifier: MIT
// From an HTTP answer to what it means for the feed: read it, leave it, when to come again. Pure.
#pragma once

#include "base/feed.hpp"
#include "base/feed_change.hpp"
#include "feeds/feed_schedule.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/pacing.hpp"
#include "feeds/poll_options.hpp"

#include <optional>
#include <string>

namespace wirewatch::feeds {

/// The request for a feed: where it is polled, and validators where they belong to its address.
[[nodiscard]] FetchRequest request_for(const Feed& feed, const FeedState& state);

/// What every judgement is made with; lives for the call.
struct PollContext {
    const Feed& feed;
    Instant now;
    const PollOptions& options;
    Random& random;
};

enum class Verdict {
    parse,      ///< a new body: parse it, then call read() or unreadable()
    unchanged,  ///< 304, or the same body as the last: nothing to parse
    failed,     ///< state.error says why
    outdated,   ///< it came from an address that the feed no longer has: due now at the new one
};

/// A server that has had enough of us, whichever of its feeds we ask for.
struct HostPause {
    std::string url;  ///< of the answer
    Instant until;
};

struct Outcome {
    Verdict verdict = Verdict::failed;
    FeedState state;  ///< the feed's next state; next_due is there unless the verdict is parse
    std::optional<FeedMove> move;
    std::optional<FeedGap> gap;
    std::optional<HostPause> pause;
};

/// What `result` makes of `former`. Validators are renewed by 200 and 304 that bring them, never by
/// an error; a failure backs off ×2 up to max_backoff; 429 and 503 are left alone for as long as
/// Retry-After says, up to 7 days, else for 1 h doubling to 24 h, and 429 pauses the whole host;
/// 410 twice, 24 h apart, stops the feed. No wait is shorter than the feed's interval, nor than
/// what feed and server ask for. What `former` knows of another URL is dropped.
[[nodiscard]] Outcome judge(const PollContext& poll, FeedState former, const FetchResult& result);

enum class Completeness { whole, cut_off };

/// What the body was found to hold.
struct Reading {
    FeedSchedule schedule;
    ReadCounts counts;
    Completeness completeness = Completeness::whole;
};

/// The body was a feed: `judged` (from judge(), which made it of `former`) with what the reading
/// teaches, and its next_due. Of a feed that broke off, validators and hash are those of the last
/// whole one, so that the next poll sees the rest.
[[nodiscard]] Outcome read(const PollContext& poll, const FeedState& former, Outcome judged,
                           const Response& response, const Reading& reading);

/// The body was no feed: `judged` as a failure. Validators and hash are those of the last body that
/// was a feed, so that the next poll sees the whole document again.
[[nodiscard]] Outcome unreadable(const PollContext& poll, const FeedState& former, Outcome judged,
                                 Error error);

}  // namespace wirewatch::feeds
