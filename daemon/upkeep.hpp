// SPDX-License-Identifier: MIT
// Lets the history go of what is too old or too much, between the desk's turns.
#pragma once

#include "base/time.hpp"
#include "history/retention_options.hpp"
#include "history/writer.hpp"

namespace wirewatch::daemon {

/// A part of the desk.
class Upkeep {
  public:
    Upkeep(history::Writer& writer, const Clock& clock) : writer_{writer}, clock_{clock} {}

    /// One step, some milliseconds long, where it is time for one and nothing else `waits`.
    void turn(const history::RetentionOptions& options, bool waits);

    /// When it wants to be called next.
    [[nodiscard]] Ticks next() const { return next_; }

  private:
    history::Writer& writer_;
    const Clock& clock_;
    Ticks next_{};
    std::size_t gone_ = 0;  ///< articles, since this walk began
    bool too_large_ = false;
};

}  // namespace wirewatch::daemon
