// SPDX-License-Identifier: MIT
// What the service manager and the log hear of a start that takes long, as with an old database
// that is brought up to date.
#pragma once

#include "base/time.hpp"
#include "daemon/signals.hpp"
#include "history/long_work.hpp"

#include <string>
#include <string_view>

namespace wirewatch::daemon {

/// Used by main until the daemon serves.
class StartProgress {
  public:
    /// Both outlive it. The signals stay where they are: whoever serves takes them.
    StartProgress(const SignalFd& signals, const Clock& clock) : signals_{signals}, clock_{clock} {}

    /// The start is at `step` (history::OnStep): the manager hears of it at once and then every
    /// second, and waits; the log hears of it once, where it takes longer than that. Broken off
    /// where a signal asks for the end.
    [[nodiscard]] history::Proceed at(std::string_view step);

    [[nodiscard]] bool broken_off() const { return broken_off_; }

  private:
    const SignalFd& signals_;
    const Clock& clock_;
    std::string step_;
    Ticks begun_{};  ///< step_
    Ticks told_{};   ///< the manager
    bool logged_ = false;
    bool broken_off_ = false;
};

}  // namespace wirewatch::daemon
