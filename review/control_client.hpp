// SPDX-License-Identifier: MIT
// Speaks to a running daemon through its control socket.
#pragma once

#include "base/error.hpp"
#include "review/control_wire.hpp"

#include <chrono>
#include <filesystem>
#include <utility>

namespace wirewatch::review {

class ControlClient {
  public:
    /// `socket`: where the configuration says that the daemon listens.
    explicit ControlClient(std::filesystem::path socket) : socket_{std::move(socket)} {}

    /// Asks, and waits at most `limit` for the answer; a connection of its own each time. Errors,
    /// all of which mean that the daemon cannot be reached: not_found (it is not running), refused
    /// (we may not speak to it), busy, timeout, network, invalid (it speaks something else).
    [[nodiscard]] Result<ControlAnswer> ask(const ControlRequest& request,
                                            std::chrono::milliseconds limit = std::chrono::seconds{
                                                30}) const;

  private:
    std::filesystem::path socket_;
};

}  // namespace wirewatch::review
