// SPDX-License-Identifier: MIT
// One output of the alert stream. A relay owns it and calls it from its own thread.
#pragma once

#include "base/error.hpp"
#include "base/message.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wirewatch::publishers {

class Publisher {
  public:
    virtual ~Publisher() = default;
    [[nodiscard]] virtual std::string_view name() const = 0;

    /// Hands one message to the output. An error leaves the relay's cursor where it is.
    [[nodiscard]] virtual Result<> publish(const Message& message) = 0;

    /// Serves the output's own peers (replay, heartbeats) until `wake_fd` is readable or `until`.
    /// `head` is the seq of the last message that was published.
    [[nodiscard]] virtual Result<> serve(int wake_fd, Ticks until, std::uint64_t head) = 0;

    /// How many it reaches now; none: the output cannot tell.
    [[nodiscard]] virtual std::optional<std::size_t> subscribers() const { return std::nullopt; }
};

}  // namespace wirewatch::publishers
