// SPDX-License-Identifier: MIT
#include "rules/plain_matcher.hpp"

#include "rules/compiled_rules.hpp"
#include "rules/document.hpp"
#include "rules/evaluate.hpp"
#include "rules/feed_filter.hpp"

#include <cstdint>

namespace wirewatch::rules {

PlainMatcher::PlainMatcher(const RuleSet& rules) : compiled_{rules.compiled()} {
    for (std::uint32_t number = 0; number < compiled_.rules().size(); ++number) {
        trees_.push_back(compiled_.tree_of(number));
    }
}

std::vector<Match> PlainMatcher::match(const Article& article, const Feed& feed) const {
    std::vector<Match> matches;
    const Document document{article, feed};
    const Reading reading{document, compiled_.regexes()};
    for (std::size_t number = 0; number < trees_.size(); ++number) {
        const Rule& rule = compiled_.rules()[number];
        if (admits(rule.feeds, feed) && holds(trees_[number], reading)) {
            matches.push_back({&rule, hit_of(trees_[number], reading)});
            matches.back().hit.rule_id = rule.id;
        }
    }
    return matches;
}

}  // namespace wirewatch::rules
