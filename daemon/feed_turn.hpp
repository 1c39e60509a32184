// SPDX-License-Identifier: MIT
// One finished fetch, carried the whole way: answer → articles → what is new → hits.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"
#include "daemon/plan.hpp"
#include "feeds/fetcher.hpp"
#include "history/writer.hpp"

namespace wirewatch::daemon {

/// What `result` changes, ready to commit. Whatever is wrong with the feed is in the turn's state;
/// errors are the database's alone. Thread: the desk.
[[nodiscard]] Result<history::Turn> read_turn(const Plan& plan, const Feed& feed,
                                              const FeedState& former,
                                              const feeds::FetchResult& result,
                                              const history::Writer& writer, Instant now);

}  // namespace wirewatch::daemon
