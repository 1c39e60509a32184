// SPDX-License-Identifier: MIT
// What the stream says of feeds: when there is something to say, and how it lies in the outbox.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/feed_event.hpp"
#include "history/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
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

/// Those with after < seq <= last, in order, at most `max`; of one feed, or (empty) of all.
[[nodiscard]] Result<std::vector<FeedEvent>> feed_events(Statements& statements,
                                                         std::uint64_t after, std::uint64_t last,
                                                         std::size_t max,
                                                         std::string_view feed_id = {});

/// "sys/feed/<feed-id>/", the topic of its events.
[[nodiscard]] std::string feed_topic(std::string_view feed_id);

}  // namespace wirewatch::history
