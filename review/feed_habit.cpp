// SPDX-License-Identifier: MIT
#include "review/feed_habit.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace wirewatch::review {

namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

constexpr std::size_t kMinPauses = 8;
constexpr int kManyTimes = 2;
constexpr hours kShortestSilence{12};

std::optional<double> articles_per_day(const history::Arrivals& arrivals, Instant now) {
    using Days = std::chrono::duration<double, std::ratio<86400>>;
    const auto& list = arrivals.newest_first;
    if (list.empty()) {
        return std::nullopt;
    }
    // What came with the oldest arrival that is known may have been there long before.
    const Instant begin = std::max(list.back().at, now - kHabitWindow);
    std::size_t articles = 0;
    for (const history::Arrival& arrival : list) {
        articles += arrival.at > begin ? arrival.articles : 0;
    }
    const double days = Days{now - begin}.count();
    return days < 1 ? std::nullopt : std::optional{static_cast<double>(articles) / days};
}

std::optional<milliseconds> longest_usual_pause(const history::Arrivals& arrivals) {
    const auto& list = arrivals.newest_first;
    if (list.size() < kMinPauses + 1) {
        return std::nullopt;
    }
    std::vector<milliseconds> pauses;
    for (std::size_t i = 1; i < list.size(); ++i) {
        pauses.push_back(list[i - 1].at - list[i].at);
    }
    std::nth_element(pauses.begin(), pauses.begin() + 1, pauses.end(), std::greater<>{});
    return pauses[1];
}

}  // namespace

Habit habit_of(const history::Arrivals& arrivals, const std::optional<Instant>& last_success,
               Instant now) {
    Habit habit{.articles_per_day = articles_per_day(arrivals, now),
                .longest_usual_pause = longest_usual_pause(arrivals)};
    if (!arrivals.newest_first.empty() && last_success) {
        habit.silence = std::max(*last_success - arrivals.newest_first.front().at, milliseconds{0});
    }
    habit.silent = habit.longest_usual_pause &&
                   habit.silence > std::max<milliseconds>(*habit.longest_usual_pause * kManyTimes,
                                                          kShortestSilence);
    return habit;
}

}  // namespace wirewatch::review
