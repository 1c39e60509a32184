// SPDX-License-Identifier: MIT
// The commands that need more than the history: init, paths, tail, keys, demo. See
// review/commands.hpp.
#pragma once

#include "review/commands.hpp"
#include "review/session.hpp"

namespace wirewatch::daemon {

void add_init(CLI::App& app, review::Session& session, review::Run& run);
void add_paths(CLI::App& app, review::Session& session, review::Run& run);
void add_tail(CLI::App& app, review::Session& session, review::Run& run);
void add_keys(CLI::App& app, review::Session& session, review::Run& run);
void add_demo(CLI::App& app, review::Session& session, review::Run& run);

}  // namespace wirewatch::daemon
