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

    [[nodiscard]] Instant now() const override {
        return start_ + std::chrono::milliseconds{passed_.load() + jumped_.load()};
    }
    [[nodiscard]] Ticks ticks() const override {
        return Ticks{} + std::chrono::hours{1} + std::chrono::milliseconds{passed_.load()};
    }

  private:
    Instant start_;
    std::atomic<std::chrono::milliseconds::rep> passed_{0};
    std::atomic<std::chrono::milliseconds::rep> jumped_{0};
};

}  // namespace wirewatch::support
