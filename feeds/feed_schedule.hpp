// SPDX-License-Identifier: MIT
// What a feed says on how often, and when, it wants to be asked.
#pragma once

#include <chrono>
#include <vector>

namespace pugi {
class xml_node;
}

namespace wirewatch::feeds {

/// Zero and empty: not said.
struct FeedSchedule {
    std::chrono::minutes ttl{0};                  ///< RSS ttl: good for so long; at most a year
    std::chrono::seconds update_period{0};        ///< sy:updatePeriod / sy:updateFrequency
    std::vector<int> skip_hours;                  ///< RSS skipHours: 0 to 23, UTC
    std::vector<std::chrono::weekday> skip_days;  ///< RSS skipDays, UTC
};

/// Reads it from an RSS channel or an Atom feed. Sources: RSS 2.0; RSS 1.0 module Syndication
/// (web.resource.org/rss/1.0/modules/syndication/).
[[nodiscard]] FeedSchedule read_schedule(pugi::xml_node channel);

}  // namespace wirewatch::feeds
