// SPDX-License-Identifier: MIT
#include "publishers/relay.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace wirewatch::publishers {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstBackoff{100};
constexpr milliseconds kLongestBackoff{5'000};  // under the 10 s in which a pulse must move

/// What others write to when there is something to do. Thread-safe.
class Wakeup {
  public:
    Wakeup() : fd_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)} { WIREWATCH_CHECK(fd_ != -1); }
    ~Wakeup() { ::close(fd_); }
    Wakeup(const Wakeup&) = delete;
    Wakeup& operator=(const Wakeup&) = delete;

    [[nodiscard]] int fd() const { return fd_; }

    void set() {
        // Fails only where the counter is full, and then it is set.
        [[maybe_unused]] const int ignored = ::eventfd_write(fd_, 1);
    }

    void clear() {
        eventfd_t count = 0;
        [[maybe_unused]] const int ignored = ::eventfd_read(fd_, &count);
    }

    /// Until it is set, or `timeout` has passed.
    void wait(milliseconds timeout) {
        pollfd item{.fd = fd_, .events = POLLIN, .revents = 0};
        ::poll(&item, 1, static_cast<int>(timeout.count()));
    }

  private:
    int fd_;
};

}  // namespace

struct Relay::Impl {
    std::unique_ptr<Publisher> publisher;
    history::AlertLog log;
    const Clock& clock;
    RelayOptions options;
    std::function<void(const Error*)> on_trouble;

    Wakeup wakeup{};
    std::atomic<std::uint64_t> pulse{0};
    std::atomic<std::uint64_t> cursor{0};
    std::atomic<std::int64_t> subscribers{-1};  ///< -1: the publisher cannot tell
    bool placed = false;                        ///< whether `cursor` has been set to the head
    bool bad = false;  ///< whether on_trouble has an error that is not yet over
    milliseconds backoff{0};
    std::jthread thread{};  ///< last: it uses all of the above

    void run(const std::stop_token& stop);
    void turn();
    void drain();
    Result<> place();
    Result<bool> publish_batch();
    void judge(const Result<>& outcome);
};

Relay::Relay(std::unique_ptr<Publisher> publisher, history::AlertLog log, const Clock& clock,
             RelayOptions options, std::function<void(const Error*)> on_trouble)
    : impl_{new Impl{.publisher = std::move(publisher),
                     .log = std::move(log),
                     .clock = clock,
                     .options = options,
                     .on_trouble = std::move(on_trouble)}} {
    // Here and not on the thread: what is committed from now on goes out live. Should it fail, the
    // thread tries again and reports.
    [[maybe_unused]] const auto placed = impl_->place();
    impl_->thread = std::jthread{[impl = impl_.get()](std::stop_token stop) {
        prctl(PR_SET_NAME, "relay");  // as top -H and debuggers show it
        impl->run(stop);
    }};
}

Relay::~Relay() {
    impl_->thread.request_stop();
    wake();
    impl_->thread.join();
}

void Relay::wake() {
    impl_->wakeup.set();
}

std::uint64_t Relay::pulse() const {
    return impl_->pulse;
}

std::uint64_t Relay::cursor() const {
    return impl_->cursor;
}

std::optional<std::size_t> Relay::subscribers() const {
    const std::int64_t count = impl_->subscribers;
    return count < 0 ? std::nullopt : std::optional{static_cast<std::size_t>(count)};
}

std::string_view Relay::name() const {
    return impl_->publisher->name();
}

void Relay::Impl::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        turn();
        ++pulse;
    }
    drain();
}

void Relay::Impl::turn() {
    wakeup.clear();  // before the log is read: what is committed later wakes us again
    const auto published = publish_batch();
    const bool more = published && *published;
    const milliseconds wait = more ? milliseconds{0} : published ? options.turn : backoff;

    // Peers are served while publishing is in trouble, too: replay may well work.
    const auto served = publisher->serve(wakeup.fd(), clock.ticks() + wait, cursor);
    const auto count = publisher->subscribers();
    subscribers = count ? static_cast<std::int64_t>(*count) : -1;
    judge(published ? served : Result<>{tl::unexpected(published.error())});
    if (!served) {
        wakeup.wait(backoff);
    }
}

/// Alerts that do not get out here are in the outbox, where a replay finds them.
void Relay::Impl::drain() {
    const Ticks deadline = clock.ticks() + options.drain;
    while (clock.ticks() < deadline) {
        const auto published = publish_batch();
        if (!published || !*published) {
            return;
        }
    }
}

Result<> Relay::Impl::place() {
    const auto head = log.head();
    if (!head) {
        return tl::unexpected(head.error());
    }
    cursor = *head;
    placed = true;
    return {};
}

/// Whether there may be more to publish.
Result<bool> Relay::Impl::publish_batch() {
    if (!placed) {
        if (auto done = place(); !done) {
            return fail(std::move(done));
        }
    }
    const auto page = log.after(cursor, options.batch);
    if (!page && page.error().code == Errc::gone) {
        // So far behind that history has moved on. Subscribers see the gap, ask, and hear GONE.
        return log.oldest().map([&](std::uint64_t oldest) {
            cursor = oldest - 1;
            return true;
        });
    }
    if (!page) {
        return tl::unexpected(page.error());
    }
    for (const Message& message : page->messages) {
        if (auto published = publisher->publish(message); !published) {
            return fail(std::move(published));
        }
        cursor = message.seq;
    }
    return !page->messages.empty();
}

/// Tells of trouble once when it begins and once when it is over.
void Relay::Impl::judge(const Result<>& outcome) {
    if (outcome) {
        backoff = milliseconds{0};
        if (std::exchange(bad, false)) {
            on_trouble(nullptr);
        }
        return;
    }
    backoff = std::clamp(backoff * 2, kFirstBackoff, kLongestBackoff);
    if (!std::exchange(bad, true)) {
        on_trouble(&outcome.error());
    }
}

}  // namespace wirewatch::publishers
