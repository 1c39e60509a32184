// SPDX-License-Identifier: MIT
// [history]: where the database is, how long it keeps what, and its backups.
#pragma once

#include "daemon/toml_table.hpp"

namespace wirewatch::daemon {

struct Config;

/// Takes the table up whole; says what is wrong with it.
void read_history(TomlTable table, Config& config);

}  // namespace wirewatch::daemon
