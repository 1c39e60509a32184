// SPDX-License-Identifier: MIT
// What the log says of a feed's finished turn.
#pragma once

#include "base/feed.hpp"
#include "history/writer.hpp"

namespace wirewatch::daemon {

/// `turn` has been stored; before it the feed's state was `former`. A feed is spoken of when it
/// turns bad and when it is well again, not at every try.
void log_turn(const FeedState& former, const history::Turn& turn);

}  // namespace wirewatch::daemon
