// SPDX-License-Identifier: MIT
#include "rules/feed_filter.hpp"

#include "rules/glob.hpp"

#include <algorithm>
#include <string_view>

namespace wirewatch::rules {

bool admits(const std::vector<std::string>& patterns, const Feed& feed) {
    constexpr std::string_view kTag = "tag:";
    const auto one_admits = [&](std::string_view pattern) {
        if (!pattern.starts_with(kTag)) {
            return glob(pattern, feed.id);
        }
        return std::any_of(feed.tags.begin(), feed.tags.end(), [&](const std::string& tag) {
            return glob(pattern.substr(kTag.size()), tag);
        });
    };
    return patterns.empty() || std::any_of(patterns.begin(), patterns.end(), one_admits);
}

std::vector<Problem> rules_without_feeds(const std::vector<Rule>& rules,
                                         const std::vector<Feed>& feeds) {
    std::vector<Problem> problems;
    for (const Rule& rule : rules) {
        const bool reached = std::any_of(
            feeds.begin(), feeds.end(), [&](const Feed& feed) { return admits(rule.feeds, feed); });
        if (!feeds.empty() && !reached) {
            problems.push_back({.weight = Weight::warning,
                                .rule_id = rule.id,
                                .at = rule.at,
                                .text =
                                    "'feeds' names none of the feeds, so the rule can never match; "
                                    "write their ids, \"voa-*\" or \"tag:world\""});
        }
    }
    return problems;
}

}  // namespace wirewatch::rules
