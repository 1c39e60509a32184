// SPDX-License-Identifier: MIT
// The one thread that fetches, matches and writes. It sleeps until a feed is due or has answered.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"
#include "daemon/backfill.hpp"
#include "daemon/desk_orders.hpp"
#include "daemon/disk_trouble.hpp"
#include "daemon/plan.hpp"
#include "daemon/rule_tally.hpp"
#include "daemon/rule_troubles.hpp"
#include "daemon/upkeep.hpp"
#include "feeds/clock_jumps.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/http_policy.hpp"
#include "feeds/poll_options.hpp"
#include "feeds/scheduler.hpp"
#include "history/writer.hpp"
#include "rules/matcher.hpp"

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <unordered_map>
#include <vector>

namespace wirewatch::daemon {

/// Called from the desk's thread; must not block.
struct DeskEvents {
    std::function<void()> on_alerts;  ///< new alerts are on disk
    std::function<void(const Error&)>
        on_fatal;                          ///< the database is beyond this daemon; it should end
    std::function<void()> on_orders_done;  ///< take_done() has something
    std::function<void(const FeedState&)> on_polled;  ///< with this as its outcome, on disk
    std::function<void(const history::Committed&, std::chrono::nanoseconds)>
        on_committed;                                   ///< and how long it took
    std::function<void(const RuleCounts&)> on_counted;  ///< at most once a second
    std::function<void(bool)> on_storing;  ///< whether the database takes writes has changed
};

class Desk {
  public:
    /// Reads the feeds' states. `writer` must outlive the desk and is its alone. `seed`: of the
    /// chance that spreads polls.
    [[nodiscard]] static Result<std::unique_ptr<Desk>> open(std::shared_ptr<const Plan> plan,
                                                            history::Writer& writer,
                                                            std::unique_ptr<feeds::Fetcher> fetcher,
                                                            const Clock& clock, DeskEvents events,
                                                            std::uint64_t seed);

    /// Turns until asked to stop; then ends its turn, commits what has come, and returns.
    void run(std::stop_token stop);

    /// Starts what is due, waits at most until `limit`, commits what has finished. Tests call it
    /// instead of run().
    void turn(std::chrono::milliseconds limit);

    /// Works by `plan` from the next turn on. Any thread.
    void adopt(std::shared_ptr<const Plan> plan);

    /// The plan it was last given. Any thread.
    [[nodiscard]] std::shared_ptr<const Plan> plan() const;

    /// Takes an order for the next turn; its answer comes out of take_done(). Returns the ticket
    /// that it will bear; none: too many wait already, and this one is forgotten. Any thread.
    [[nodiscard]] std::optional<std::uint64_t> order(review::ControlRequest request);

    /// The orders that were carried out since the last time. Any thread.
    [[nodiscard]] std::vector<OrderDone> take_done();

    /// What these feeds are read from has changed: they are polled at once. Any thread.
    void touch(const std::vector<std::string>& feed_ids);

    /// Counts turns and finished fetches: it moves at least every 5 s as long as the desk lives.
    /// Any thread.
    [[nodiscard]] std::uint64_t pulse() const { return pulse_; }

  private:
    Desk(std::shared_ptr<const Plan> plan, history::Writer& writer,
         std::unique_ptr<feeds::Fetcher> fetcher, const Clock& clock, DeskEvents events,
         std::uint64_t seed);

    void take_up_new_plan();
    void take_up_orders();
    void poll_touched(const std::string& feed_id, DeskOrders& orders);
    /// For whatever the scheduler is told: it hears of a jump of the clock first, since times from
    /// before and after it would not go together.
    [[nodiscard]] Instant time_of_day();
    void start_due(Instant now);
    [[nodiscard]] Ticks wait_limit(std::chrono::milliseconds limit) const;
    [[nodiscard]] Result<> commit_some();
    [[nodiscard]] std::vector<FeedState> pause_host(const feeds::HostPause& pause,
                                                    const std::vector<history::Turn>& turns);
    void wait_for_host(FeedState& state) const;
    void settle(const history::Turn& turn, Instant now);
    void commit_or_retry();
    void tell_counts();
    [[nodiscard]] bool may_backfill() const;
    void backfill();

    history::Writer& writer_;
    std::unique_ptr<feeds::Fetcher> fetcher_;
    const Clock& clock_;
    DeskEvents events_;

    mutable std::mutex slot_mutex_;  // guards the five below
    std::shared_ptr<const Plan> plan_slot_;
    std::uint64_t last_ticket_ = 0;
    std::vector<Order> orders_;
    std::vector<OrderDone> done_;
    std::set<std::string> touched_;  // ids of feeds

    std::shared_ptr<const Plan> plan_;       // the desk's own; the rest is too
    std::optional<rules::Matcher> matcher_;  // of plan_; none before the first turn
    Instant rules_since_;                    // matcher_ was made
    RuleTally tally_;
    std::optional<std::uint64_t> articles_told_;  // matched when the counts were last told; none:
                                                  // not yet of matcher_
    Ticks tell_counts_at_{};
    RuleTroubles troubles_;
    Backfill backfill_;
    feeds::Scheduler scheduler_;
    FeedStates states_;
    std::set<std::string> again_;  // touched while they were in flight
    feeds::ClockJumps clock_jumps_;
    feeds::Random random_;
    std::deque<feeds::FetchResult> finished_;  // not yet on disk
    std::size_t counted_ = 0;                  // of these, the first, which matcher_ has counted
    Upkeep upkeep_;
    DiskTrouble disk_trouble_;
    std::atomic<std::uint64_t> pulse_{0};
};

}  // namespace wirewatch::daemon
