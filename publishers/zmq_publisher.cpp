// SPDX-License-Identifier: MIT
#include "publishers/zmq_publisher.hpp"

#include "publishers/listen_address.hpp"
#include "publishers/replay_server.hpp"
#include "publishers/wire.hpp"
#include "publishers/zmq_socket.hpp"

#include <algorithm>
#include <utility>

#include <zmq.h>

namespace wirewatch::publishers {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

// One turn's work for peers, so that live alerts are late by a few pages at most. Our choice.
constexpr int kRequestsPerTurn = 4;
constexpr int kSubscriptionsPerTurn = 1'000;
constexpr milliseconds kLongestWait{1'000};

Result<> listen(ZmqSocket& socket, const std::string& address, const std::string& key) {
    const std::string where = "the address for '" + key + "' under [zeromq]";
    auto bound = check_local(address).and_then([&] { return check_free(address); }).and_then([&] {
        return socket.bind(address);
    });
    if (!bound && bound.error().code == Errc::busy) {
        return fail(Errc::busy, where + ", " + address +
                                    ", is in use by another program; end that one (another "
                                    "wirewatchd?) or write another address");
    }
    return bound ? std::move(bound) : Result<>{fail(std::move(bound), where)};
}

/// The live socket, not yet bound. No XPUB_NODROP: one stalled subscriber would block all.
Result<ZmqSocket> open_live(const ZmqContext& context, const ZmqOptions& options) {
    auto live = ZmqSocket::open(context, ZMQ_XPUB, options.linger);
    if (!live) {
        return live;
    }
    // VERBOSE tells of every subscription, also of one that another peer has: each is welcomed.
    for (const auto& [option, value] :
         {std::pair{ZMQ_SNDHWM, options.send_hwm}, std::pair{ZMQ_XPUB_VERBOSE, 1}}) {
        if (auto set = live->set(option, value); !set) {
            return fail(std::move(set));
        }
    }
    return live;
}

/// What XPUB hands out: a byte 1 and the prefix. Whether that prefix asks for the welcome.
bool asks_for_welcome(const Multipart& message) {
    const std::string& frame = message[0];
    return message.size() == 1 && frame.starts_with('\1') &&
           kWelcome.starts_with(std::string_view{frame}.substr(1));
}

}  // namespace

struct ZmqPublisher::Impl {
    ZmqOptions options;
    const Clock& clock;
    ZmqContext context;
    ZmqSocket live;
    ReplayServer replay;
    std::string live_endpoint;
    std::string replay_endpoint;
    Ticks next_heartbeat{};
    bool welcome_due = false;

    Result<> send(const Frames& frames);
    Result<> send_heartbeat(std::uint64_t head);
    Result<> read_subscriptions();
    Result<> send_welcome(std::uint64_t head);
    Result<> answer_requests();
    Result<bool> wait(int wake_fd, Ticks until);
};

Result<std::unique_ptr<ZmqPublisher>> ZmqPublisher::open(ZmqOptions options,
                                                         history::AlertLog replay_log,
                                                         const Clock& clock) {
    auto context = ZmqContext::open();
    if (!context) {
        return fail(std::move(context));
    }
    auto live = open_live(*context, options);
    if (!live) {
        return fail(std::move(live));
    }
    auto router = ZmqSocket::open(*context, ZMQ_ROUTER, options.linger);
    if (!router) {
        return fail(std::move(router));
    }
    auto replay = ReplayServer::open(std::move(*router), std::move(replay_log), options.deployment);
    if (!replay) {
        return fail(std::move(replay));
    }
    auto bound = listen(*live, options.live, "live").and_then([&] {
        return listen(replay->socket(), options.replay, "replay");
    });
    if (!bound) {
        return fail(std::move(bound));
    }
    auto live_endpoint = live->endpoint();
    auto replay_endpoint = replay->socket().endpoint();
    if (!live_endpoint || !replay_endpoint) {
        return fail(std::move(live_endpoint ? replay_endpoint : live_endpoint));
    }
    return std::unique_ptr<ZmqPublisher>{new ZmqPublisher(std::unique_ptr<Impl>{new Impl{
        .options = std::move(options),
        .clock = clock,
        .context = std::move(*context),
        .live = std::move(*live),
        .replay = std::move(*replay),
        .live_endpoint = std::move(*live_endpoint),
        .replay_endpoint = std::move(*replay_endpoint),
    }})};
}

ZmqPublisher::ZmqPublisher(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
ZmqPublisher::~ZmqPublisher() = default;

const std::string& ZmqPublisher::live_endpoint() const {
    return impl_->live_endpoint;
}

const std::string& ZmqPublisher::replay_endpoint() const {
    return impl_->replay_endpoint;
}

Result<> ZmqPublisher::publish(const Alert& alert) {
    return impl_->send(encode(alert, impl_->options.deployment, impl_->replay.epoch()));
}

Result<> ZmqPublisher::publish(const FeedEvent& event) {
    return impl_->send(encode(event, impl_->options.deployment, impl_->replay.epoch()));
}

Result<> ZmqPublisher::Impl::send(const Frames& frames) {
    return live.send(frames).map([](auto) {});
}

Result<> ZmqPublisher::serve(int wake_fd, Ticks until, std::uint64_t head) {
    bool woken = false;
    do {
        auto turn = impl_->send_heartbeat(head)
                        .and_then([&] { return impl_->wait(wake_fd, until); })
                        .map([&](bool readable) { woken = readable; })
                        .and_then([&] { return impl_->read_subscriptions(); })
                        .and_then([&] { return impl_->send_welcome(head); })
                        .and_then([&] { return impl_->answer_requests(); });
        if (!turn) {
            return turn;
        }
    } while (!woken && impl_->clock.ticks() < until);
    return {};
}

Result<> ZmqPublisher::Impl::send_heartbeat(std::uint64_t head) {
    const Ticks now = clock.ticks();
    if (now < next_heartbeat) {
        return {};
    }
    next_heartbeat = now + options.heartbeat;
    return live.send(heartbeat(head, replay.epoch())).map([](auto) {});
}

Result<> ZmqPublisher::Impl::read_subscriptions() {
    for (int i = 0; i < kSubscriptionsPerTurn; ++i) {
        auto message = live.receive();
        if (!message) {
            return fail(std::move(message));
        }
        if (!*message) {
            break;
        }
        welcome_due = welcome_due || asks_for_welcome(**message);
    }
    return {};
}

/// One for all who have subscribed since the last turn.
Result<> ZmqPublisher::Impl::send_welcome(std::uint64_t head) {
    if (!welcome_due) {
        return {};
    }
    const auto oldest = replay.log().oldest();
    if (!oldest) {
        return tl::unexpected(oldest.error());
    }
    welcome_due = false;
    return live.send(welcome(head, *oldest, replay.epoch())).map([](auto) {});
}

Result<> ZmqPublisher::Impl::answer_requests() {
    for (int i = 0; i < kRequestsPerTurn; ++i) {
        const auto answered = replay.answer_one();
        if (!answered) {
            return tl::unexpected(answered.error());
        }
        if (!*answered) {
            break;
        }
    }
    return {};
}

Result<bool> ZmqPublisher::Impl::wait(int wake_fd, Ticks until) {
    const auto left = std::min(until, next_heartbeat) - clock.ticks();
    const auto timeout = std::clamp(std::chrono::ceil<milliseconds>(left), 0ms, kLongestWait);
    return wait_readable({&live, &replay.socket()}, wake_fd, timeout);
}

}  // namespace wirewatch::publishers
