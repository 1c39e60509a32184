// SPDX-License-Identifier: MIT
// Carries the outbox to one publisher, on a thread of its own. Live, replay and recovery are one
// path: the relay reads committed alerts, and nothing else.
#pragma once

#include "history/alert_log.hpp"
#include "publishers/publisher.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace wirewatch::publishers {

struct RelayOptions {
    std::size_t batch = 500;               ///< alerts and feed events a turn
    std::chrono::milliseconds turn{1000};  ///< longest wait; a turn is a pulse
    std::chrono::seconds drain{2};         ///< how long the end may take to send what is left
};

class Relay {
  public:
    /// Starts at the head of `log`: what was committed before is there for replay. `on_trouble`
    /// is called from the relay's thread with an error when publishing turns bad, and with nothing
    /// when it is good again.
    Relay(std::unique_ptr<Publisher> publisher, history::AlertLog log, const Clock& clock,
          RelayOptions options, std::function<void(const Error*)> on_trouble);

    /// Sends what is in the outbox (at most `drain`), then ends the thread.
    ~Relay();
    Relay(const Relay&) = delete;
    Relay& operator=(const Relay&) = delete;

    /// There may be new alerts. Any thread.
    void wake();

    /// Counts turns: it moves as long as the relay lives. Any thread.
    [[nodiscard]] std::uint64_t pulse() const;

    /// seq of the last alert or feed event published. Any thread.
    [[nodiscard]] std::uint64_t cursor() const;

    /// Its publisher's, as of the last turn. Any thread.
    [[nodiscard]] std::optional<std::size_t> subscribers() const;
    [[nodiscard]] std::string_view name() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::publishers
