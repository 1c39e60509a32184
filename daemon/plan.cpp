// SPDX-License-Identifier: MIT
#include "daemon/plan.hpp"

#include "rules/feed_filter.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

namespace wirewatch::daemon {

namespace {

/// Ids of rules and "@names" of sets.
std::unordered_set<std::string> in_error(const Problems& problems) {
    std::unordered_set<std::string> names;
    for (const rules::Problem& problem : problems) {
        if (problem.weight == rules::Weight::error) {
            names.insert(problem.rule_id);
        }
    }
    return names;
}

/// Each bad one of `now` as it stood in `former`, where it did.
template <class T, class NameOf>
void fall_back(std::vector<T>& now, const std::vector<T>& former,
               const std::unordered_set<std::string>& bad, NameOf name_of) {
    for (T& one : now) {
        const auto old = std::find_if(former.begin(), former.end(), [&](const T& candidate) {
            return name_of(candidate) == name_of(one);
        });
        if (bad.contains(name_of(one)) && old != former.end()) {
            one = *old;
        }
    }
}

/// Sets first: a rule may be wrong only because a set of it is.
rules::Compilation compile_with_former(Config& config, const Problems& problems,
                                       const Config& former) {
    fall_back(config.sets, former.sets, in_error(problems),
              [](const NamedSet& set) { return "@" + set.name; });
    const auto compiled = rules::RuleSet::compile(config.rules, config.sets);
    fall_back(config.rules, former.rules, in_error(compiled.problems),
              [](const Rule& rule) { return rule.id; });
    return rules::RuleSet::compile(config.rules, config.sets);
}

/// A set of their own: the others must not cost anything while these look at stored articles.
rules::RuleSet backfilling(const rules::RuleSet& all, const std::vector<NamedSet>& sets) {
    std::vector<Rule> some;
    for (const Rule* rule : all.rules()) {
        if (rule->backfill) {
            some.push_back(*rule);
        }
    }
    return some.empty() ? rules::RuleSet{} : rules::RuleSet::compile(std::move(some), sets).set;
}

/// Over all that the hits of the rule depend on.
Uuid text_of(const Rule& rule, const rules::RuleSet& rules) {
    std::string feeds;
    for (const std::string& feed : rule.feeds) {
        feeds.append(feed).append("\n");
    }
    return head16(sha256({rules.fingerprint(rule.id), feeds, to_text(*rule.backfill)}));
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
    if (former != nullptr && errors_in(plan->rule_problems) > 0) {
        // The problems stay those of the text that was read: they are what its author has to mend.
        compiled = compile_with_former(plan->config, plan->rule_problems, former->config);
    }
    plan->rules = std::move(compiled.set);
    plan->backfill_rules = backfilling(plan->rules, plan->config.sets);
    for (const Rule* rule : plan->backfill_rules.rules()) {
        plan->backfill_texts.push_back(text_of(*rule, plan->backfill_rules));
    }
    for (rules::Problem& idle :
         rules::rules_without_feeds(plan->config.rules, plan->config.feeds)) {
        plan->rule_problems.push_back(std::move(idle));
    }
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
