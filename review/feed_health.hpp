// SPDX-License-Identifier: MIT
// How a feed is, for people and programs: one judgement for the list, a single feed and JSON.
#pragma once

#include "base/feed.hpp"
#include "history/reader.hpp"
#include "review/feed_habit.hpp"
#include "review/session.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::review {

/// The worst first.
enum class Condition {
    stopped,  ///< polled no more until its owner acts
    failing,
    silent,  ///< much longer than is its habit (feed_habit.hpp)
    gap,     ///< articles may have been lost within the last week
    fresh,   ///< not polled yet
    ok,
    paused,
    off,  ///< enabled = false
};

/// "failing".
[[nodiscard]] std::string_view name_of(Condition condition);

/// A feed as configured beside what polling it has shown.
struct FeedHealth {
    const Feed* feed = nullptr;
    FeedState state;
    history::FeedCounts counts;
    Habit habit;
    Condition condition = Condition::fresh;

    /// The configured title, else the feed's own.
    [[nodiscard]] const std::string& title() const;
};

/// All feeds of the configuration, the worst first; `setup` must outlive them. Before the first run
/// of a daemon there is nothing but the list itself. Else an exit code, after the error was
/// printed.
[[nodiscard]] tl::expected<std::vector<FeedHealth>, int> health_of_feeds(const Session& session,
                                                                         const Setup& setup);

/// What is wrong with it and what to do, each on a line of its own; nothing where all is well.
[[nodiscard]] std::vector<std::string> advice_on(const FeedHealth& health, Instant now);

/// "3 min ago", "in 2 h", "now".
[[nodiscard]] std::string when(Instant at, Instant now);

/// An object for each (docs/commands.md), indented.
void write_json(std::ostream& out, const std::vector<FeedHealth>& feeds);
void write_json(std::ostream& out, const FeedHealth& feed);

}  // namespace wirewatch::review
