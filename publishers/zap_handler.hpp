// SPDX-License-Identifier: MIT
// Answers libzmq's question whether a peer with a CURVE key may come in. Without it libzmq would
// let in any key.
#pragma once

#include "base/error.hpp"
#include "publishers/allow_list.hpp"
#include "publishers/zmq_socket.hpp"

#include <functional>
#include <string>

namespace wirewatch::publishers {

/// One thread, that of the sockets it guards.
class ZapHandler {
  public:
    /// Open it before those sockets are bound, in their context. `on_refusal` is called with words
    /// for the log.
    [[nodiscard]] static Result<ZapHandler> open(
        const ZmqContext& context, const AllowList& allowed,
        std::function<void(const std::string&)> on_refusal);

    /// Answers all that wait.
    [[nodiscard]] Result<> serve();

    [[nodiscard]] const ZmqSocket& socket() const { return socket_; }

  private:
    ZapHandler(ZmqSocket socket, const AllowList& allowed,
               std::function<void(const std::string&)> on_refusal);

    ZmqSocket socket_;
    const AllowList* allowed_;
    std::function<void(const std::string&)> on_refusal_;
};

}  // namespace wirewatch::publishers
