// SPDX-License-Identifier: MIT
// What the desk works by: feeds and compiled rules of one configuration. Built aside, swapped
// whole.
#pragma once

#include "base/digest.hpp"
#include "daemon/config.hpp"
#include "rules/rule_set.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wirewatch::daemon {

/// Immutable; shared by the threads that read it.
struct Plan {
    Config config;
    rules::RuleSet rules;
    rules::RuleSet backfill_rules;     ///< those of `rules` that look at stored articles too
    std::vector<Uuid> backfill_texts;  ///< of each of them, a digest of all that its hits depend on
    Problems rule_problems;            ///< warnings, and the errors that left rules out
    std::unordered_map<std::string, std::size_t> feed_index;

    /// Null where the configuration has no such feed.
    [[nodiscard]] const Feed* feed(std::string_view id) const;
};

/// Compiles the rules. A rule or set that is wrong is replaced by its version in `former` (none:
/// left out, and the rules that use it), and said in rule_problems.
[[nodiscard]] std::shared_ptr<const Plan> make_plan(Config config, const Plan* former = nullptr);

/// How many of `problems` are errors.
[[nodiscard]] std::size_t errors_in(const Problems& problems);

}  // namespace wirewatch::daemon
