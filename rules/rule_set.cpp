// SPDX-License-Identifier: MIT
#include "rules/rule_set.hpp"

#include "base/id.hpp"
#include "rules/document.hpp"
#include "rules/evaluate.hpp"
#include "rules/explain.hpp"
#include "rules/feed_filter.hpp"
#include "rules/parser.hpp"
#include "rules/redundancy.hpp"
#include "rules/regexes.hpp"
#include "rules/sets.hpp"
#include "rules/wording.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace wirewatch::rules {

namespace {

struct Compiled {
    Rule rule;
    Node query;  // resolved
};

/// The problems of one query; the tree where there is no error among them.
struct Checked {
    std::optional<Node> query;
    std::vector<Problem> problems;
};

Checked check(const Rule& rule, const Sets& sets, Regexes& regexes) {
    const Source source{rule.id, rule.query, rule.at, rule.bends};
    Parsed parsed = parse(source, regexes);
    Checked checked{std::nullopt, std::move(parsed.problems)};
    for (const Complaint& complaint : sets.complaints_about(parsed.sets)) {
        checked.problems.push_back(locate(source, Weight::error, complaint));
    }
    if (parsed.query) {
        Resolved resolved =
            sets.resolve(*parsed.query, rule.stemming ? Stemming::on : Stemming::off);
        for (const Complaint& complaint : resolved.complaints) {
            checked.problems.push_back(locate(source, Weight::error, complaint));
        }
        checked.query = std::move(resolved.query);
    }
    return checked;
}

void sort_by_position(std::vector<Problem>& problems) {
    std::stable_sort(problems.begin(), problems.end(), [](const Problem& a, const Problem& b) {
        return std::tie(a.at.file, a.at.line, a.at.column) <
               std::tie(b.at.file, b.at.line, b.at.column);
    });
}

}  // namespace

struct RuleSet::Impl {
    std::vector<Compiled> rules;
    Regexes regexes;

    [[nodiscard]] const Compiled* find(std::string_view id) const {
        const auto found = std::find_if(rules.begin(), rules.end(),
                                        [&](const Compiled& one) { return one.rule.id == id; });
        return found == rules.end() ? nullptr : &*found;
    }
};

RuleSet::RuleSet() : impl_{std::make_unique<Impl>()} {}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

Compilation RuleSet::compile(std::vector<Rule> rules, std::vector<NamedSet> sets) {
    Compilation result;
    Impl& impl = *result.set.impl_;
    const Sets named{sets, impl.regexes};
    result.problems = named.problems();
    std::set<std::string> ids;
    for (Rule& rule : rules) {
        Checked checked = check(rule, named, impl.regexes);
        const auto refuse = [&](std::string text) {
            const Source source{rule.id, rule.query, rule.at, rule.bends};
            checked.problems.push_back(locate(source, Weight::error, {{}, std::move(text)}));
            checked.query.reset();
        };
        if (!is_id(rule.id)) {
            refuse("the id of a rule has 1 to 64 small letters, digits, '.', '_' and '-'");
        } else if (!ids.insert(rule.id).second) {
            refuse("there is another rule with this id");
        }
        std::move(checked.problems.begin(), checked.problems.end(),
                  std::back_inserter(result.problems));
        if (checked.query && rule.enabled) {
            impl.rules.push_back({std::move(rule), std::move(*checked.query)});
        }
    }
    sort_by_position(result.problems);
    return result;
}

std::vector<Match> RuleSet::match(const Article& article, const Feed& feed) const {
    std::vector<Match> matches;
    const Document document{article, feed};
    const Reading reading{document, impl_->regexes};
    for (const Compiled& one : impl_->rules) {
        if (admits(one.rule.feeds, feed) && holds(one.query, reading)) {
            matches.push_back({&one.rule, hit_of(one.query, reading)});
            matches.back().hit.rule_id = one.rule.id;
        }
    }
    return matches;
}

std::string RuleSet::explain(std::string_view rule_id, const Article& article,
                             const Feed& feed) const {
    const Compiled* one = impl_->find(rule_id);
    if (one == nullptr) {
        return {};
    }
    const Document document{article, feed};
    std::string text = rules::explain(one->query, {document, impl_->regexes});
    if (!admits(one->rule.feeds, feed)) {
        text += "\nwhy not: the rule is not about the feed '" + feed.id + "'";
    }
    return text;
}

std::string RuleSet::in_words(std::string_view rule_id) const {
    const Compiled* one = impl_->find(rule_id);
    return one == nullptr ? std::string{} : rules::in_words(one->query);
}

std::vector<TermWord> RuleSet::wildcards(std::string_view rule_id) const {
    const Compiled* one = impl_->find(rule_id);
    return one == nullptr ? std::vector<TermWord>{} : rules::wildcards(one->query);
}

std::vector<Problem> RuleSet::redundant() const {
    std::vector<RuleQuery> queries;
    std::transform(impl_->rules.begin(), impl_->rules.end(), std::back_inserter(queries),
                   [](const Compiled& one) {
                       return RuleQuery{&one.rule, &one.query};
                   });
    return redundant_rules(queries);
}

std::vector<const Rule*> RuleSet::rules() const {
    std::vector<const Rule*> all;
    std::transform(impl_->rules.begin(), impl_->rules.end(), std::back_inserter(all),
                   [](const Compiled& one) { return &one.rule; });
    return all;
}

}  // namespace wirewatch::rules
