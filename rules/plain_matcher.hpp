// SPDX-License-Identifier: MIT
// Matching by asking every rule about every word: slow, and nothing to go wrong in. What Matcher is
// held against.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "rules/answers.hpp"
#include "rules/query.hpp"
#include "rules/rule_set.hpp"

#include <vector>

namespace wirewatch::rules {

/// For one thread. `rules` must outlive it. Takes what time it takes.
class PlainMatcher {
  public:
    explicit PlainMatcher(const RuleSet& rules);
    PlainMatcher(const PlainMatcher&) = delete;
    PlainMatcher& operator=(const PlainMatcher&) = delete;

    /// The rules that `article`, from `feed`, satisfies, in the order in which they were given.
    [[nodiscard]] std::vector<Match> match(const Article& article, const Feed& feed);

    /// The same without the hits.
    [[nodiscard]] std::vector<const Rule*> matching(const Article& article, const Feed& feed);

  private:
    void visit_matches(const Article& article, const Feed& feed, const auto& take);

    const CompiledRules& compiled_;
    const std::vector<Node> trees_;  // of all rules
    Answers answers_;
};

}  // namespace wirewatch::rules
