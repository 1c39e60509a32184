// SPDX-License-Identifier: MIT
// What rules have cost and brought since the start of the run. A matcher counts too, but each
// reload begins with a new one.
#pragma once

#include "base/rule.hpp"
#include "rules/matcher.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wirewatch::daemon {

/// As rules::RuleCounters.
struct RuleCount {
    std::string rule_id;
    std::uint64_t candidates = 0;
    std::uint64_t evaluations = 0;
    std::uint64_t matches = 0;
    std::uint64_t given_up = 0;
};

struct RuleCounts {
    RuleCount all;                 ///< of all rules that there were, without an id
    std::vector<RuleCount> first;  ///< of the first ones in force, in the order of configuration
};

/// Thread: the desk.
class RuleTally {
  public:
    /// Keeps apart the counts of so many rules.
    explicit RuleTally(std::size_t most) : most_{most} {}

    /// Another matcher has these rules in force, and has counted nothing yet. A rule that stays
    /// keeps its counts, one that comes back begins anew.
    void begin(const std::vector<const Rule*>& rules);

    /// What that matcher has counted so far.
    void take(const std::vector<rules::RuleCounters>& counters);

    [[nodiscard]] const RuleCounts& counts() const { return counts_; }

  private:
    std::size_t most_;
    RuleCounts before_;  ///< this matcher
    RuleCounts counts_;  ///< with it
};

}  // namespace wirewatch::daemon
