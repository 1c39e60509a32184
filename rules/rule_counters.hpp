// SPDX-License-Identifier: MIT
// What a rule costs and brings, as people are told.
#pragma once

#include <chrono>
#include <cstdint>

namespace wirewatch::rules {

/// What a rule has cost and brought since its matcher was made.
struct RuleCounters {
    std::uint32_t candidates = 0;   ///< articles that had the words that call it
    std::uint32_t evaluations = 0;  ///< of these, those for which words alone did not tell
    std::uint32_t matches = 0;
    std::uint32_t given_up = 0;        ///< articles that would have taken too long to tell
    std::chrono::nanoseconds time{0};  ///< that it took, spans too; from a sample of the articles
    bool slow = false;                 ///< some article took it over a millisecond
};

}  // namespace wirewatch::rules
