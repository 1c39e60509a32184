// SPDX-License-Identifier: MIT
// One finished fetch, carried the whole way: answer → articles → what is new → hits.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"
#include "daemon/plan.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/http_policy.hpp"
#include "history/writer.hpp"

#include <optional>

namespace wirewatch::daemon {

struct FeedTurn {
    history::Turn turn;                     ///< what the fetch changes, ready to commit
    std::optional<feeds::HostPause> pause;  ///< the server wants rest, from all of its feeds
};

/// Whatever is wrong with the feed is in the turn's state; errors are the database's alone. Thread:
/// the desk.
[[nodiscard]] Result<FeedTurn> read_turn(const Plan& plan, const Feed& feed,
                                         const FeedState& former, const feeds::FetchResult& result,
                                         const history::Writer& writer, Instant now,
                                         feeds::Random& random);

}  // namespace wirewatch::daemon
