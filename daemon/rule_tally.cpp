// SPDX-License-Identifier: MIT
#include "daemon/rule_tally.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace wirewatch::daemon {

namespace {

void add(RuleCount& to, const rules::RuleCounters& more) {
    to.candidates += more.candidates;
    to.evaluations += more.evaluations;
    to.matches += more.matches;
    to.given_up += more.given_up;
}

}  // namespace

void RuleTally::begin(const std::vector<const Rule*>& rules) {
    std::unordered_map<std::string_view, const RuleCount*> known;
    for (const RuleCount& count : counts_.first) {
        known.emplace(count.rule_id, &count);
    }
    before_ = {.all = counts_.all, .first = {}};
    for (std::size_t i = 0; i < std::min(rules.size(), most_); ++i) {
        const auto found = known.find(rules[i]->id);
        before_.first.push_back(found == known.end() ? RuleCount{.rule_id = rules[i]->id}
                                                     : *found->second);
    }
    counts_ = before_;
}

void RuleTally::take(const std::vector<rules::RuleCounters>& counters) {
    counts_ = before_;
    for (std::size_t i = 0; i < counters.size(); ++i) {
        add(counts_.all, counters[i]);
        if (i < counts_.first.size()) {
            add(counts_.first[i], counters[i]);
        }
    }
}

}  // namespace wirewatch::daemon
