// SPDX-License-Identifier: MIT
#include "feeds/pacing.hpp"

#include <algorithm>

namespace wirewatch::feeds {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr milliseconds kLongestAsked = std::chrono::hours{24};  // fetching.md, "when"
constexpr milliseconds kMostJitter = std::chrono::hours{1};     // our choice
constexpr milliseconds kMostAfterQuiet = minutes{30};           // under an hour, the least that
                                                                // lies between two quiet hours

std::string words(milliseconds length) {
    return to_text(std::chrono::ceil<seconds>(length));
}

bool honoured(const Feed& feed, milliseconds asked) {
    return feed.respect_ttl && asked > milliseconds{0} && asked <= kLongestAsked;
}

// Up to `share` of `whole`.
milliseconds chance(Random& random, milliseconds whole, double share) {
    const double part = std::uniform_real_distribution<double>{0.0, share}(random);
    return milliseconds{static_cast<milliseconds::rep>(static_cast<double>(whole.count()) * part)};
}

}  // namespace

milliseconds own_pace(const FeedState& state, const PollOptions& options) {
    return state.pace > milliseconds{0}
               ? std::clamp(state.pace, options.shortest_pace, options.longest_pace)
               : options.first_pace;
}

Wait own_interval(const Feed& feed, const FeedState& state, const PollOptions& options) {
    if (feed.interval) {
        return {*feed.interval, "its interval, " + to_text(*feed.interval)};
    }
    if (!feed.adaptive && options.interval) {
        return {*options.interval, "the interval of all feeds, " + to_text(*options.interval)};
    }
    const milliseconds pace = own_pace(state, options);
    return {pace, "its own pace, " + words(pace) + " (adaptive)"};
}

Wait asked_by_feed(const Feed& feed, const FeedState& state) {
    if (!honoured(feed, state.ttl)) {
        return {};
    }
    return {state.ttl, "asked by the feed: ttl or updatePeriod " + words(state.ttl)};
}

Wait asked_by_server(const Feed& feed, const CacheLifetime& lifetime) {
    if (!honoured(feed, lifetime.left)) {
        return {};
    }
    return {lifetime.left, "asked by the server: " + lifetime.said_by + ' ' + words(lifetime.left)};
}

milliseconds next_pace(milliseconds pace, const ReadCounts& counts, const PollOptions& options) {
    milliseconds next = pace;
    if (counts.articles == 0 || counts.seen_before * 3 > counts.articles * 2) {
        next = pace * 3 / 2;
    } else if (counts.seen_before * 3 < counts.articles) {
        next = pace * 2 / 3;
    }
    return std::clamp<milliseconds>(std::chrono::floor<minutes>(next), options.shortest_pace,
                                    options.longest_pace);
}

QuietTimes quiet_times(const FeedState& state) {
    return {.hours = state.skip_hours, .days = state.skip_days};
}

NextPoll next_poll(const std::vector<Wait>& waits, const QuietTimes& quiet, Instant now,
                   const PollOptions& options, Random& random) {
    const auto& longest =
        *std::max_element(waits.begin(), waits.end(),
                          [](const Wait& a, const Wait& b) { return a.length < b.length; });
    const auto jitter = [&] {
        return std::min(chance(random, longest.length, options.max_jitter), kMostJitter);
    };
    const Instant due = now + longest.length + jitter();
    if (!quiet.covers(due)) {
        return {due, longest.reason};
    }
    // Not all feeds of a publisher in the first second of the hour.
    return {quiet.end(due) + std::min(jitter(), kMostAfterQuiet),
            "asked by the feed: nothing in its skipHours and skipDays (UTC)"};
}

}  // namespace wirewatch::feeds
