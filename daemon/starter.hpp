// SPDX-License-Identifier: MIT
// The starter configuration, as daemon/starter/ holds it, built into the program.
#pragma once

#include <span>
#include <string_view>

namespace wirewatch::daemon {

struct StarterFile {
    std::string_view path;  ///< below the configuration's directory
    std::string_view text;
};

/// wirewatch.toml first.
[[nodiscard]] std::span<const StarterFile> starter_files();

}  // namespace wirewatch::daemon
