// SPDX-License-Identifier: MIT
// Tells when the wall clock was set, or the machine slept. Pure.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <optional>

namespace wirewatch::feeds {

class ClockJumps {
  public:
    /// How much further the wall clock has moved than the monotonic one since the last call: less
    /// than 0 where it was set back, more where it was set forward or the machine slept. 0 up to
    /// 2 s, so that a clock that is being corrected is no jump; our choice.
    [[nodiscard]] std::chrono::milliseconds since_last(Instant now, Ticks ticks);

  private:
    std::optional<std::chrono::milliseconds> offset_;
};

}  // namespace wirewatch::feeds
