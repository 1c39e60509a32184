// SPDX-License-Identifier: MIT
// Finds and compiles the one rule that a command is about.
#include "base/printable.hpp"
#include "review/exit_code.hpp"
#include "review/rules_commands.hpp"
#include "rules/nearest.hpp"

#include <algorithm>
#include <ostream>
#include <utility>

namespace wirewatch::review {

namespace {

/// Where a rule is looked for: the configuration, or a file beside it.
struct Shelf {
    std::vector<Rule> rules;
    std::vector<NamedSet> sets;
    std::string name;  ///< "the configuration", "rules/new.toml"
};

/// A file of rules may use the sets of the configuration, and put its own in their place.
tl::expected<Shelf, int> shelf_of(const Session& session, const Setup& setup,
                                  const std::string& file) {
    if (file.empty()) {
        return Shelf{setup.rules, setup.sets, "the configuration"};
    }
    auto read = session.load(std::filesystem::path{file});
    if (!read) {
        return tl::unexpected<int>{report(session, read.error())};
    }
    for (const rules::Problem& problem : read->problems) {
        session.terminal.err << rules::to_text(problem) << '\n';
    }
    if (!read->parsed) {
        return tl::unexpected<int>{kFailed};
    }
    Shelf shelf{std::move(read->rules), std::move(read->sets), printable(file)};
    for (const NamedSet& set : setup.sets) {
        const bool own = std::any_of(shelf.sets.begin(), shelf.sets.end(),
                                     [&](const NamedSet& one) { return one.name == set.name; });
        if (!own) {
            shelf.sets.push_back(set);
        }
    }
    return shelf;
}

int no_such_rule(const Session& session, const Shelf& shelf, const std::string& id) {
    std::vector<std::string> ids;
    for (const Rule& rule : shelf.rules) {
        ids.push_back(rule.id);
    }
    const std::string meant = rules::nearest(id, ids);
    session.terminal.err << "wirewatch: there is no rule '" << printable(id, 80) << "' in "
                         << shelf.name << "; "
                         << (meant.empty() ? "'wirewatch rules' lists them"
                                           : "did you mean '" + meant + "'?")
                         << '\n';
    return kFailed;
}

tl::expected<Rule, int> rule_of(const Session& session, const Shelf& shelf,
                                const RuleChoice& choice) {
    Rule rule;
    rule.id = kUnnamedRule;
    if (!choice.id.empty()) {
        const auto found = std::find_if(shelf.rules.begin(), shelf.rules.end(),
                                        [&](const Rule& one) { return one.id == choice.id; });
        if (found == shelf.rules.end()) {
            return tl::unexpected<int>{no_such_rule(session, shelf, choice.id)};
        }
        rule = *found;
    }
    if (!choice.query.empty()) {
        rule.query = choice.query;
        rule.at = {};  // it stands in no file
    }
    if (choice.feeds == RuleChoice::Feeds::all) {
        rule.feeds.clear();
    }
    rule.enabled = true;
    return rule;
}

}  // namespace

tl::expected<rules::RuleSet, int> compile_one(const Session& session, const Setup& setup,
                                              const RuleChoice& choice) {
    auto shelf = shelf_of(session, setup, choice.file);
    if (!shelf) {
        return tl::unexpected<int>{shelf.error()};
    }
    const auto rule = rule_of(session, *shelf, choice);
    if (!rule) {
        return tl::unexpected<int>{rule.error()};
    }
    auto compiled = rules::RuleSet::compile({*rule}, std::move(shelf->sets));
    const bool good = !compiled.set.rules().empty();
    for (const rules::Problem& problem : compiled.problems) {
        // What is wrong with a set that this rule does not use is no matter here.
        if (problem.rule_id == rule->id || (!good && problem.weight == rules::Weight::error)) {
            session.terminal.err << rules::to_text(problem) << '\n';
        }
    }
    if (!good) {
        return tl::unexpected<int>{kFailed};
    }
    return std::move(compiled.set);
}

Feed feed_of(const Setup& setup, const std::string& id) {
    const auto found = std::find_if(setup.feeds.begin(), setup.feeds.end(),
                                    [&](const Feed& feed) { return feed.id == id; });
    return found != setup.feeds.end() ? *found : Feed{.id = id};
}

}  // namespace wirewatch::review
