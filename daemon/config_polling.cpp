// SPDX-License-Identifier: MIT
#include "daemon/config_polling.hpp"

#include "daemon/config_lists.hpp"

#include <utility>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr milliseconds kLongestInterval = 24h * 7;

void set_interval(Feed& feed, const Interval& interval) {
    feed.interval = interval.fixed;
    feed.adaptive = !interval.fixed;
}

TagIntervals read_tag_intervals(TomlTable table) {
    TagIntervals intervals;
    for (const auto& [tag, text] : table.named_texts()) {
        if (const auto interval = read_interval(table, tag)) {
            intervals.emplace(tag, *interval);
        }
    }
    return intervals;
}

}  // namespace

std::optional<Interval> read_interval(TomlTable& table, std::string_view key,
                                      std::string_view otherwise) {
    const auto read =
        table.duration_or(key, "adaptive", otherwise, kShortestInterval, kLongestInterval);
    return read ? std::optional{Interval{read->duration}} : std::nullopt;
}

TagIntervals read_polling(TomlTable& fetch, Config& config) {
    if (const auto interval = read_interval(fetch, "interval", "adaptive")) {
        config.poll.interval = interval->fixed;
    }
    config.poll.max_backoff =
        fetch.duration("max_backoff", config.poll.max_backoff, 1min, kLongestInterval);
    config.scheduler.max_in_flight =
        fetch.integer("max_in_flight", config.scheduler.max_in_flight, 1, 4096);
    config.scheduler.max_per_host =
        fetch.integer("max_per_host", config.scheduler.max_per_host, 1, 64);
    config.scheduler.host_spacing =
        fetch.duration("host_spacing", config.scheduler.host_spacing, 0s, 1h);
    return read_tag_intervals(fetch.table("interval_by_tag"));
}

void apply_tag_intervals(const TagIntervals& of_tags, std::vector<Feed>& feeds) {
    for (Feed& feed : feeds) {
        if (feed.interval || feed.adaptive) {
            continue;
        }
        for (const std::string& tag : feed.tags) {
            if (const auto found = of_tags.find(tag); found != of_tags.end()) {
                set_interval(feed, found->second);
                break;
            }
        }
    }
}

}  // namespace wirewatch::daemon
