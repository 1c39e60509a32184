// SPDX-License-Identifier: MIT
// A program that runs with a text as its input, without a shell.
#pragma once

#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace wirewatch::daemon {

/// Whether such a program is there and may be run now: it is sought in PATH where it has no '/'.
/// Errors: not_found, refused.
[[nodiscard]] Result<> check_program(const std::string& program);

/// Killed with all that it started, where it still runs at the end of its owner. One thread.
class Child {
  public:
    /// `command` is the program (sought in PATH where it has no '/') and its arguments. Its input
    /// is a file of `input`, its outputs are ours, its signals as at a login, its process group its
    /// own. Error: io, where it cannot be started.
    [[nodiscard]] static Result<Child> start(const std::vector<std::string>& command,
                                             std::string_view input);
    ~Child();
    Child(Child&& other) noexcept : pid_{std::exchange(other.pid_, -1)} {}
    Child& operator=(Child&& other) noexcept;

    /// Its exit code once it has ended, as a shell would say it: 128 + the signal that killed it.
    /// None while it runs.
    [[nodiscard]] std::optional<int> ended();

    /// Its whole process group, at once (SIGKILL).
    void kill();

  private:
    explicit Child(pid_t pid) : pid_{pid} {}
    pid_t pid_;  ///< -1: it has ended
};

}  // namespace wirewatch::daemon
