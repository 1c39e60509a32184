// SPDX-License-Identifier: MIT
#include "rules/compiled_rules.hpp"

#include "base/check.hpp"
#include "rules/parser.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace wirewatch::rules {

CompiledRules::CompiledRules(std::vector<NamedSet> sets)
    : set_texts_{std::move(sets)}, sets_{set_texts_, regexes_} {}

void CompiledRules::add(Rule rule, Node query) {
    const auto number = static_cast<std::uint32_t>(rules_.size());
    index_.add(query, regexes_);
    if (!index_.is_whole(number)) {
        trees_.emplace(number, std::move(query));
    }
    needs_more_.push_back(!rule.feeds.empty() || !index_.is_whole(number));
    rules_.push_back(std::move(rule));
}

void CompiledRules::seal() {
    index_.seal();
    by_id_.resize(rules_.size());
    std::iota(by_id_.begin(), by_id_.end(), 0);
    std::sort(by_id_.begin(), by_id_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return rules_[a].id < rules_[b].id; });
}

std::optional<std::uint32_t> CompiledRules::find(std::string_view rule_id) const {
    const auto found = std::lower_bound(
        by_id_.begin(), by_id_.end(), rule_id,
        [&](std::uint32_t rule, std::string_view id) { return rules_[rule].id < id; });
    return found != by_id_.end() && rules_[*found].id == rule_id ? std::optional{*found}
                                                                 : std::nullopt;
}

Node CompiledRules::tree_of(std::uint32_t rule) const {
    if (const auto kept = trees_.find(rule); kept != trees_.end()) {
        return kept->second;
    }
    // It was parsed before and found good, and holds no expression.
    Regexes none;
    const Rule& text = rules_[rule];
    Parsed parsed = parse({text.id, text.query, text.at, text.bends}, none);
    WIREWATCH_CHECK(parsed.query.has_value());
    Resolved resolved = sets_.resolve(*parsed.query, text.stemming ? Stemming::on : Stemming::off);
    WIREWATCH_CHECK(resolved.query.has_value());
    return std::move(*resolved.query);
}

}  // namespace wirewatch::rules
