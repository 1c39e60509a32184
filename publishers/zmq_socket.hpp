// SPDX-License-Identifier: MIT
// ZeroMQ's C interface with owners and Results: context, socket, whole messages, waiting.
#pragma once

#include "base/error.hpp"

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::publishers {

/// One message in all its frames.
using Multipart = std::vector<std::string>;

/// Owns a context. Its sockets must be closed before it; ending it waits for their linger.
class ZmqContext {
  public:
    [[nodiscard]] static Result<ZmqContext> open();
    [[nodiscard]] void* handle() const { return context_.get(); }

  private:
    struct End {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, End> context_;
};

/// Owns a socket. One thread at a time; it may be handed on whole, as to a relay's thread.
class ZmqSocket {
  public:
    /// `type` is ZMQ_XPUB, … Set already: ZMTP heartbeats (5 s / 15 s) and TCP keepalive, so that a
    /// frozen peer is noticed; frames of at most 64 KiB; `linger`.
    [[nodiscard]] static Result<ZmqSocket> open(const ZmqContext& context, int type,
                                                std::chrono::milliseconds linger);

    [[nodiscard]] Result<> set(int option, int value);
    [[nodiscard]] Result<> subscribe(std::string_view prefix);

    /// Errors: busy (address in use), invalid (no such address).
    [[nodiscard]] Result<> bind(const std::string& address);
    [[nodiscard]] Result<> connect(const std::string& address);

    /// The address it is bound to, with the port filled in.
    [[nodiscard]] Result<std::string> endpoint() const;

    enum class Sent {
        whole,    ///< into the queue: that says nothing of delivery
        not_now,  ///< the peer's queue is full
        no_peer,  ///< a ROUTER's peer has gone
    };
    /// Never waits. `to`, where not empty, is the peer's routing id in front of the frames.
    [[nodiscard]] Result<Sent> send(std::span<const std::string> frames, std::string_view to = {});

    /// The next message, if there is one; never waits. At most kMaxFrames are kept, the rest is
    /// read and thrown away.
    [[nodiscard]] Result<std::optional<Multipart>> receive();
    static constexpr std::size_t kMaxFrames = 8;  ///< no message of ours has more than 6

    [[nodiscard]] void* handle() const { return socket_.get(); }

  private:
    struct End {
        void operator()(void* socket) const;
    };
    Result<> allow_ipv6(const std::string& address);

    std::unique_ptr<void, End> socket_;
};

/// Waits until one of the sockets or `fd` (-1: none) can be read, or `timeout` has passed. True
/// where `fd` can be read.
[[nodiscard]] Result<bool> wait_readable(std::initializer_list<const ZmqSocket*> sockets, int fd,
                                         std::chrono::milliseconds timeout);

}  // namespace wirewatch::publishers
