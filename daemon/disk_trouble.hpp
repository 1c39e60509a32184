// SPDX-License-Identifier: MIT
// While the disk refuses to take commits: when to try again, and who hears of it.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "review/control_wire.hpp"

#include <functional>
#include <optional>

namespace wirewatch::daemon {

/// Thread: the desk.
class DiskTrouble {
  public:
    /// `on_storing` hears whether commits are taken, each time that this changes; it may be empty.
    DiskTrouble(const Clock& clock, std::function<void(bool)> on_storing);

    /// A commit failed: the first is logged, and each waits longer for the next, 30 s at most.
    void refused(const Error& why);
    /// A commit went through.
    void over();

    [[nodiscard]] bool lasts() const { return standstill_.has_value(); }
    /// Since when, and the latest reason; none: there is no trouble.
    [[nodiscard]] const std::optional<review::Standstill>& standstill() const {
        return standstill_;
    }

    /// No commit should be tried sooner.
    [[nodiscard]] Ticks retry_at() const { return retry_at_; }
    void retry_now() { retry_at_ = {}; }

  private:
    const Clock& clock_;
    std::function<void(bool)> on_storing_;
    std::optional<review::Standstill> standstill_;
    int failures_ = 0;  // in a row
    Ticks retry_at_{};
};

}  // namespace wirewatch::daemon
