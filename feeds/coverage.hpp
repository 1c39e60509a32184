// SPDX-License-Identifier: MIT
// Whether articles can have come and gone between two reads of a feed. Pure.
#pragma once

#include "base/feed.hpp"
#include "base/feed_change.hpp"
#include "base/time.hpp"
#include "feeds/pacing.hpp"

#include <optional>

namespace wirewatch::feeds {

/// Takes note of a read in `state`, whose last_success is still that of the read before. The first
/// one begins the feed's coverage. One that brings articles, but none that was seen before, is the
/// end of a gap; an empty feed says nothing.
[[nodiscard]] std::optional<FeedGap> note_coverage(FeedState& state, const ReadCounts& counts,
                                                   Instant now);

}  // namespace wirewatch::feeds
