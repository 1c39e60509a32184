// SPDX-License-Identifier: MIT
// Passwords and tokens, which stand in files of their own and nowhere else.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <string>

namespace wirewatch::daemon {

/// Where the configuration's `name` is: an absolute path is itself; else in $CREDENTIALS_DIRECTORY
/// (systemd's LoadCredential; "credentials/token" is its credentials_token), where it is there,
/// else in `directory`.
[[nodiscard]] std::filesystem::path secret_path(const std::filesystem::path& directory,
                                                const std::string& name);

/// The secret: the file without the line break at its end. Errors, in words that name the file and
/// never quote it: io; refused where others than owner and group may read it; invalid where it is
/// no file, empty, over 4 KiB or not one line of text.
[[nodiscard]] Result<std::string> read_secret(const std::filesystem::path& file);

}  // namespace wirewatch::daemon
