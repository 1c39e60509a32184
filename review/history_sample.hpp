// SPDX-License-Identifier: MIT
// What the newest stored articles say about rules: how often each matches, and in which words its
// wildcards are found.
#pragma once

#include "base/error.hpp"
#include "review/session.hpp"
#include "rules/problem.hpp"
#include "rules/rule_set.hpp"
#include "rules/vocabulary.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace wirewatch::review {

inline constexpr std::size_t kSampleArticles = 2'000;  ///< the newest; our choice
inline constexpr std::size_t kSmallestSample = 100;    ///< of fewer, a share says nothing
inline constexpr std::size_t kBroadPercent = 5;        ///< docs/rules.md

struct HistorySample {
    std::size_t articles = 0;
    std::map<std::string, std::size_t, std::less<>> matches;  ///< by rule id
    rules::Vocabulary words;
};

/// Reads the history of `setup`, with a progress bar where it takes long. Error: not_found where
/// there is none yet.
[[nodiscard]] Result<HistorySample> sample_history(const Session& session, const Setup& setup,
                                                   const rules::RuleSet& set);

/// A warning for each rule that matches more than kBroadPercent of the sample. None where it has
/// fewer than kSmallestSample articles.
[[nodiscard]] std::vector<rules::Problem> broad_rules(const rules::RuleSet& set,
                                                      const HistorySample& sample);

}  // namespace wirewatch::review
