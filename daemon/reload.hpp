// SPDX-License-Identifier: MIT
// Re-reads the configuration of a running daemon: all of it, or none.
#pragma once

#include "daemon/daemon.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace wirewatch::daemon {

struct Reloaded {
    bool adopted = false;
    std::string message;               ///< one line for a person
    std::vector<std::string> details;  ///< what is wrong, and what needs a restart
};

/// Logs what happens, tells the service manager, and returns the same for whoever asked. A
/// configuration that is wrong changes nothing; of rules that are wrong, the former version stays,
/// and the details say so.
Reloaded reload(Daemon& daemon, const std::filesystem::path& file);

/// "watching 7 feeds with 7 rules".
[[nodiscard]] std::string summary(const Plan& plan);

}  // namespace wirewatch::daemon
