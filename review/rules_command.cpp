// SPDX-License-Identifier: MIT
// wirewatch rules, and what stands below it.
#include "review/commands.hpp"
#include "review/rules_commands.hpp"

#include <CLI/CLI.hpp>

namespace wirewatch::review {

void add_rules(CLI::App& app, Session& session, Run& run) {
    auto* rules = app.add_subcommand("rules", "the rules: list, check, explain, test");
    rules->footer("Example: wirewatch rules check");
    rules->require_subcommand(0, 1);
    add_rules_list(*rules, session, run);
    add_rules_check(*rules, session, run);
    add_rules_explain(*rules, session, run);
    add_rules_test(*rules, session, run);
}

}  // namespace wirewatch::review
