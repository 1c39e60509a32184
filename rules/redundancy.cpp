// SPDX-License-Identifier: MIT
#include "rules/redundancy.hpp"

#include "rules/containment.hpp"
#include "rules/source.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kMaxAlternatives = 50;  // of one OR that are looked at each for itself

bool has_all(const std::vector<std::string>& all, const std::vector<std::string>& wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    });
}

/// Whether a match of `wide` serves for one of `narrow`, were the queries the same.
bool stands_in_for(const Rule& wide, const Rule& narrow) {
    const bool feeds =
        wide.feeds.empty() || (!narrow.feeds.empty() && has_all(wide.feeds, narrow.feeds));
    return feeds && has_all(wide.tags, narrow.tags) && wide.severity >= narrow.severity;
}

const Node& inner(const Node& node) {
    const Node* at = &node;
    while (at->kind == Kind::set || at->kind == Kind::field) {
        at = &at->children.front();
    }
    return *at;
}

/// What must hold together for the query to hold.
using Conjuncts = std::vector<const Node*>;

Conjuncts conjuncts_of(const Node& query) {
    Conjuncts found;
    Conjuncts waiting{&query};
    while (!waiting.empty()) {
        const Node& node = inner(*waiting.back());
        waiting.pop_back();
        if (node.kind == Kind::all) {
            std::for_each(node.children.rbegin(), node.children.rend(),
                          [&](const Node& child) { waiting.push_back(&child); });
        } else {
            found.push_back(&node);
        }
    }
    return found;
}

/// The query as alternatives, by taking one of its ORs apart.
std::vector<Conjuncts> alternatives(const Conjuncts& conjuncts, std::size_t at) {
    std::vector<Conjuncts> found;
    for (const Node& alternative : conjuncts[at]->children) {
        found.push_back(conjuncts);
        found.back()[at] = &alternative;
    }
    return found;
}

class Comparison {
  public:
    explicit Comparison(const std::vector<RuleQuery>& rules) : rules_{rules} {}

    std::vector<Problem> run() {
        std::vector<Problem> problems;
        for (std::size_t one = 0; one < rules_.size() && !containment_.used_up(); ++one) {
            const std::string others = made_redundant_by(one);
            if (!others.empty()) {
                const Rule& rule = *rules_[one].rule;
                problems.push_back(locate({rule.id, rule.query, rule.at, rule.bends},
                                          Weight::warning,
                                          {{}, "all that this rule finds, " + others + " too"}));
            }
        }
        if (containment_.used_up()) {
            problems.push_back({.weight = Weight::warning,
                                .text = "there are too many rules to compare each with each; "
                                        "some may add nothing to others"});
        }
        return problems;
    }

  private:
    /// "'world' finds", "'gas' and 'oil' together find"; empty: it adds something.
    std::string made_redundant_by(std::size_t one) {
        std::vector<std::size_t> others;
        for (std::size_t other = 0; other < rules_.size(); ++other) {
            if (other == one || !stands_in_for(*rules_[other].rule, *rules_[one].rule)) {
                continue;
            }
            if (contains(other, one)) {
                if (is_kept_of_two(other, one)) {
                    return quoted(other) + " finds";
                }
            } else {
                others.push_back(other);
            }
        }
        return by_two(one, others);
    }

    bool contains(std::size_t wide, std::size_t narrow) {
        return containment_.contains(*rules_[wide].query, *rules_[narrow].query);
    }

    /// Of two rules that stand in for each other, the first is kept.
    bool is_kept_of_two(std::size_t wide, std::size_t narrow) {
        return wide < narrow || !stands_in_for(*rules_[narrow].rule, *rules_[wide].rule) ||
               !contains(narrow, wide);
    }

    std::string by_two(std::size_t one, const std::vector<std::size_t>& others) {
        const Conjuncts conjuncts = conjuncts_of(*rules_[one].query);
        for (std::size_t at = 0; at < conjuncts.size(); ++at) {
            const Node& node = *conjuncts[at];
            if (node.kind != Kind::any || node.children.size() > kMaxAlternatives) {
                continue;
            }
            const auto parts = alternatives(conjuncts, at);
            for (const std::size_t first : covering(parts.front(), others)) {
                std::vector<Conjuncts> rest;
                std::copy_if(parts.begin(), parts.end(), std::back_inserter(rest),
                             [&](const Conjuncts& part) { return !covers_part(first, part); });
                if (rest.empty()) {  // the tree as a whole did not show it
                    return quoted(first) + " finds";
                }
                for (const std::size_t second : covering(rest.front(), others)) {
                    if (covers_all(second, rest)) {
                        return quoted(std::min(first, second)) + " and " +
                               quoted(std::max(first, second)) + " together find";
                    }
                }
            }
        }
        return {};
    }

    bool covers_all(std::size_t wide, const std::vector<Conjuncts>& parts) {
        return std::all_of(parts.begin(), parts.end(),
                           [&](const Conjuncts& part) { return covers_part(wide, part); });
    }

    std::vector<std::size_t> covering(const Conjuncts& part,
                                      const std::vector<std::size_t>& others) {
        std::vector<std::size_t> found;
        std::copy_if(others.begin(), others.end(), std::back_inserter(found),
                     [&](std::size_t other) { return covers_part(other, part); });
        return found;
    }

    bool covers_part(std::size_t wide, const Conjuncts& part) {
        return containment_.contains(*rules_[wide].query, part);
    }

    [[nodiscard]] std::string quoted(std::size_t rule) const {
        return "'" + rules_[rule].rule->id + "'";
    }

    const std::vector<RuleQuery>& rules_;
    Containment containment_{kMaxComparisons};
};

}  // namespace

std::vector<Problem> redundant_rules(const std::vector<RuleQuery>& rules) {
    return Comparison{rules}.run();
}

}  // namespace wirewatch::rules
