// SPDX-License-Identifier: MIT
// What a rule asks of an article's words, for an index that knows words but no rules.
#pragma once

#include "base/requirement.hpp"
#include "rules/query.hpp"
#include "rules/rule_set.hpp"

#include <cstddef>
#include <string_view>

namespace wirewatch::rules {

/// Spellings of one requirement, over all its parts; where a query would have more, less of it is
/// required. Our choice.
inline constexpr std::size_t kMaxSpellings = 400;

/// Whatever the rule matches has this. `nothing` where that says nothing: regular expressions, a
/// wildcard in front, other fields than title, summary and content; and where there is no such
/// rule.
[[nodiscard]] Requirement required_words(const RuleSet& rules, std::string_view rule_id);

/// The same of a resolved query.
[[nodiscard]] Requirement required_words(const Node& query);

}  // namespace wirewatch::rules
