// SPDX-License-Identifier: MIT
// How the publisher's sockets listen: only where they may, with CURVE where there is a key.
#pragma once

#include "base/error.hpp"
#include "publishers/zmq_publisher.hpp"
#include "publishers/zmq_socket.hpp"

#include <string>

namespace wirewatch::publishers {

/// The live socket, not yet bound. No XPUB_NODROP: one stalled subscriber would block all.
[[nodiscard]] Result<ZmqSocket> open_live(const ZmqContext& context, const ZmqOptions& options);

/// Binds `socket` to `address`, which the configuration calls `key`. The file of an ipc address has
/// options.ipc_mode from its first moment. Errors: busy, invalid, with the key in their words.
[[nodiscard]] Result<> listen(ZmqSocket& socket, const std::string& address, const std::string& key,
                              const ZmqOptions& options);

}  // namespace wirewatch::publishers
