// SPDX-License-Identifier: MIT
// Says which feed is polled when. Pure: no clock, no network; the desk tells it the time.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

struct SchedulerOptions {
    std::size_t max_in_flight = 256;  ///< over all hosts; fetching.md
    std::size_t max_per_host = 2;     ///< fetching.md

    friend bool operator==(const SchedulerOptions&, const SchedulerOptions&) = default;
};

/// One thread uses it: the desk. No call scans all feeds but adopt().
class Scheduler {
  public:
    explicit Scheduler(SchedulerOptions options);
    ~Scheduler();
    Scheduler(Scheduler&&) noexcept;
    Scheduler& operator=(Scheduler&&) noexcept;

    /// Polls these feeds from now on, each when its state's next_due says; a feed without one is
    /// due now. Feeds in flight stay in flight; feeds no longer listed are forgotten when they
    /// finish. Disabled, paused and stopped feeds are not polled. What a state learned at another
    /// URL than the feed's does not count.
    void adopt(const std::vector<Feed>& feeds, const std::vector<FeedState>& states, Instant now);

    /// The feeds to start now, the longest overdue first, within the limits; each counts as in
    /// flight until finished() names it.
    [[nodiscard]] std::vector<std::string> take_due(Instant now);

    /// A transfer ended; the feed is due again then (none: not until adopt() says so). A feed that
    /// is not in flight is left alone.
    void finished(std::string_view feed_id, std::optional<Instant> next_due);

    /// Somebody wants it now: a feed that waits for its time is due now, within the same limits.
    /// False: it is in flight, or not polled at all; then nothing changes.
    bool refresh(std::string_view feed_id, Instant now);

    /// When take_due() can next have something, were nothing to finish before; none: never.
    [[nodiscard]] std::optional<Instant> next_due() const;

    [[nodiscard]] std::size_t in_flight() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::feeds
