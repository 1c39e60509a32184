// SPDX-License-Identifier: MIT
// ZeroMQ's C interface with owners and Results: context, socket, whole messages, waiting.
#pragma once

#include "base/error.hpp"
#include "publishers/curve.hpp"

#include <chrono>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wirewatch::publishers {

/// One message in all its frames.
using Multipart = std::vector<std::string>;

/// Where a message came from, as far as libzmq tells.
struct Sender {
    int fd = -1;          ///< the connection's; -1 where it has none
    std::string address;  ///< of the peer, without its port
    std::string key;      ///< its public CURVE key; empty without CURVE
};

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

    /// Lets in only peers that the context's ZAP handler does.
    [[nodiscard]] Result<> serve_curve(const CurveKeys& keys);
    /// Connects as `keys`, and to none but the owner of `server_key`.
    [[nodiscard]] Result<> use_curve(const CurveKeys& keys, const std::string& server_key);

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
    /// read and thrown away. Where `sender` is not null it is told.
    [[nodiscard]] Result<std::optional<Multipart>> receive(Sender* sender = nullptr);
    static constexpr std::size_t kMaxFrames = 8;  ///< no message of ours has more than 6

    [[nodiscard]] void* handle() const { return socket_.get(); }

  private:
    struct End {
        void operator()(void* socket) const;
    };
    Result<> set_text(int option, std::string_view text);
    Result<> allow_ipv6(const std::string& address);

    std::unique_ptr<void, End> socket_;
};

/// Tells which connections of a socket end. Of the socket's thread; ends before its context.
class EndedConnections {
  public:
    /// `name` is one of its own within the context.
    [[nodiscard]] static Result<EndedConnections> of(const ZmqContext& context,
                                                     const ZmqSocket& socket,
                                                     const std::string& name);

    /// The descriptor of the next that has ended, which may have another owner already.
    [[nodiscard]] Result<std::optional<int>> next();

    [[nodiscard]] const ZmqSocket& socket() const { return events_; }

  private:
    explicit EndedConnections(ZmqSocket events) : events_{std::move(events)} {}
    ZmqSocket events_;
};

/// Waits until one of the sockets or `fd` (-1: none) can be read, or `timeout` has passed. True
/// where `fd` can be read.
[[nodiscard]] Result<bool> wait_readable(std::span<const ZmqSocket* const> sockets, int fd,
                                         std::chrono::milliseconds timeout);
[[nodiscard]] inline Result<bool> wait_readable(std::initializer_list<const ZmqSocket*> sockets,
                                                int fd, std::chrono::milliseconds timeout) {
    return wait_readable(std::span{sockets.begin(), sockets.size()}, fd, timeout);
}

}  // namespace wirewatch::publishers
