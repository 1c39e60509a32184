// SPDX-License-Identifier: MIT
// Matching by asking every rule about every word: slow, and nothing to go wrong in. What Matcher is
// held against.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "rules/query.hpp"
#include "rules/rule_set.hpp"

#include <vector>

namespace wirewatch::rules {

/// `rules` must outlive it. Any number of threads may match at once.
class PlainMatcher {
  public:
    explicit PlainMatcher(const RuleSet& rules);

    /// The rules that `article`, from `feed`, satisfies, in the order in which they were given.
    [[nodiscard]] std::vector<Match> match(const Article& article, const Feed& feed) const;

  private:
    const CompiledRules& compiled_;
    std::vector<Node> trees_;  // of all rules
};

}  // namespace wirewatch::rules
