// SPDX-License-Identifier: MIT
#include "rules/rule_costs.hpp"

namespace wirewatch::rules {

namespace {

double scaled(float time, std::uint32_t timed, std::uint32_t all) {
    return timed == 0
               ? 0.0
               : static_cast<double>(time) / static_cast<double>(timed) * static_cast<double>(all);
}

}  // namespace

std::chrono::nanoseconds RuleCosts::Times::of(const Counts& counts) const {
    return std::chrono::nanoseconds{static_cast<std::int64_t>(
        scaled(evaluating, evaluations, counts.evaluations) + scaled(spans, hits, counts.matches))};
}

std::vector<RuleCounters> RuleCosts::counters() const {
    std::vector<RuleCounters> all(counts_.size());
    for (std::size_t rule = 0; rule < all.size(); ++rule) {
        const Counts& counts = counts_[rule];
        all[rule] = {.candidates = counts.candidates,
                     .evaluations = counts.evaluations,
                     .matches = counts.matches,
                     .given_up = counts.given_up,
                     .time = times_[rule].of(counts),
                     .slow = slow_[rule]};
    }
    return all;
}

std::size_t RuleCosts::bytes() const {
    return counts_.capacity() * sizeof(Counts) + times_.capacity() * sizeof(Times) +
           slow_.capacity() / 8;
}

}  // namespace wirewatch::rules
