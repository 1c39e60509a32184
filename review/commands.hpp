// SPDX-License-Identifier: MIT
// The commands: history, show, feeds, rules, status, reload, completion. Each puts itself into the command
// line; `run` is what the program does when its command was chosen.
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
void add_show(CLI::App& app, Session& session, Run& run);
void add_feeds(CLI::App& app, Session& session, Run& run);
void add_rules(CLI::App& app, Session& session, Run& run);
void add_status(CLI::App& app, Session& session, Run& run);
void add_reload(CLI::App& app, Session& session, Run& run);
void add_completion(CLI::App& app, Session& session, Run& run);

}  // namespace wirewatch::review
