// SPDX-License-Identifier: MIT
// What a subscriber wants, in the three ways in which that is said. Pure.
#pragma once

#include "base/error.hpp"
#include "publishers/wire.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::publishers {

/// Whether the subscriber hears of feeds that turn bad or good, or have a gap.
enum class FeedEvents { leave, tell };

class Subscription {
  public:
    /// Alerts of these rules; empty: all. Error: invalid, where one is no rule id.
    [[nodiscard]] static Result<Subscription> of(std::vector<std::string> rules,
                                                 FeedEvents feed_events = FeedEvents::leave);

    /// Everything comes, wanted or not, so that a message shows by its seq whether one is missing.
    [[nodiscard]] bool to_all() const { return rules_.empty(); }
    /// One topic alone, whose tseq shows it.
    [[nodiscard]] bool to_one() const {
        return rules_.size() == 1 && feed_events_ == FeedEvents::leave;
    }

    /// The prefixes to subscribe to, in this order.
    [[nodiscard]] std::vector<std::string> prefixes() const;

    /// What to ask replay for. It may hold more than is wanted.
    [[nodiscard]] std::string subtree() const;

    /// What it wants, as prefixes of topics: alert/, alert/<rule-id>/, sys/feed/.
    [[nodiscard]] std::vector<std::string> topics() const;

    [[nodiscard]] bool wants(std::string_view topic) const;

  private:
    Subscription(std::vector<std::string> rules, FeedEvents feed_events);

    std::vector<std::string> rules_;  ///< sorted, each once
    FeedEvents feed_events_;
};

}  // namespace wirewatch::publishers
