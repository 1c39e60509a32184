// SPDX-License-Identifier: MIT
// When a feed is polled next, and why. Pure: no clock, and chance is passed in.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"
#include "feeds/cache_lifetime.hpp"
#include "feeds/poll_options.hpp"
#include "feeds/quiet_times.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace wirewatch::feeds {

/// A reason not to poll for so long.
struct Wait {
    std::chrono::milliseconds length{0};
    std::string reason;  ///< in words, for the feed's owner: "asked by the server: max-age 1h"
};

/// The feed's own interval; where it has none the configured one, or the pace it has found.
[[nodiscard]] Wait own_interval(const Feed& feed, const FeedState& state,
                                const PollOptions& options);

/// The pace that the feed has found, or begins with.
[[nodiscard]] std::chrono::milliseconds own_pace(const FeedState& state,
                                                 const PollOptions& options);

/// ttl or sy:updatePeriod. 0 where it says none, where respect_ttl is off, and over 24 h: so long
/// is no news feed's interval, but a mistake.
[[nodiscard]] Wait asked_by_feed(const Feed& feed, const FeedState& state);

/// max-age or Expires; 0 as asked_by_feed().
[[nodiscard]] Wait asked_by_server(const Feed& feed, const CacheLifetime& lifetime);

/// What a read brought.
struct ReadCounts {
    std::size_t articles = 0;     ///< different ones
    std::size_t seen_before = 0;  ///< of these: those that an earlier read brought, revised or not
};

/// The pace after that read: faster (× 2/3) where under a third had been seen before, slower
/// (× 3/2) where over two thirds had or nothing came, in whole minutes, between shortest_pace and
/// longest_pace.
[[nodiscard]] std::chrono::milliseconds next_pace(std::chrono::milliseconds pace,
                                                  const ReadCounts& counts,
                                                  const PollOptions& options);

/// The hours and days on which the feed asks to be left alone.
[[nodiscard]] QuietTimes quiet_times(const FeedState& state);

struct NextPoll {
    Instant due;
    std::string reason;
};

/// `now` and the longest of `waits` (the first of equals), and by chance up to max_jitter of it
/// more, at most 1 h; moved on to the end of quiet times.
[[nodiscard]] NextPoll next_poll(const std::vector<Wait>& waits, const QuietTimes& quiet,
                                 Instant now, const PollOptions& options, Random& random);

}  // namespace wirewatch::feeds
