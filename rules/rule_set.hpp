// SPDX-License-Identifier: MIT
// All rules, compiled: from an article to its hits. The language: docs/rules.md.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"
#include "base/hit.hpp"
#include "base/rule.hpp"
#include "rules/problem.hpp"
#include "rules/query.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

struct Match {
    const Rule* rule = nullptr;  ///< owned by the RuleSet
    Hit hit;
};

struct Compilation;
class CompiledRules;

/// Immutable; any number of threads may match at once. Holds the enabled, good rules.
class RuleSet {
  public:
    RuleSet();  ///< no rules
    ~RuleSet();
    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;

    /// Compiles what is good and reports everything that is not: a bad rule never takes the others
    /// with it. Duplicate ids, unknown sets, cycles, syntax, regex, nothing positive to match.
    [[nodiscard]] static Compilation compile(std::vector<Rule> rules, std::vector<NamedSet> sets);

    /// The rules that `article`, from `feed`, satisfies, in the order in which they were given. For
    /// one article: a Matcher is made for more.
    [[nodiscard]] std::vector<Match> match(const Article& article, const Feed& feed) const;

    /// Rules that hang on no word: they are asked about every article.
    [[nodiscard]] std::vector<const Rule*> always_asked() const;

    /// A warning for each of them.
    [[nodiscard]] std::vector<Problem> unanchored() const;

    /// Of memory for matching, beside the rules' own texts and what each matcher needs.
    [[nodiscard]] std::size_t bytes() const;

    /// The rule as a tree, each node with whether it held and where; for one that did not match,
    /// the first parts that failed. Plain text, several lines. Empty where there is no such rule.
    [[nodiscard]] std::string explain(std::string_view rule_id, const Article& article,
                                      const Feed& feed) const;

    /// The rule in words: "'pakistan' and one of 3 and not 'cricket'". Empty: no such rule.
    [[nodiscard]] std::string in_words(std::string_view rule_id) const;

    /// Tells whether two texts of a rule look for the same (rules/fingerprint.hpp). Empty: no such
    /// rule.
    [[nodiscard]] std::string fingerprint(std::string_view rule_id) const;

    /// The words with wildcards that the rule and its sets are written with, none twice. Empty: no
    /// such rule.
    [[nodiscard]] std::vector<TermWord> wildcards(std::string_view rule_id) const;

    /// A warning for each rule that others make needless (rules/redundancy.hpp). Takes up to a
    /// second or so.
    [[nodiscard]] std::vector<Problem> redundant() const;

    [[nodiscard]] std::vector<const Rule*> rules() const;

    [[nodiscard]] const CompiledRules& compiled() const { return *compiled_; }

  private:
    std::unique_ptr<CompiledRules> compiled_;
};

struct Compilation {
    RuleSet set;
    std::vector<Problem> problems;  ///< in order of position; errors name rules that are left out
};

}  // namespace wirewatch::rules
