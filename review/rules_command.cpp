// SPDX-License-Identifier: MIT
// wirewatch rules: the list, and what stands below it.
#include "review/commands.hpp"
#include "review/exit_code.hpp"
#include "review/rules_commands.hpp"

#include <string>

#include <CLI/CLI.hpp>

namespace wirewatch::review {

namespace {

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

}  // namespace

void add_rules(CLI::App& app, Session& session, Run& run) {
    auto* rules = app.add_subcommand("rules", "the rules: list, check, explain, test");
    rules->footer("Example: wirewatch rules check");
    rules->require_subcommand(0, 1);
    const auto list = [&session, &run] { run = [&session] { return list_command(session); }; };
    auto* named = rules->add_subcommand("list", "the same as 'wirewatch rules'");
    named->footer("Example: wirewatch rules list");
    named->callback(list);
    add_rules_check(*rules, session, run);
    add_rules_explain(*rules, session, run);
    add_rules_test(*rules, session, run);
    rules->callback([rules, list] {
        if (rules->get_subcommands().empty()) {
            list();
        }
    });
}

}  // namespace wirewatch::review
