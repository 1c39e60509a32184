// SPDX-License-Identifier: MIT
// The keys of a [[feed]] that say how to get at it: headers, user, password_file, token_file,
// ca_file, allow_private.
#pragma once

#include "base/feed.hpp"
#include "daemon/toml_table.hpp"

#include <filesystem>

namespace wirewatch::daemon {

/// Whether the files that hold secrets are read. Commands that fetch no configured feed need none,
/// and may be run by a person who may not read them.
enum class SecretUse { read, leave };

/// Where the files are that the keys name, and what to do with them.
struct AccessFiles {
    std::filesystem::path directory;  ///< relative names hang on it
    SecretUse secrets = SecretUse::read;
};

/// Fills in what is good and complains of the rest in the table's problems.
void read_access(TomlTable& table, const AccessFiles& files, Feed& feed);

}  // namespace wirewatch::daemon
