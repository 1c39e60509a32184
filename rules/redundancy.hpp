// SPDX-License-Identifier: MIT
// Rules that add nothing, because others find all that they find.
#pragma once

#include "base/rule.hpp"
#include "rules/problem.hpp"
#include "rules/query.hpp"

#include <cstddef>
#include <vector>

namespace wirewatch::rules {

/// Nodes looked at before the search for redundant rules gives up; our choice: less than a second.
inline constexpr std::size_t kMaxComparisons = 5'000'000;

struct RuleQuery {
    const Rule* rule = nullptr;
    const Node* query = nullptr;  ///< resolved
};

/// A warning for each rule whose matches another rule, or two others together, have all (of two
/// equal rules the later). Only where nothing but the query tells them apart: the other covers its
/// feeds, has all its tags, and is at least as severe. Not every such rule is found, but none
/// wrongly. A last warning, of no rule, says where there were too many to compare them all.
[[nodiscard]] std::vector<Problem> redundant_rules(const std::vector<RuleQuery>& rules);

}  // namespace wirewatch::rules
