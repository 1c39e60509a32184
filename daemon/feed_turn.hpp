// SPDX-License-Identifier: MIT
// One finished fetch, carried the whole way: answer → articles → what is new → hits.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"
#include "daemon/plan.hpp"
#include "daemon/rule_troubles.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/http_policy.hpp"
#include "history/writer.hpp"
#include "rules/matcher.hpp"

#include <optional>

namespace wirewatch::daemon {

struct FeedTurn {
    history::Turn turn;                     ///< what the fetch changes, ready to commit
    std::optional<feeds::HostPause> pause;  ///< the server wants rest, from all of its feeds
};

/// The desk's things, for the time of one turn.
struct TurnContext {
    const Plan& plan;
    const history::Writer& writer;
    rules::Matcher& matcher;  ///< of the plan's rules
    RuleTroubles* troubles;   ///< null: they have been told
    feeds::Random& random;
    Instant now;
};

/// Whatever is wrong with the feed is in the turn's state; errors are the database's alone. Thread:
/// the desk.
[[nodiscard]] Result<FeedTurn> read_turn(const TurnContext& desk, const Feed& feed,
                                         const FeedState& former, const feeds::FetchResult& result);

}  // namespace wirewatch::daemon
