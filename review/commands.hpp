// SPDX-License-Identifier: MIT
// The commands: history, show, feeds, rules, status, reload, backup, completion and others. Each
// puts itself into the command line; `run` is what the program does when its command was chosen.
#pragma once

#include "review/session.hpp"

#include <functional>

namespace CLI {
class App;
}

namespace wirewatch::review {

/// What main() runs after parsing; gives the exit code.
using Run = std::function<int()>;

void add_history(CLI::App& app, Session& session, Run& run);
void add_search(CLI::App& app, Session& session, Run& run);
void add_stats(CLI::App& app, Session& session, Run& run);
void add_export(CLI::App& app, Session& session, Run& run);
void add_show(CLI::App& app, Session& session, Run& run);
void add_mark(CLI::App& app, Session& session, Run& run);
void add_feeds(CLI::App& app, Session& session, Run& run);
void add_rules(CLI::App& app, Session& session, Run& run);
void add_status(CLI::App& app, Session& session, Run& run);
void add_reload(CLI::App& app, Session& session, Run& run);
void add_upkeep(CLI::App& app, Session& session, Run& run);  ///< backup, restore, verify, vacuum
void add_completion(CLI::App& app, Session& session, Run& run);

}  // namespace wirewatch::review
