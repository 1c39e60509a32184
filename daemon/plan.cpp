// SPDX-License-Identifier: MIT
#include "daemon/plan.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace wirewatch::daemon {

namespace {

std::unordered_set<std::string> rules_in_error(const Problems& problems) {
    std::unordered_set<std::string> ids;
    for (const rules::Problem& problem : problems) {
        if (problem.weight == rules::Weight::error) {
            ids.insert(problem.rule_id);
        }
    }
    return ids;
}

/// `rules` with each bad one as it stood in `former`. Whether that changed anything.
bool fall_back(std::vector<Rule>& rules, const Problems& problems, const Plan& former) {
    const auto bad = rules_in_error(problems);
    bool changed = false;
    for (Rule& rule : rules) {
        if (!bad.contains(rule.id)) {
            continue;
        }
        const auto old =
            std::find_if(former.config.rules.begin(), former.config.rules.end(),
                         [&](const Rule& candidate) { return candidate.id == rule.id; });
        if (old != former.config.rules.end() && old->query != rule.query) {
            rule = *old;
            changed = true;
        }
    }
    return changed;
}

}  // namespace

const Feed* Plan::feed(std::string_view id) const {
    const auto found = feed_index.find(std::string{id});
    return found == feed_index.end() ? nullptr : &config.feeds[found->second];
}

std::shared_ptr<const Plan> make_plan(Config config, const Plan* former) {
    auto plan = std::make_shared<Plan>();
    plan->config = std::move(config);
    auto compiled = rules::RuleSet::compile(plan->config.rules, plan->config.sets);
    plan->rule_problems = std::move(compiled.problems);
    if (former != nullptr && fall_back(plan->config.rules, plan->rule_problems, *former)) {
        // The problems stay those of the text that was read: they are what its author has to mend.
        compiled = rules::RuleSet::compile(plan->config.rules, plan->config.sets);
    }
    plan->rules = std::move(compiled.set);
    for (std::size_t i = 0; i < plan->config.feeds.size(); ++i) {
        plan->feed_index.emplace(plan->config.feeds[i].id, i);
    }
    return plan;
}

std::size_t errors_in(const Problems& problems) {
    return static_cast<std::size_t>(
        std::count_if(problems.begin(), problems.end(),
                      [](const auto& problem) { return problem.weight == rules::Weight::error; }));
}

}  // namespace wirewatch::daemon
