// SPDX-License-Identifier: MIT
// wirewatch rules: the list, what is wrong with them, and why one matched an article or did not.
#include "base/printable.hpp"
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "rules/feed_filter.hpp"
#include "rules/rule_set.hpp"

#include <algorithm>
#include <memory>
#include <ostream>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

struct CheckArguments {
    std::string file;
};

struct ExplainArguments {
    std::string rule;
    std::string article;
};

int list_command(const Session& session) {
    const auto setup = load(session);
    if (!setup) {
        return setup.error();
    }
    Table table{{"RULE", "SEVERITY", "ON", "TITLE"}};
    for (const Rule& rule : setup->rules) {
        table.add({rule.id, std::string{to_text(rule.severity)}, rule.enabled ? "yes" : "no",
                   rule.title});
    }
    table.print(session.terminal);
    return setup->rules.empty() ? kFailed : kOk;
}

bool is_error(const rules::Problem& problem) {
    return problem.weight == rules::Weight::error;
}

/// Everything that is wrong, at once; then what each good rule means.
int check_command(const Session& session, const CheckArguments& arguments) {
    const auto file =
        arguments.file.empty() ? session.config_file : std::filesystem::path{arguments.file};
    auto setup = session.load(file);
    if (!setup) {
        report(session, setup.error());
        return kFailed;
    }
    const auto compiled = rules::RuleSet::compile(setup->rules, setup->sets);
    auto problems = setup->problems;
    problems.insert(problems.end(), compiled.problems.begin(), compiled.problems.end());
    const auto idle = rules::rules_without_feeds(setup->rules, setup->feeds);
    problems.insert(problems.end(), idle.begin(), idle.end());
    for (const rules::Problem& problem : problems) {
        session.terminal.out << rules::to_text(problem) << '\n';
    }
    for (const Rule* rule : compiled.set.rules()) {
        session.terminal.out << styled(session.terminal, Style::strong, rule->id) << ": "
                             << printable_lines(compiled.set.in_words(rule->id)) << '\n';
    }
    const auto errors = std::count_if(problems.begin(), problems.end(), is_error);
    const auto warnings = static_cast<std::ptrdiff_t>(problems.size()) - errors;
    session.terminal.out << compiled.set.rules().size() << " good rules, " << errors << " errors, "
                         << warnings << " warnings\n";
    return errors > 0 ? kFailed : kOk;
}

int explain_command(const Session& session, const ExplainArguments& arguments) {
    const auto opened = open(session);
    if (!opened) {
        return opened.error();
    }
    const auto stored = opened->reader.article(arguments.article);
    if (!stored) {
        return report(session, stored.error());
    }
    const auto found =
        std::find_if(opened->setup.feeds.begin(), opened->setup.feeds.end(),
                     [&](const Feed& feed) { return feed.id == stored->article.feed_id; });
    const Feed feed =
        found != opened->setup.feeds.end() ? *found : Feed{.id = stored->article.feed_id};
    const auto compiled = rules::RuleSet::compile(opened->setup.rules, opened->setup.sets);
    const std::string explained = compiled.set.explain(arguments.rule, stored->article, feed);
    if (explained.empty()) {
        session.terminal.err
            << "wirewatch: there is no rule '" << printable(arguments.rule, 80)
            << "' in force; 'wirewatch rules' lists them, 'wirewatch rules check' says what is "
               "wrong\n";
        return kFailed;
    }
    session.terminal.out << printable(stored->article.title) << '\n'
                         << printable_lines(explained) << '\n';
    return kOk;
}

void add_check(CLI::App& rules, Session& session, Run& run) {
    auto* command =
        rules.add_subcommand("check", "every problem of the rules, and what each good one means");
    auto arguments = std::make_shared<CheckArguments>();
    command->footer("Example: wirewatch rules check rules/pakistan-russia.toml");
    command->add_option("FILE", arguments->file,
                        "a file with [sets] and [[rule]]; without one, the configuration");
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return check_command(session, *arguments); };
    });
}

void add_explain(CLI::App& rules, Session& session, Run& run) {
    auto* command = rules.add_subcommand("explain", "why a rule matched an article, or why not");
    auto arguments = std::make_shared<ExplainArguments>();
    command->footer("Example: wirewatch rules explain pakistan-russia-energy 3f2a9c01");
    command->add_option("RULE", arguments->rule, "the rule's id")->required();
    command->add_option("ARTICLE", arguments->article, "the article's key or URL")->required();
    command->callback([&session, &run, arguments] {
        run = [&session, arguments] { return explain_command(session, *arguments); };
    });
}

}  // namespace

void add_rules(CLI::App& app, Session& session, Run& run) {
    auto* rules = app.add_subcommand("rules", "the rules: list, check, explain");
    rules->footer("Example: wirewatch rules check");
    rules->require_subcommand(0, 1);
    const auto list = [&session, &run] { run = [&session] { return list_command(session); }; };
    auto* named = rules->add_subcommand("list", "the same as 'wirewatch rules'");
    named->footer("Example: wirewatch rules list");
    named->callback(list);
    add_check(*rules, session, run);
    add_explain(*rules, session, run);
    rules->callback([rules, list] {
        if (rules->get_subcommands().empty()) {
            list();
        }
    });
}

}  // namespace wirewatch::review
