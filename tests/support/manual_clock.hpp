// SPDX-License-Identifier: MIT
// A clock that stands still until a test moves it.
#pragma once

#include "base/time.hpp"

#include <atomic>
#include <chrono>

namespace wirewatch::support {

/// Thread-safe.
class ManualClock final : public Clock {
  public:
    /// Starts on 7 April 2021, 12:00 UTC.
    explicit ManualClock(Instant start = std::chrono::sys_days{std::chrono::April / 7 / 2021} +
                                         std::chrono::hours{12})
        : start_{start} {}

    void advance(std::chrono::milliseconds by) { passed_ += by.count(); }

    /// Somebody sets the clock, or (forward) the machine sleeps: no time passes for ticks().
    void jump(std::chrono::milliseconds by) { jumped_ += by.count(); }

    /// The same in the midst of things: before the clock is looked at once more, after so many
    /// looks.
    void jump_after(int looks, std::chrono::milliseconds by) {
        late_jump_ = by.count();
        looks_left_ = looks;
    }

    [[nodiscard]] Instant now() const override {
        if (looks_left_.fetch_sub(1) == 0) {
            jumped_ += late_jump_.load();
        }
        return start_ + std::chrono::milliseconds{passed_.load() + jumped_.load()};
    }
    [[nodiscard]] Ticks ticks() const override {
        return Ticks{} + std::chrono::hours{1} + std::chrono::milliseconds{passed_.load()};
    }

  private:
    Instant start_;
    std::atomic<std::chrono::milliseconds::rep> passed_{0};
    mutable std::atomic<std::chrono::milliseconds::rep> jumped_{0};
    std::atomic<std::chrono::milliseconds::rep> late_jump_{0};
    mutable std::atomic<int> looks_left_{-1};  // it is never 0 again
};

}  // namespace wirewatch::support
