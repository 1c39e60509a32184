// SPDX-License-Identifier: MIT
// Puts a whole new text in the place of a file, so that nobody ever sees half of it.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <string_view>

namespace wirewatch::daemon {

/// Writes beside `file`, syncs, and renames; owner and mode stay as they were (0644 and the umask
/// for a new file). `file` must be no symbolic link, which the rename would replace. Errors: io,
/// disk_full, refused (the owner could not be kept); then the file is as it was.
[[nodiscard]] Result<> replace_file(const std::filesystem::path& file, std::string_view text);

}  // namespace wirewatch::daemon
