// SPDX-License-Identifier: MIT
// Says which feed is polled when, and spares the hosts. Pure: no clock, no network; the desk tells
// it the time. How it decides: docs/polling.md.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"
#include "feeds/quiet_times.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

struct SchedulerOptions {
    std::size_t max_in_flight = 256;               ///< over all hosts; fetching.md
    std::size_t max_per_host = 2;                  ///< fetching.md
    std::chrono::milliseconds host_spacing{1000};  ///< between starts on a host; fetching.md
    std::chrono::milliseconds spread_step{200};    ///< between feeds that would otherwise be due
                                                   ///< all at once; 0: they are; our choice
    std::chrono::milliseconds spread_over =        ///< … but the last of them not later than
        std::chrono::minutes{15};                  ///< this: the pace that feeds begin with

    friend bool operator==(const SchedulerOptions&, const SchedulerOptions&) = default;
};

/// One thread uses it: the desk. No call scans all feeds but adopt() and clock_jumped().
class Scheduler {
  public:
    explicit Scheduler(SchedulerOptions options);
    ~Scheduler();
    Scheduler(Scheduler&&) noexcept;
    Scheduler& operator=(Scheduler&&) noexcept;

    /// Polls these feeds from now on, each when its state's next_due says. Feeds that were never
    /// polled, and those whose time has passed, are due one after the other: the first one now, the
    /// next a spread_step later, the last within spread_over. Feeds in flight stay in flight; feeds
    /// no longer listed are forgotten when they finish. Disabled, stopped and paused feeds are not
    /// polled. What a state learned at another URL than the feed's does not count.
    void adopt(const std::vector<Feed>& feeds, const std::vector<FeedState>& states, Instant now);

    /// The feeds to start now, the longest overdue first, within the limits and outside their quiet
    /// times; each counts as in flight until finished() names it.
    [[nodiscard]] std::vector<std::string> take_due(Instant now);

    /// A transfer ended; the feed is due again then (none: not until adopt() says so), but not in
    /// its quiet times. A feed that is not in flight is left alone.
    void finished(std::string_view feed_id, std::optional<Instant> next_due,
                  const QuietTimes& quiet = {});

    /// From its next poll on, the feed is asked for at another address.
    void moved(std::string_view feed_id, std::string_view url);

    /// Somebody wants it now: a feed that waits for its time is due now, quiet times or not, within
    /// the same limits. False: it is in flight, or not polled at all; then nothing changes.
    bool refresh(std::string_view feed_id, Instant now);

    /// Nothing is started on the host of `url` before then (nor before what was said earlier). The
    /// ids of its feeds that are in flight, or wait and would have been due before: their next_due
    /// is the end of the pause now, for adopt() too, but they keep their order. A host without
    /// feeds is not remembered.
    std::vector<std::string> pause_host(std::string_view url, Instant until);

    /// Until when the host of `url` is paused; none, or a time that has passed: it is not.
    [[nodiscard]] std::optional<Instant> host_paused_until(std::string_view url) const;

    /// The wall clock was set by so much, or the machine slept. Back: every wait keeps what was
    /// left of it. Forward: the feeds that became due by it are due one after the other, as in
    /// adopt().
    void clock_jumped(std::chrono::milliseconds by, Instant now);

    /// When take_due() can next have something, were nothing to finish before; none: never.
    [[nodiscard]] std::optional<Instant> next_due() const;

    [[nodiscard]] std::size_t in_flight() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::feeds
