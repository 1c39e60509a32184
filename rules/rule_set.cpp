// SPDX-License-Identifier: MIT
#include "rules/rule_set.hpp"

#include "base/id.hpp"
#include "rules/compiled_rules.hpp"
#include "rules/document.hpp"
#include "rules/evaluate.hpp"
#include "rules/explain.hpp"
#include "rules/feed_filter.hpp"
#include "rules/fingerprint.hpp"
#include "rules/hooks.hpp"
#include "rules/matcher.hpp"
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

RuleSet::RuleSet() : compiled_{std::make_unique<CompiledRules>(std::vector<NamedSet>{})} {
    compiled_->seal();
}
RuleSet::~RuleSet() = default;
RuleSet::RuleSet(RuleSet&&) noexcept = default;
RuleSet& RuleSet::operator=(RuleSet&&) noexcept = default;

Compilation RuleSet::compile(std::vector<Rule> rules, std::vector<NamedSet> sets) {
    Compilation result;
    result.set.compiled_ = std::make_unique<CompiledRules>(std::move(sets));
    CompiledRules& compiled = *result.set.compiled_;
    result.problems = compiled.sets().problems();
    std::set<std::string> ids;
    for (Rule& rule : rules) {
        Checked checked = check(rule, compiled.sets(), compiled.regexes());
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
            compiled.add(std::move(rule), std::move(*checked.query));
        }
    }
    compiled.seal();
    sort_by_position(result.problems);
    return result;
}

std::vector<Match> RuleSet::match(const Article& article, const Feed& feed) const {
    return Matcher{*this}.match(article, feed);
}

std::vector<const Rule*> RuleSet::always_asked() const {
    std::vector<const Rule*> found;
    const Hooks hooks{compiled_->index(), [](WordId) { return -1.0F; }};
    for (const std::uint32_t rule : hooks.always()) {
        found.push_back(&compiled_->rules()[rule]);
    }
    return found;
}

std::vector<Problem> RuleSet::unanchored() const {
    std::vector<Problem> problems;
    for (const Rule* rule : always_asked()) {
        const Source source{rule->id, rule->query, rule->at, rule->bends};
        problems.push_back(locate(
            source, Weight::warning,
            {{},
             "no word has to be there for this rule, so that it is asked about every article; "
             "that costs time: put a word beside it that its articles have"}));
    }
    return problems;
}

std::size_t RuleSet::bytes() const {
    return compiled_->index().bytes();
}

std::string RuleSet::explain(std::string_view rule_id, const Article& article,
                             const Feed& feed) const {
    const auto number = compiled_->find(rule_id);
    if (!number) {
        return {};
    }
    const Document document{article, feed};
    std::string text =
        rules::explain(compiled_->tree_of(*number), {document, compiled_->regexes()});
    if (document.is_cut()) {
        text += "\nnote: the article is longer than what rules look at; its end is left out";
    }
    if (!admits(compiled_->rules()[*number].feeds, feed)) {
        text += "\nwhy not: the rule is not about the feed '" + feed.id + "'";
    }
    return text;
}

std::string RuleSet::in_words(std::string_view rule_id) const {
    const auto number = compiled_->find(rule_id);
    return number ? rules::in_words(compiled_->tree_of(*number)) : std::string{};
}

std::string RuleSet::fingerprint(std::string_view rule_id) const {
    const auto number = compiled_->find(rule_id);
    return number ? rules::fingerprint(compiled_->tree_of(*number)) : std::string{};
}

std::vector<TermWord> RuleSet::wildcards(std::string_view rule_id) const {
    const auto number = compiled_->find(rule_id);
    return number ? rules::wildcards(compiled_->tree_of(*number)) : std::vector<TermWord>{};
}

std::vector<Problem> RuleSet::redundant() const {
    std::vector<Node> trees;
    for (std::uint32_t number = 0; number < compiled_->rules().size(); ++number) {
        trees.push_back(compiled_->tree_of(number));
    }
    std::vector<RuleQuery> queries;
    for (std::size_t number = 0; number < trees.size(); ++number) {
        queries.push_back({&compiled_->rules()[number], &trees[number]});
    }
    return redundant_rules(queries);
}

std::vector<const Rule*> RuleSet::rules() const {
    std::vector<const Rule*> all;
    std::transform(compiled_->rules().begin(), compiled_->rules().end(), std::back_inserter(all),
                   [](const Rule& rule) { return &rule; });
    return all;
}

}  // namespace wirewatch::rules
