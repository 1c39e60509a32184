// SPDX-License-Identifier: MIT
// What the tests of rules/ share: one rule, one article, one answer.
#pragma once

#include "rules/rule_set.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wirewatch::rules {

inline Rule rule_of(std::string query) {
    Rule rule;
    rule.id = "r";
    rule.query = std::move(query);
    rule.at = {"rules.toml", 10, 5};
    return rule;
}

inline NamedSet set_of(std::string name, std::string query, int line = 1) {
    return {std::move(name), std::move(query), {"rules.toml", line, 10}};
}

inline Article titled(std::string title, std::string language = "en") {
    Article article;
    article.title = std::move(title);
    article.language = std::move(language);
    return article;
}

inline Feed any_feed() {
    Feed feed;
    feed.id = "voa-world";
    feed.title = "VOA World News";
    feed.tags = {"world", "english"};
    return feed;
}

/// Every problem as "line:column error|warning text".
inline std::vector<std::string> lines_of(const std::vector<Problem>& problems) {
    std::vector<std::string> lines;
    for (const Problem& problem : problems) {
        lines.push_back(std::to_string(problem.at.line) + ":" + std::to_string(problem.at.column) +
                        (problem.weight == Weight::error ? " error " : " warning ") + problem.text);
    }
    return lines;
}

/// Whether the one rule, which must compile, matches.
inline bool matches(const std::string& query, const Article& article,
                    std::vector<NamedSet> sets = {}) {
    const Compilation compilation = RuleSet::compile({rule_of(query)}, std::move(sets));
    return !compilation.set.match(article, any_feed()).empty();
}

}  // namespace wirewatch::rules
