// SPDX-License-Identifier: MIT
// What stands below `wirewatch rules`, and what these commands share.
#pragma once

#include "review/commands.hpp"
#include "review/session.hpp"
#include "rules/rule_set.hpp"

#include <string>
#include <vector>

namespace wirewatch::review {

void add_rules_list(CLI::App& rules, Session& session, Run& run);
void add_rules_check(CLI::App& rules, Session& session, Run& run);
void add_rules_explain(CLI::App& rules, Session& session, Run& run);
void add_rules_test(CLI::App& rules, Session& session, Run& run);

/// Which rule a person means: one of the configuration, the same with another text, or one that
/// only this command line has.
struct RuleChoice {
    std::string id;     ///< of a rule; may be empty where there is a query
    std::string query;  ///< --query: instead of the rule's own
    std::string file;   ///< --file: takes rule and sets from there
    enum class Feeds { as_ruled, all } feeds = Feeds::as_ruled;  ///< all: whatever the rule says
};

/// The id of a rule that has none but on the command line.
inline constexpr const char* kUnnamedRule = "query";

/// That rule alone, compiled, switched on. Its problems are printed; an exit code where it cannot
/// be used, or there is none.
[[nodiscard]] tl::expected<rules::RuleSet, int> compile_one(const Session& session,
                                                            const Setup& setup,
                                                            const RuleChoice& choice);

/// The feed of that id as configured, else its id alone.
[[nodiscard]] Feed feed_of(const Setup& setup, const std::string& id);

}  // namespace wirewatch::review
