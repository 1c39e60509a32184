// SPDX-License-Identifier: MIT
//
// Two sockets, read one at a time. Live messages are taken as long as each follows the last; at the
// first that does not, replay is asked and alone listened to until it is done. What goes out live
// meanwhile waits in the SUB socket's queue. That queue is bounded: should it overflow, the next
// live message shows the gap, and replay is asked again.
#include "publishers/subscriber.hpp"

#include "publishers/recent_uuids.hpp"
#include "publishers/replay_client.hpp"
#include "publishers/zmq_socket.hpp"

#include <algorithm>
#include <deque>
#include <utility>
#include <variant>

#include <zmq.h>

namespace wirewatch::publishers {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

constexpr int kLiveQueue = 10'000;                 // messages that wait during a replay; our choice
constexpr std::size_t kRememberedUuids = 100'000;  // our choice
constexpr int kReadsPerLook = 1'000;  // messages read before the clock is looked at again
constexpr milliseconds kLongestWait{1'000};

Result<ZmqSocket> open_live(const ZmqContext& context, const SubscriberOptions& options,
                            const Subscription& subscription) {
    auto live = ZmqSocket::open(context, ZMQ_SUB, 0ms);
    if (!live) {
        return live;
    }
    auto ready = live->set(ZMQ_RCVHWM, kLiveQueue);
    if (ready && options.keys) {
        ready = live->use_curve(*options.keys, options.server_key);
    }
    for (const std::string& prefix : subscription.prefixes()) {
        ready = ready.and_then([&] { return live->subscribe(prefix); });
    }
    ready = ready.and_then([&] { return live->connect(options.live); });
    return ready ? std::move(live) : Result<ZmqSocket>{fail(std::move(ready))};
}

}  // namespace

struct Subscriber::Impl {
    SubscriberOptions options;
    const Clock& clock;
    Subscription subscription;
    ZmqContext context;
    ZmqSocket live;
    ReplayClient replay;

    Cursor cursor{};
    bool placed = false;  ///< whether `cursor` stands; else the daemon's first word sets it
    std::optional<std::uint64_t> head{};  ///< of the stream, as last heard
    std::optional<std::uint64_t>
        tseq{};                    ///< of the last message; with one rule, what follows is + 1
    std::uint64_t asked_from = 0;  ///< the cursor of the last request
    milliseconds answer_patience = options.replay_timeout;
    std::string former_epoch{};  ///< what of it is still queued no longer counts
    RecentUuids seen{kRememberedUuids};

    std::optional<Message> held{};  ///< what to hand out next, after the notices
    std::deque<Notice> notices{};

    bool connected = false;  ///< whether the live stream speaks
    bool lost_told = false;
    std::optional<Ticks> low_since{};  ///< the head has been before our cursor since
    Ticks heard{};                     ///< when the daemon last said something, or was missed

    Result<std::optional<Received>> next(Ticks until, int wake_fd);
    std::optional<Received> hand_out();
    Result<bool> read_live();
    Result<bool> read_replay();
    Result<> end_page(const PageEnd& end);
    Result<> skip_gone(const Gone& gone);
    Result<> ask();
    Result<> look_back();
    [[nodiscard]] std::string_view what_is_silent_too() const;
    Result<> look_at_clock();
    Result<bool> wait(Ticks until, int wake_fd);

    void hear_live();
    bool same_epoch(const std::string& epoch);
    void begin_anew(const std::string& epoch, const std::string& why);
    [[nodiscard]] bool follows(const Message& message) const;
    [[nodiscard]] Ticks silent_at() const;
    [[nodiscard]] Ticks ask_again_at() const;
};

Result<Subscriber> Subscriber::open(SubscriberOptions options, const Clock& clock) {
    auto subscription = Subscription::of(options.rules, options.feed_events);
    if (!subscription) {
        return fail(std::move(subscription));
    }
    auto context = ZmqContext::open();
    if (!context) {
        return fail(std::move(context));
    }
    auto live = open_live(*context, options, *subscription);
    if (!live) {
        return fail(std::move(live));
    }
    auto replay = ReplayClient::open(
        *context,
        {.address = options.replay, .keys = options.keys, .server_key = options.server_key},
        subscription->subtree());
    if (!replay) {
        return fail(std::move(replay));
    }
    std::unique_ptr<Impl> impl{new Impl{.options = std::move(options),
                                        .clock = clock,
                                        .subscription = std::move(*subscription),
                                        .context = std::move(*context),
                                        .live = std::move(*live),
                                        .replay = std::move(*replay),
                                        .heard = clock.ticks()}};
    if (impl->options.from) {
        impl->cursor = *impl->options.from;
        impl->placed = true;
    }
    return Subscriber{std::move(impl)};
}

Subscriber::Subscriber(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Subscriber::~Subscriber() = default;
Subscriber::Subscriber(Subscriber&&) noexcept = default;
Subscriber& Subscriber::operator=(Subscriber&&) noexcept = default;

Result<std::optional<Subscriber::Received>> Subscriber::next(Ticks until, int wake_fd) {
    return impl_->next(until, wake_fd);
}

Cursor Subscriber::cursor() const {
    return impl_->cursor;
}

bool Subscriber::caught_up() const {
    return impl_->connected && !impl_->replay.waiting() && impl_->head &&
           impl_->cursor.seq == *impl_->head;
}

Result<std::optional<Subscriber::Received>> Subscriber::Impl::next(Ticks until, int wake_fd) {
    for (int reads = 1;; ++reads) {
        if (auto received = hand_out()) {
            return received;
        }
        const auto read = replay.waiting() ? read_replay() : read_live();
        if (!read) {
            return tl::unexpected(read.error());
        }
        if (*read && reads % kReadsPerLook != 0) {
            continue;
        }
        if (auto looked = *read ? Result<>{} : look_at_clock(); !looked) {
            return fail(std::move(looked));
        }
        if (auto received = hand_out()) {
            return received;
        }
        if (clock.ticks() >= until) {
            return std::nullopt;
        }
        const auto woken = *read ? Result<bool>{false} : wait(until, wake_fd);
        if (!woken) {
            return tl::unexpected(woken.error());
        }
        if (*woken) {
            return std::nullopt;
        }
    }
}

/// Notices first. The cursor moves here and nowhere sooner: what it has passed is handed out.
std::optional<Subscriber::Received> Subscriber::Impl::hand_out() {
    if (!notices.empty()) {
        Received told{.message = {}, .notice = std::move(notices.front())};
        notices.pop_front();
        return told;
    }
    if (!held) {
        return std::nullopt;
    }
    Message message = std::move(*held);
    held.reset();
    cursor.seq = message.seq;
    tseq = message.tseq;
    if (!subscription.wants(message.topic) || !seen.add(message.uuid)) {
        return std::nullopt;
    }
    return Received{.message = std::move(message), .notice = {}};
}

/// Reads one message of the live stream; false where there is none.
Result<bool> Subscriber::Impl::read_live() {
    auto frames = live.receive();
    if (!frames || !*frames) {
        return frames.map([](const auto&) { return false; });
    }
    auto message = decode(**frames);
    if (!message || message->epoch == former_epoch) {
        return true;  // should it leave a gap, the next one shows it
    }
    const bool own_seq = is_numbered(message->topic);
    if (!placed) {
        cursor = {message->epoch, own_seq ? message->seq - 1 : message->seq};
        placed = true;
    }
    hear_live();
    if (cursor.epoch.empty() && cursor.seq > message->seq) {
        return fail(Errc::invalid, "cannot begin behind number " + std::to_string(cursor.seq) +
                                       ": the stream has come to " + std::to_string(message->seq));
    }
    same_epoch(message->epoch);
    head = std::max(head.value_or(0), message->seq);
    if (message->seq < cursor.seq) {
        return own_seq ? Result<bool>{true} : look_back().map([] { return true; });
    }
    low_since.reset();
    if (message->seq == cursor.seq) {
        return true;
    }
    if (own_seq && follows(*message)) {
        held = std::move(*message);
        return true;
    }
    return ask().map([] { return true; });
}

/// A head before our cursor. It may have waited while a replay went on; where it stays, the
/// database is older than before, and a replay tells.
Result<> Subscriber::Impl::look_back() {
    const Ticks now = clock.ticks();
    if (!low_since) {
        low_since = now;
    }
    if (now - *low_since < options.heartbeat * 2) {
        return {};
    }
    low_since.reset();
    return ask();
}

/// Reads one message of an answer; false where there is none yet.
Result<bool> Subscriber::Impl::read_replay() {
    auto answer = replay.receive(clock.ticks());
    if (!answer || !*answer) {
        return answer.map([](const auto&) { return false; });
    }
    heard = clock.ticks();
    answer_patience = options.replay_timeout;
    Result<> done;
    if (auto* message = std::get_if<Message>(&**answer)) {
        if (!same_epoch(message->epoch)) {
            done = ask();
        } else if (message->seq > cursor.seq) {
            held = std::move(*message);
        }
    } else if (const auto* end = std::get_if<PageEnd>(&**answer)) {
        done = end_page(*end);
    } else if (const auto* gone = std::get_if<Gone>(&**answer)) {
        done = skip_gone(*gone);
    } else {
        return fail(Errc::refused, "the daemon at " + options.replay +
                                       " refused a replay: " + std::get<Refusal>(**answer).reason);
    }
    return done.map([] { return true; });
}

Result<> Subscriber::Impl::end_page(const PageEnd& end) {
    if (cursor.epoch.empty() && cursor.seq > 0 && end.cursor <= cursor.seq) {
        return {};  // at the head or past it: which, only the live stream tells
    }
    if (!same_epoch(end.epoch)) {
        return ask();
    }
    if (end.cursor < asked_from) {
        begin_anew(end.epoch, "the daemon's database is older than before (its last number is " +
                                  std::to_string(end.cursor) + ", and we have been at " +
                                  std::to_string(asked_from) + ")");
        return ask();
    }
    const bool moved = end.cursor > asked_from;
    cursor.seq = std::max(cursor.seq, end.cursor);
    return moved && head && cursor.seq < *head ? ask() : Result<>{};
}

Result<> Subscriber::Impl::skip_gone(const Gone& gone) {
    if (same_epoch(gone.epoch)) {
        if (gone.oldest <= cursor.seq + 1) {
            return {};  // a contradiction; the next heartbeat asks again
        }
        notices.push_back({Notice::Kind::gone, "alerts " + std::to_string(cursor.seq + 1) + " to " +
                                                   std::to_string(gone.oldest - 1) +
                                                   " are no longer kept; going on with " +
                                                   std::to_string(gone.oldest)});
        cursor.seq = gone.oldest - 1;
    }
    return ask();
}

Result<> Subscriber::Impl::ask() {
    asked_from = cursor.seq;
    return replay.ask(context, cursor.seq, clock.ticks());
}

/// ZeroMQ tells nobody that a key is missing or wrong: such a daemon sounds like none.
std::string_view Subscriber::Impl::what_is_silent_too() const {
    return options.keys
               ? " (also where it does not allow our key, or the server key is not its own)"
               : " (also where it wants a key, and we have none)";
}

/// What is due because nothing came: an unanswered request again, and the word that it is silent.
Result<> Subscriber::Impl::look_at_clock() {
    const Ticks now = clock.ticks();
    if (replay.waiting() && now >= ask_again_at()) {
        // A fresh socket has to connect first, with CURVE by a handshake: on a slow machine or line
        // that takes longer than an answer may.
        answer_patience = std::min(answer_patience * 2, options.replay_timeout * 8);
        return ask();
    }
    if (now < silent_at()) {
        return {};
    }
    if (!std::exchange(lost_told, true)) {
        const auto silence = std::chrono::floor<std::chrono::seconds>(now - heard);
        notices.push_back({Notice::Kind::lost, "nothing heard from the daemon at " + options.live +
                                                   " for " + to_text(silence) + "; still trying" +
                                                   std::string{what_is_silent_too()}});
    }
    heard = now;
    connected = false;
    // Should only the live way be broken, replay brings what is new.
    return placed && !replay.waiting() ? ask() : Result<>{};
}

Ticks Subscriber::Impl::ask_again_at() const {
    return replay.silent_since() + answer_patience;
}

Ticks Subscriber::Impl::silent_at() const {
    // Three heartbeats missed, and the half of one for the way.
    const bool live_alone = connected && !replay.waiting();
    return heard + (live_alone ? options.heartbeat * 7 / 2 : options.replay_timeout * 3);
}

Result<bool> Subscriber::Impl::wait(Ticks until, int wake_fd) {
    Ticks first = std::min(until, silent_at());
    if (replay.waiting()) {
        first = std::min(first, ask_again_at());
    }
    const auto left = std::chrono::ceil<milliseconds>(first - clock.ticks());
    const ZmqSocket& socket = replay.waiting() ? replay.socket() : live;
    return wait_readable({&socket}, wake_fd, std::clamp(left, 0ms, kLongestWait));
}

void Subscriber::Impl::hear_live() {
    heard = clock.ticks();
    lost_told = false;
    if (!std::exchange(connected, true)) {
        notices.push_back({Notice::Kind::connected, "connected to the daemon at " + options.live});
    }
}

/// False, with the cursor at the beginning of the new one, where it is another than before.
bool Subscriber::Impl::same_epoch(const std::string& epoch) {
    if (cursor.epoch.empty()) {
        cursor.epoch = epoch;
    }
    if (cursor.epoch == epoch) {
        return true;
    }
    former_epoch = cursor.epoch;
    begin_anew(epoch, "the daemon has another database than before (epoch " + cursor.epoch +
                          ", now " + epoch + ")");
    return false;
}

void Subscriber::Impl::begin_anew(const std::string& epoch, const std::string& why) {
    notices.push_back({Notice::Kind::new_epoch, why + "; going on from its beginning"});
    cursor = {epoch, 0};
    head.reset();
    tseq.reset();
}

/// Whether nothing can lie between the last message handed out and this one.
bool Subscriber::Impl::follows(const Message& message) const {
    if (subscription.to_all()) {
        return message.seq == cursor.seq + 1;
    }
    // With several topics no counter tells: the live message only says that it is time to ask.
    return subscription.to_one() && tseq && message.tseq == *tseq + 1;
}

}  // namespace wirewatch::publishers
