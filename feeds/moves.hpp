// SPDX-License-Identifier: MIT
// When a feed's permanent redirects are believed, so that it is polled at its new address. Pure.
#pragma once

#include "base/feed.hpp"
#include "base/feed_change.hpp"
#include "base/time.hpp"
#include "feeds/fetcher.hpp"

#include <optional>
#include <string>

namespace wirewatch::feeds {

/// Where the feed is polled: where it has moved to, else at the address that its owner wrote down.
[[nodiscard]] const std::string& poll_url(const Feed& feed, const FeedState& state);

/// Takes note of where an answer was found. It must have been the feed: a body that was read, or
/// one that is unchanged. The third answer in a row at the same target, 24 h or more after the
/// first, moves the feed there: `state` polls there from now on, with the validators that it has,
/// which are the target's. A target counts only where every hop to it was 301 or 308; a way through
/// http does not count for a feed at https, nor does another host for one with credentials or
/// headers of its own, which must not reach it.
[[nodiscard]] std::optional<FeedMove> note_redirects(const Feed& feed, FeedState& state,
                                                     const Response& response, Instant now);

/// The answer was something, but not the feed: what was noted so far is forgotten.
void forget_redirects(FeedState& state);

}  // namespace wirewatch::feeds
