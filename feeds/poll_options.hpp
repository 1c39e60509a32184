// SPDX-License-Identifier: MIT
// How often feeds are polled, and how an adaptive feed finds its pace.
#pragma once

#include <chrono>
#include <optional>
#include <random>

namespace wirewatch::feeds {

/// Source of all values: docs/polling.md.
struct PollOptions {
    std::optional<std::chrono::milliseconds> interval;  ///< where a feed names none; none: each
                                                        ///< feed finds its own pace (adaptive)
    std::chrono::milliseconds shortest_pace = std::chrono::minutes{5};
    std::chrono::milliseconds first_pace = std::chrono::minutes{15};
    std::chrono::milliseconds longest_pace = std::chrono::minutes{60};
    std::chrono::milliseconds max_backoff = std::chrono::hours{24};
    double max_jitter = 0.1;  ///< every wait is longer by up to this share of itself

    friend bool operator==(const PollOptions&, const PollOptions&) = default;
};

/// Seeded by its owner: the desk from the system, tests with a number.
using Random = std::mt19937_64;

}  // namespace wirewatch::feeds
