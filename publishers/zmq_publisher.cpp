// SPDX-License-Identifier: MIT
#include "publishers/zmq_publisher.hpp"

#include "publishers/listen_address.hpp"
#include "publishers/live_peers.hpp"
#include "publishers/queue_limit.hpp"
#include "publishers/replay_server.hpp"
#include "publishers/wire.hpp"
#include "publishers/zap_handler.hpp"
#include "publishers/zmq_listen.hpp"
#include "publishers/zmq_socket.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <sys/socket.h>
#include <zmq.h>

namespace wirewatch::publishers {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

// One turn's work for peers, so that live alerts wait for a page or two at most. Our choice.
constexpr milliseconds kReplayTime{20};
constexpr int kSubscriptionsPerTurn = 1'000;
constexpr milliseconds kLongestWait{1'000};

constexpr std::size_t kMaxTold = 100;  // different warnings between …
constexpr std::chrono::hours kTellAgain{1};

/// The log hears the same words once an hour: a refused subscriber knocks ten times a second.
class Warnings {
  public:
    Warnings(std::function<void(const std::string&)> warn, const Clock& clock)
        : warn_{std::move(warn)}, clock_{clock}, since_{clock.ticks()} {}

    void tell(const std::string& words) {
        if (clock_.ticks() - since_ > kTellAgain) {
            told_.clear();
            since_ = clock_.ticks();
        }
        if (told_.size() < kMaxTold && told_.insert(words).second) {
            warn_(words);
        }
    }

  private:
    std::function<void(const std::string&)> warn_;
    const Clock& clock_;
    Ticks since_;
    std::set<std::string> told_;
};

/// What XPUB hands out: a byte 1 and the prefix. Whether that prefix asks for the welcome.
bool asks_for_welcome(const Multipart& message) {
    const std::string& frame = message[0];
    return message.size() == 1 && frame.starts_with('\1') &&
           kWelcome.starts_with(std::string_view{frame}.substr(1));
}

std::size_t bytes_of(const Frames& frames) {
    std::size_t bytes = 0;
    for (const std::string& frame : frames) {
        bytes += frame.size();
    }
    return bytes;
}

}  // namespace

struct ZmqPublisher::Impl {
    ZmqOptions options;
    const Clock& clock;
    const AllowList* allowed;  ///< null: everybody
    std::unique_ptr<Warnings> warnings;
    ZmqContext context;
    std::optional<ZapHandler> zap;  ///< with CURVE
    ZmqSocket live;
    ReplayServer replay;
    EndedConnections ended;  ///< of `live`
    std::string live_endpoint{};
    std::string replay_endpoint{};
    LivePeers peers;
    QueueLimit queue;
    std::uint64_t allowed_version = 0;
    Ticks next_heartbeat{};
    bool welcome_due = false;

    [[nodiscard]] bool lets_in(std::string_view key) const {
        return allowed == nullptr || allowed->has(key);
    }
    Result<> send(const Frames& frames);
    Result<> send_heartbeat(std::uint64_t head);
    Result<> read_subscriptions();
    Result<> forget_ended();
    void break_off_unwelcome();
    Result<> send_welcome(std::uint64_t head);
    Result<> answer_requests();
    Result<bool> wait(int wake_fd, Ticks until);
};

Result<std::unique_ptr<ZmqPublisher>> ZmqPublisher::open(ZmqOptions options,
                                                         history::AlertLog replay_log,
                                                         const Clock& clock,
                                                         ZmqSurroundings surroundings) {
    const bool curve = !options.curve_key.empty();
    if (curve && (surroundings.allowed == nullptr || surroundings.allowed->empty())) {
        return fail(Errc::invalid,
                    "CURVE is on, but nobody is allowed in: name the subscribers' public keys "
                    "under [zeromq.clients]");
    }
    auto context = ZmqContext::open();
    if (!context) {
        return fail(std::move(context));
    }
    auto warnings = std::make_unique<Warnings>(std::move(surroundings.warn), clock);
    const auto warn = [told = warnings.get()](const std::string& words) { told->tell(words); };
    std::optional<ZapHandler> zap;
    if (curve) {
        auto handler = ZapHandler::open(*context, *surroundings.allowed, warn);
        if (!handler) {
            return fail(std::move(handler));
        }
        zap = std::move(*handler);
    }
    auto live = open_live(*context, options);
    if (!live) {
        return fail(std::move(live));
    }
    auto ended = EndedConnections::of(*context, *live, "live-ended");
    if (!ended) {
        return fail(std::move(ended));
    }
    auto router = ZmqSocket::open(*context, ZMQ_ROUTER, options.linger);
    if (!router) {
        return fail(std::move(router));
    }
    auto replay = ReplayServer::open(std::move(*router), std::move(replay_log));
    if (!replay) {
        return fail(std::move(replay));
    }
    auto bound = listen(*live, options.live, "live", options).and_then([&] {
        return listen(replay->socket(), options.replay, "replay", options);
    });
    if (!bound) {
        return fail(std::move(bound));
    }
    auto live_endpoint = live->endpoint();
    auto replay_endpoint = replay->socket().endpoint();
    if (!live_endpoint || !replay_endpoint) {
        return fail(std::move(live_endpoint ? replay_endpoint : live_endpoint));
    }
    const QueueLimit queue{options.send_hwm, options.send_budget_bytes};
    return std::unique_ptr<ZmqPublisher>{new ZmqPublisher(std::unique_ptr<Impl>{new Impl{
        .options = std::move(options),
        .clock = clock,
        .allowed = curve ? surroundings.allowed : nullptr,
        .warnings = std::move(warnings),
        .context = std::move(*context),
        .zap = std::move(zap),
        .live = std::move(*live),
        .replay = std::move(*replay),
        .ended = std::move(*ended),
        .live_endpoint = std::move(*live_endpoint),
        .replay_endpoint = std::move(*replay_endpoint),
        .peers = LivePeers{warn},
        .queue = queue,
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

Result<> ZmqPublisher::publish(const Message& message) {
    return impl_->send(encode(message));
}

Result<> ZmqPublisher::Impl::send(const Frames& frames) {
    if (queue.note(bytes_of(frames))) {
        if (auto set = live.set(ZMQ_SNDHWM, queue.messages()); !set) {
            return set;
        }
    }
    return live.send(frames).map([](auto) {});
}

Result<> ZmqPublisher::serve(int wake_fd, Ticks until, std::uint64_t head) {
    bool woken = false;
    do {
        auto turn = impl_->send_heartbeat(head)
                        .and_then([&] { return impl_->wait(wake_fd, until); })
                        .map([&](bool readable) { woken = readable; })
                        .and_then([&] { return impl_->zap ? impl_->zap->serve() : Result<>{}; })
                        .and_then([&] { return impl_->forget_ended(); })
                        .and_then([&] { return impl_->read_subscriptions(); })
                        .and_then([&] { return impl_->send_welcome(head); })
                        .and_then([&] { return impl_->answer_requests(); });
        if (!turn) {
            return turn;
        }
        impl_->break_off_unwelcome();
    } while (!woken && impl_->clock.ticks() < until);
    return {};
}

std::optional<std::size_t> ZmqPublisher::subscribers() const {
    return impl_->peers.subscribers();
}

Result<> ZmqPublisher::Impl::send_heartbeat(std::uint64_t head) {
    const Ticks now = clock.ticks();
    if (now < next_heartbeat) {
        return {};
    }
    next_heartbeat = now + options.heartbeat;
    return live.send(heartbeat(head, replay.log().epoch())).map([](auto) {});
}

Result<> ZmqPublisher::Impl::forget_ended() {
    for (;;) {
        const auto fd = ended.next();
        if (!fd || !*fd) {
            return fd.map([](const auto&) {});
        }
        peers.ended(**fd);
    }
}

Result<> ZmqPublisher::Impl::read_subscriptions() {
    for (int i = 0; i < kSubscriptionsPerTurn; ++i) {
        Sender sender;
        auto message = live.receive(&sender);
        if (!message) {
            return fail(std::move(message));
        }
        if (!*message) {
            break;
        }
        if (sender.fd != -1 && !lets_in(sender.key)) {
            allowed_version = ~allowed->version();  // it has come in before it was struck off
        }
        peers.take(sender, (**message)[0]);
        welcome_due = welcome_due || asks_for_welcome(**message);
    }
    return {};
}

/// Who came in while a key was allowed does not stay when it no longer is. libzmq offers no way to
/// end one connection; what the kernel is told, its thread sees as the peer's end.
void ZmqPublisher::Impl::break_off_unwelcome() {
    if (allowed == nullptr || allowed->version() == allowed_version) {
        return;
    }
    allowed_version = allowed->version();
    for (const int fd : peers.without([this](std::string_view key) { return lets_in(key); })) {
        if (came_in_at(fd, live_endpoint)) {  // else it has ended, and the number is another's
            ::shutdown(fd, SHUT_RDWR);
        }
        peers.ended(fd);
    }
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
    return live.send(welcome(head, *oldest, replay.log().epoch())).map([](auto) {});
}

Result<> ZmqPublisher::Impl::answer_requests() {
    const Ticks enough = clock.ticks() + kReplayTime;
    do {
        const auto answered = replay.answer_one([this](const Sender& sender) {
            const bool welcome = lets_in(sender.key);
            if (!welcome && came_in_at(sender.fd, replay_endpoint)) {
                ::shutdown(sender.fd, SHUT_RDWR);
            }
            return welcome;
        });
        if (!answered) {
            return tl::unexpected(answered.error());
        }
        if (!*answered) {
            break;
        }
    } while (clock.ticks() < enough);
    return {};
}

Result<bool> ZmqPublisher::Impl::wait(int wake_fd, Ticks until) {
    const auto left = std::min(until, next_heartbeat) - clock.ticks();
    const auto timeout = std::clamp(std::chrono::ceil<milliseconds>(left), 0ms, kLongestWait);
    std::vector<const ZmqSocket*> sockets{&live, &replay.socket(), &ended.socket()};
    if (zap) {
        sockets.push_back(&zap->socket());
    }
    return wait_readable(sockets, wake_fd, timeout);
}

}  // namespace wirewatch::publishers
