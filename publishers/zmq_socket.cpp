// SPDX-License-Identifier: MIT
#include "publishers/zmq_socket.hpp"

#include "base/printable.hpp"
#include "publishers/zap_wire.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <utility>

#include <zmq.h>

namespace wirewatch::publishers {

namespace {

constexpr int kHeartbeatMs = 5'000;          // docs/alerts.md
constexpr int kHeartbeatTimeoutMs = 15'000;  // docs/alerts.md
constexpr std::int64_t kMaxFrameBytes = 64 << 10;

tl::unexpected<Error> zmq_error(const std::string& doing, Errc code = Errc::io) {
    return fail(code, doing + ": " + zmq_strerror(zmq_errno()));
}

/// Owns one frame as it is received.
class Frame {
  public:
    Frame() { zmq_msg_init(&frame_); }
    ~Frame() { zmq_msg_close(&frame_); }
    Frame(const Frame&) = delete;
    Frame& operator=(const Frame&) = delete;

    bool receive(void* socket) { return zmq_msg_recv(&frame_, socket, ZMQ_DONTWAIT) != -1; }
    [[nodiscard]] bool more() const { return zmq_msg_more(&frame_) != 0; }
    [[nodiscard]] Sender sender() {
        const auto fact = [&](const char* name) {
            const char* text = zmq_msg_gets(&frame_, name);
            return std::string{text == nullptr ? "" : text};
        };
        return {.fd = zmq_msg_get(&frame_, ZMQ_SRCFD),
                .address = fact("Peer-Address"),
                .key = fact("User-Id")};
    }
    [[nodiscard]] std::string text() {
        return {static_cast<const char*>(zmq_msg_data(&frame_)), zmq_msg_size(&frame_)};
    }

  private:
    zmq_msg_t frame_;
};

bool send_frame(void* socket, std::string_view frame, int flags) {
    int sent = -1;
    do {
        sent = zmq_send(socket, frame.data(), frame.size(), flags | ZMQ_DONTWAIT);
    } while (sent == -1 && zmq_errno() == EINTR);
    return sent != -1;
}

}  // namespace

void ZmqContext::End::operator()(void* context) const {
    while (zmq_ctx_term(context) == -1 && zmq_errno() == EINTR) {
    }
}

Result<ZmqContext> ZmqContext::open() {
    ZmqContext context;
    context.context_.reset(zmq_ctx_new());
    if (!context.context_) {
        return zmq_error("cannot open a ZeroMQ context");
    }
    return context;
}

void ZmqSocket::End::operator()(void* socket) const {
    zmq_close(socket);
}

Result<ZmqSocket> ZmqSocket::open(const ZmqContext& context, int type,
                                  std::chrono::milliseconds linger) {
    ZmqSocket socket;
    socket.socket_.reset(zmq_socket(context.handle(), type));
    if (!socket.socket_) {
        return zmq_error("cannot open a ZeroMQ socket");
    }
    const std::initializer_list<std::pair<int, int>> options{
        {ZMQ_LINGER, static_cast<int>(linger.count())},
        {ZMQ_HEARTBEAT_IVL, kHeartbeatMs},
        {ZMQ_HEARTBEAT_TIMEOUT, kHeartbeatTimeoutMs},
        {ZMQ_TCP_KEEPALIVE, 1}};
    for (const auto& [option, value] : options) {
        if (auto set = socket.set(option, value); !set) {
            return fail(std::move(set));
        }
    }
    if (zmq_setsockopt(socket.handle(), ZMQ_MAXMSGSIZE, &kMaxFrameBytes, sizeof kMaxFrameBytes) !=
        0) {
        return zmq_error("cannot limit the size of messages");
    }
    return socket;
}

Result<> ZmqSocket::set(int option, int value) {
    if (zmq_setsockopt(handle(), option, &value, sizeof value) != 0) {
        return zmq_error("cannot set ZeroMQ option " + std::to_string(option));
    }
    return {};
}

Result<> ZmqSocket::serve_curve(const CurveKeys& keys) {
    return set_text(ZMQ_CURVE_SECRETKEY, keys.secret_key)
        .and_then([&] { return set_text(ZMQ_ZAP_DOMAIN, kZapDomain); })
        .and_then([&] { return set(ZMQ_CURVE_SERVER, 1); });
}

Result<> ZmqSocket::use_curve(const CurveKeys& keys, const std::string& server_key) {
    return set_text(ZMQ_CURVE_SERVERKEY, server_key)
        .and_then([&] { return set_text(ZMQ_CURVE_PUBLICKEY, keys.public_key); })
        .and_then([&] { return set_text(ZMQ_CURVE_SECRETKEY, keys.secret_key); });
}

Result<> ZmqSocket::set_text(int option, std::string_view text) {
    // With its end, so that libzmq reads a key's 40 characters as Z85.
    const std::string ended{text};
    if (zmq_setsockopt(handle(), option, ended.c_str(),
                       ended.size() + (option == ZMQ_ZAP_DOMAIN ? 0 : 1)) != 0) {
        return zmq_error("cannot set ZeroMQ option " + std::to_string(option));
    }
    return {};
}

Result<> ZmqSocket::subscribe(std::string_view prefix) {
    if (zmq_setsockopt(handle(), ZMQ_SUBSCRIBE, prefix.data(), prefix.size()) != 0) {
        return zmq_error("cannot subscribe to '" + printable(prefix) + "'");
    }
    return {};
}

Result<> ZmqSocket::allow_ipv6(const std::string& address) {
    // Only where it is asked for: else the endpoint reads "[::ffff:127.0.0.1]".
    return set(ZMQ_IPV6, address.find('[') != std::string::npos ? 1 : 0);
}

Result<> ZmqSocket::bind(const std::string& address) {
    if (auto allowed = allow_ipv6(address); !allowed) {
        return allowed;
    }
    if (zmq_bind(handle(), address.c_str()) == 0) {
        return {};
    }
    return zmq_error("cannot listen on '" + printable(address) + "'",
                     zmq_errno() == EADDRINUSE ? Errc::busy : Errc::invalid);
}

Result<> ZmqSocket::connect(const std::string& address) {
    if (auto allowed = allow_ipv6(address); !allowed) {
        return allowed;
    }
    if (zmq_connect(handle(), address.c_str()) != 0) {
        return zmq_error("cannot connect to '" + printable(address) + "'", Errc::invalid);
    }
    return {};
}

Result<std::string> ZmqSocket::endpoint() const {
    std::array<char, 512> text{};
    std::size_t size = text.size();
    if (zmq_getsockopt(handle(), ZMQ_LAST_ENDPOINT, text.data(), &size) != 0) {
        return zmq_error("cannot ask a ZeroMQ socket for its address");
    }
    return std::string{text.data()};
}

Result<ZmqSocket::Sent> ZmqSocket::send(std::span<const std::string> frames, std::string_view to) {
    std::size_t taken = 0;
    const auto put = [&](std::string_view frame, bool last) {
        const bool good = send_frame(handle(), frame, last ? 0 : ZMQ_SNDMORE);
        taken += good ? 1 : 0;
        return good;
    };
    bool good = to.empty() || put(to, frames.empty());
    for (std::size_t i = 0; good && i < frames.size(); ++i) {
        good = put(frames[i], i + 1 == frames.size());
    }
    if (good) {
        return Sent::whole;
    }
    // ZeroMQ decides at the first frame; once that is taken, so are the others.
    if (taken == 0 && zmq_errno() == EAGAIN) {
        return Sent::not_now;
    }
    if (taken == 0 && zmq_errno() == EHOSTUNREACH) {
        return Sent::no_peer;
    }
    return zmq_error("cannot send");
}

Result<std::optional<Multipart>> ZmqSocket::receive(Sender* sender) {
    Multipart message;
    for (bool more = true; more;) {
        Frame frame;
        while (!frame.receive(handle())) {
            if (zmq_errno() == EAGAIN && message.empty()) {
                return std::nullopt;
            }
            if (zmq_errno() != EINTR) {
                return zmq_error("cannot receive");
            }
        }
        more = frame.more();
        if (sender != nullptr && sender->fd == -1) {
            *sender = frame.sender();  // the routing id that a ROUTER puts in front knows nothing
        }
        if (message.size() < kMaxFrames) {
            message.push_back(frame.text());
        }
    }
    return message;
}

Result<EndedConnections> EndedConnections::of(const ZmqContext& context, const ZmqSocket& socket,
                                              const std::string& name) {
    const std::string address = "inproc://" + name;
    if (zmq_socket_monitor(socket.handle(), address.c_str(),
                           ZMQ_EVENT_DISCONNECTED | ZMQ_EVENT_CLOSED) != 0) {
        return zmq_error("cannot watch the connections of a ZeroMQ socket");
    }
    auto events = ZmqSocket::open(context, ZMQ_PAIR, std::chrono::milliseconds{0});
    if (!events) {
        return fail(std::move(events));
    }
    if (auto connected = events->connect(address); !connected) {
        return fail(std::move(connected));
    }
    return EndedConnections{std::move(*events)};
}

Result<std::optional<int>> EndedConnections::next() {
    auto event = events_.receive();
    if (!event || !*event) {
        return event.map([](const auto&) { return std::optional<int>{}; });
    }
    // Frame 0 holds the event in 16 bits and its value, the descriptor, in 32, in host order.
    std::int32_t fd = -1;
    const std::string& frame = (**event)[0];
    if (frame.size() == sizeof(std::uint16_t) + sizeof fd) {
        std::memcpy(&fd, frame.data() + sizeof(std::uint16_t), sizeof fd);
    }
    return std::optional{int{fd}};
}

Result<bool> wait_readable(std::span<const ZmqSocket* const> sockets, int fd,
                           std::chrono::milliseconds timeout) {
    std::vector<zmq_pollitem_t> items;
    for (const ZmqSocket* socket : sockets) {
        items.push_back({.socket = socket->handle(), .fd = -1, .events = ZMQ_POLLIN, .revents = 0});
    }
    if (fd != -1) {
        items.push_back({.socket = nullptr, .fd = fd, .events = ZMQ_POLLIN, .revents = 0});
    }
    const int ready =
        zmq_poll(items.data(), static_cast<int>(items.size()), static_cast<long>(timeout.count()));
    if (ready == -1 && zmq_errno() != EINTR) {
        return zmq_error("cannot wait for ZeroMQ sockets");
    }
    return ready > 0 && fd != -1 && items.back().revents != 0;
}

}  // namespace wirewatch::publishers
