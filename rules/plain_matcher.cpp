// SPDX-License-Identifier: MIT
#include "rules/plain_matcher.hpp"

#include "rules/compiled_rules.hpp"
#include "rules/document.hpp"
#include "rules/evaluate.hpp"
#include "rules/feed_filter.hpp"

#include <cstdint>

namespace wirewatch::rules {

namespace {

std::vector<Node> trees_of(const CompiledRules& compiled) {
    std::vector<Node> trees;
    for (std::uint32_t number = 0; number < compiled.rules().size(); ++number) {
        trees.push_back(compiled.tree_of(number));
    }
    return trees;
}

}  // namespace

PlainMatcher::PlainMatcher(const RuleSet& rules)
    : compiled_{rules.compiled()}, trees_{trees_of(compiled_)}, answers_{trees_} {}

void PlainMatcher::visit_matches(const Article& article, const Feed& feed, const auto& take) {
    const Document document{article, feed};
    answers_.begin_article();
    const Reading reading{document, compiled_.regexes(), nullptr, &answers_};
    for (std::size_t number = 0; number < trees_.size(); ++number) {
        if (admits(compiled_.rules()[number].feeds, feed) && holds(trees_[number], reading)) {
            take(number, reading);
        }
    }
}

std::vector<Match> PlainMatcher::match(const Article& article, const Feed& feed) {
    std::vector<Match> matches;
    visit_matches(article, feed, [&](std::size_t number, const Reading& reading) {
        const Rule& rule = compiled_.rules()[number];
        matches.push_back({&rule, hit_of(trees_[number], reading)});
        matches.back().hit.rule_id = rule.id;
    });
    return matches;
}

std::vector<const Rule*> PlainMatcher::matching(const Article& article, const Feed& feed) {
    std::vector<const Rule*> rules;
    visit_matches(article, feed, [&](std::size_t number, const Reading&) {
        rules.push_back(&compiled_.rules()[number]);
    });
    return rules;
}

}  // namespace wirewatch::rules
