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
/// one that brings articles begins the feed's coverage: there are none before that it could share.
/// A later one whose articles are all new is the end of a gap; an empty feed says nothing.
[[nodiscard]] std::optional<FeedGap> note_coverage(FeedState& state, const ReadCounts& counts,
                                                   Instant now);

}  // namespace wirewatch::feeds
