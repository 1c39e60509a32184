// SPDX-License-Identifier: MIT
#include "feeds/coverage.hpp"

#include <algorithm>

namespace wirewatch::feeds {

std::optional<FeedGap> note_coverage(FeedState& state, const ReadCounts& counts, Instant now) {
    if (counts.articles == 0) {
        return std::nullopt;
    }
    if (!state.continuous_since) {
        state.continuous_since = now;
        return std::nullopt;
    }
    if (counts.seen_before > 0) {
        return std::nullopt;
    }
    // A clock that was set back must not make a gap that ends before it begins.
    const Instant from = std::min(state.last_success.value_or(*state.continuous_since), now);
    state.gap_from = from;
    state.continuous_since = now;
    return FeedGap{.from = from, .to = now};
}

}  // namespace wirewatch::feeds
