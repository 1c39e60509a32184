// SPDX-License-Identifier: MIT
// How often a feed brings something new, and whether it has been silent for much longer than that.
// Pure.
#pragma once

#include "base/time.hpp"
#include "history/reader.hpp"

#include <chrono>
#include <cstddef>
#include <optional>

namespace wirewatch::review {

/// How far back a habit is looked for: the arrivals of four weeks, so that nights, weekends and a
/// holiday are in it, or for a rare feed its last sixteen.
inline constexpr std::chrono::hours kHabitWindow{28 * 24};
inline constexpr std::size_t kHabitArrivals = 16;

struct Habit {
    std::optional<double> articles_per_day;  ///< none: read for less than a day
    std::optional<std::chrono::milliseconds> longest_usual_pause;  ///< none: too little is known
    bool silent = false;
    std::chrono::milliseconds silence{0};  ///< from its last article to `last_success`
};

/// A feed is silent where it has brought nothing for more than twice its longest usual pause, and
/// for at least 12 h. The longest usual pause is the second longest of all between its arrivals:
/// once the daemon stood still, or the feed did, and that is no habit. At least 8 pauses are
/// needed. Silence counts up to the last time that the feed was read: of a feed that fails we do
/// not know. All four numbers: our choice; nothing more precise is known of how feeds behave.
///
/// What came with the first read of a feed is not counted in articles_per_day: it is its back
/// numbers.
[[nodiscard]] Habit habit_of(const history::Arrivals& arrivals,
                             const std::optional<Instant>& last_success, Instant now);

}  // namespace wirewatch::review
