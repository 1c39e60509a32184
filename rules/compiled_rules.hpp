// SPDX-License-Identifier: MIT
// What a RuleSet holds.
#pragma once

#include "base/rule.hpp"
#include "rules/query.hpp"
#include "rules/regexes.hpp"
#include "rules/rule_index.hpp"
#include "rules/sets.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// Trees are large: only those of rules that a program cannot say whole are kept, all others are
/// parsed again where somebody asks why.
class CompiledRules {
  public:
    explicit CompiledRules(std::vector<NamedSet> sets);
    CompiledRules(const CompiledRules&) = delete;
    CompiledRules& operator=(const CompiledRules&) = delete;

    /// Takes a rule that has been checked; `query` is its tree.
    void add(Rule rule, Node query);
    void seal();

    [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view rule_id) const;
    [[nodiscard]] const RuleIndex& index() const { return index_; }

    /// The resolved query of a rule.
    [[nodiscard]] Node tree_of(std::uint32_t rule) const;

    /// Whether more than the program has to hold: the rule is for some feeds only, or its program
    /// does not say all.
    [[nodiscard]] bool needs_more(std::uint32_t rule) const { return needs_more_[rule]; }

    /// The same for a rule whose program does not say all.
    [[nodiscard]] const Node& kept_tree(std::uint32_t rule) const { return trees_.at(rule); }

    [[nodiscard]] const Sets& sets() const { return sets_; }
    [[nodiscard]] Regexes& regexes() { return regexes_; }
    [[nodiscard]] const Regexes& regexes() const { return regexes_; }

  private:
    std::vector<NamedSet> set_texts_;
    Regexes regexes_;
    Sets sets_;
    std::vector<Rule> rules_;
    std::vector<std::uint32_t> by_id_;
    std::map<std::uint32_t, Node> trees_;
    std::vector<bool> needs_more_;
    RuleIndex index_;
};

}  // namespace wirewatch::rules
