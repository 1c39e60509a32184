// SPDX-License-Identifier: MIT
// Writes a file that is not there yet: never over somebody's work.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <string_view>

#include <sys/types.h>

namespace wirewatch::daemon {

/// With `mode`, less what the umask takes, from its first moment. Error: io; refused, where the
/// file is there already.
[[nodiscard]] Result<> write_new_file(const std::filesystem::path& file, std::string_view text,
                                      mode_t mode);

}  // namespace wirewatch::daemon
