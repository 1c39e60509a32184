// SPDX-License-Identifier: MIT
// What the stream says of feeds: when there is something to say, and how it lies in the outbox.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/feed_event.hpp"
#include "history/statement.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace wirewatch::history {

/// What a feed's `next` state and `gap`, about to be stored, say that is not stored yet: that the
/// feed has turned bad, is stopped for good, has turned good; that articles may be missing between
/// two reads. Neither numbered nor timed yet. Nothing at the first success of a feed and while it
/// goes on failing. Call it before they are stored.
[[nodiscard]] Result<std::vector<FeedEvent>> news_of(Statements& statements, const FeedState& next,
                                                     const std::optional<FeedGap>& gap);

/// Stores one whose seq is in the outbox already.
[[nodiscard]] Result<> store_feed_event(Statements& statements, const FeedEvent& event);

/// The one that has this seq in the outbox. Error: bad_database, where there is none.
[[nodiscard]] Result<FeedEvent> feed_event(Statements& statements, std::uint64_t seq);

}  // namespace wirewatch::history
