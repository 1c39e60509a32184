// SPDX-License-Identifier: MIT
// What people ask of a running daemon: poll now, pause, resume, how it is. The desk carries it out
// between two turns.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"
#include "daemon/backfill.hpp"
#include "daemon/plan.hpp"
#include "feeds/scheduler.hpp"
#include "history/writer.hpp"
#include "review/control_wire.hpp"
#include "rules/matcher.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wirewatch::daemon {

/// A request on its way to the desk, and its answer on the way back.
struct Order {
    std::uint64_t ticket = 0;
    review::ControlRequest request;
};
struct OrderDone {
    std::uint64_t ticket = 0;
    review::ControlAnswer answer;
};

using FeedStates = std::unordered_map<std::string, FeedState>;

/// Whose word a refresh follows.
enum class Asker {
    somebody_for_all,  ///< a person, without naming the feed
    somebody_for_it,   ///< a person who names it
};

/// Why a polite reader does not poll the feed now although a person would like it to, in words that
/// follow its id; empty: nothing speaks against it. Switched off, paused and stopped feeds are not
/// polled. A server that said 429 is left alone until its time has come, whoever asks; one that
/// said 503, unless its feed is named. And nobody is polled twice within a minute (its interval,
/// where that is shorter), unless it is a file of this machine.
[[nodiscard]] std::string why_not_now(const Feed& feed, const FeedState& state, Asker asker,
                                      Instant now, std::chrono::milliseconds interval);

/// What the desk matches by.
struct Matching {
    const Plan& plan;
    const rules::Matcher& matcher;
    Instant since;  ///< the matcher was made
    const Backfill& backfill;
};

/// The desk's things, for the time of one order. Thread: the desk.
class DeskOrders {
  public:
    DeskOrders(const Matching& matching, FeedStates& states, feeds::Scheduler& scheduler,
               history::Writer& writer, Instant now)
        : matching_{matching},
          plan_{matching.plan},
          states_{states},
          scheduler_{scheduler},
          writer_{writer},
          now_{now} {}

    [[nodiscard]] review::ControlAnswer carry_out(const review::ControlRequest& request);

    /// Polls a feed as soon as its limits allow; false where it is in flight, or not polled at all.
    bool poll_now(const std::string& feed_id, std::string_view reason);

  private:
    review::ControlAnswer refresh_all();
    review::ControlAnswer refresh(const std::vector<std::string>& ids);
    review::ControlAnswer pause(const std::vector<std::string>& ids);
    review::ControlAnswer resume(const std::vector<std::string>& ids);
    review::ControlAnswer status() const;
    review::ControlAnswer rules() const;
    /// daemon::why_not_now(), and whether the host has asked for a pause.
    [[nodiscard]] std::string why_not_now(const Feed& feed, Asker asker) const;
    FeedState state_of(const Feed& feed) const;
    std::string missing(const std::vector<std::string>& ids) const;
    Result<> keep(std::vector<FeedState> changed);

    const Matching matching_;
    const Plan& plan_;
    FeedStates& states_;
    feeds::Scheduler& scheduler_;
    history::Writer& writer_;
    Instant now_;
};

}  // namespace wirewatch::daemon
