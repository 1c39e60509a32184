// SPDX-License-Identifier: MIT
// Signals without handlers: blocked in every thread, read where the program waits.
#pragma once

#include <initializer_list>
#include <optional>

namespace wirewatch::daemon {

/// Signals that ask for nothing here, and would end the process if they came: SIGUSR1 and SIGUSR2,
/// by which other daemons are told to open their logs anew; SIGPIPE, since a reader that goes away
/// is an error of a write; SIGXFSZ, since a limit on file sizes is a full disk to us.
void ignore_signals_without_meaning();

/// From construction on (before the first thread starts) the signals arrive at fd() and nowhere
/// else. SIGPIPE is ignored.
class SignalFd {
  public:
    explicit SignalFd(std::initializer_list<int> signals);
    ~SignalFd();
    SignalFd(const SignalFd&) = delete;
    SignalFd& operator=(const SignalFd&) = delete;

    /// Readable when a signal waits.
    [[nodiscard]] int fd() const { return fd_; }

    /// One of the signals that have come, if any has. Takes it.
    [[nodiscard]] std::optional<int> take();

    /// Whether this one has come; leaves it for take().
    [[nodiscard]] bool waits(int signal) const;

    /// take(), where it does not matter which.
    [[nodiscard]] bool taken() { return take().has_value(); }

  private:
    int fd_ = -1;
};

}  // namespace wirewatch::daemon
