// SPDX-License-Identifier: MIT
// Which feeds a rule is about: "tag:world", "voa-*", "dawn".
#pragma once

#include "base/feed.hpp"
#include "base/rule.hpp"
#include "rules/problem.hpp"

#include <string>
#include <vector>

namespace wirewatch::rules {

/// Whether one of the patterns is the feed's id or, after "tag:", one of its tags; `*` and `?` as
/// in words. No patterns: every feed.
[[nodiscard]] bool admits(const std::vector<std::string>& patterns, const Feed& feed);

/// A warning for each rule whose patterns admit none of `feeds`: it can never match. None where
/// there are no feeds at all, since the rules may be checked without them.
[[nodiscard]] std::vector<Problem> rules_without_feeds(const std::vector<Rule>& rules,
                                                       const std::vector<Feed>& feeds);

}  // namespace wirewatch::rules
