// SPDX-License-Identifier: MIT
#include "feeds/curl_loop.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <utility>

#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace wirewatch::feeds {

namespace {

using std::chrono::milliseconds;

constexpr std::size_t kMaxEvents = 256;  // taken from the kernel at once; our choice

}  // namespace

struct CurlLoop::Impl {
    int epoll = -1;
    int waker = -1;
    bool woken = false;
    CURLM* multi = nullptr;
    std::optional<Ticks> curl_deadline;  // when curl wants to be called, whatever its sockets do

    explicit Impl(std::size_t max_connections)
        : epoll{epoll_create1(EPOLL_CLOEXEC)},
          waker{eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)},
          multi{curl_multi_init()} {
        WIREWATCH_CHECK(epoll >= 0 && waker >= 0 && multi != nullptr);
        WIREWATCH_CHECK(control(EPOLL_CTL_ADD, waker, EPOLLIN));
        curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &on_socket);
        curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &on_timer);
        curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(max_connections));
    }

    ~Impl() {
        curl_multi_cleanup(multi);  // first: it takes back the sockets of kept connections
        close(waker);
        close(epoll);
    }

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] bool control(int operation, int fd, std::uint32_t events) const {
        epoll_event event{};
        event.events = events;
        event.data.fd = fd;
        return epoll_ctl(epoll, operation, fd, &event) == 0;
    }

    // A socket that epoll does not take leaves its transfer to its time limit: telling curl would
    // end every other transfer too.
    static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
        auto* impl = static_cast<Impl*>(self);
        if (what == CURL_POLL_REMOVE) {
            static_cast<void>(impl->control(EPOLL_CTL_DEL, socket, 0));
            return 0;  // curl forgets `known` with the socket
        }
        const std::uint32_t events = ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0u) |
                                     ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0u);
        const int operation = known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
        if (impl->control(operation, socket, events) && known == nullptr) {
            curl_multi_assign(impl->multi, socket, impl);  // any mark but null
        }
        return 0;
    }

    // curl must not be entered from its own callback, so that even "at once" waits for run().
    static int on_timer(CURLM*, long timeout_ms, void* self) {
        auto* impl = static_cast<Impl*>(self);
        impl->curl_deadline.reset();
        if (timeout_ms >= 0) {
            impl->curl_deadline = std::chrono::steady_clock::now() + milliseconds{timeout_ms};
        }
        return 0;
    }

    void act(curl_socket_t socket, int events) const {
        int running = 0;
        curl_multi_socket_action(multi, socket, events, &running);
    }

    void on_event(const epoll_event& event) {
        if (event.data.fd == waker) {
            std::uint64_t count = 0;
            woken = read(waker, &count, sizeof(count)) > 0 || woken;
            return;
        }
        int ready = (event.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0;
        ready |= (event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0;
        ready |= (event.events & (EPOLLERR | EPOLLHUP)) != 0 ? CURL_CSELECT_ERR : 0;
        act(event.data.fd, ready);
    }

    // Never a moment before curl's time has come: it would find nothing to do, and would not ask
    // again for a time that it has asked for already.
    void call_at_deadline() {
        if (curl_deadline && std::chrono::steady_clock::now() >= *curl_deadline) {
            curl_deadline.reset();
            act(CURL_SOCKET_TIMEOUT, 0);
        }
    }

    std::vector<Ended> run(std::optional<Ticks> until) {
        if (curl_deadline) {
            until = until ? std::min(*until, *curl_deadline) : *curl_deadline;
        }
        int limit = -1;
        if (until) {
            const auto wait = *until - std::chrono::steady_clock::now();
            constexpr milliseconds kLongest{std::chrono::hours{1}};
            limit = static_cast<int>(
                std::clamp(std::chrono::ceil<milliseconds>(wait), milliseconds{0}, kLongest)
                    .count());
        }
        std::array<epoll_event, kMaxEvents> events{};
        const int count = epoll_wait(epoll, events.data(), events.size(), limit);
        for (int i = 0; i < count; ++i) {
            on_event(events.at(static_cast<std::size_t>(i)));
        }
        call_at_deadline();
        return take_ended();
    }

    [[nodiscard]] std::vector<Ended> take_ended() const {
        std::vector<Ended> ended;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
            if (message->msg == CURLMSG_DONE) {
                ended.push_back({.easy = message->easy_handle, .code = message->data.result});
            }
        }
        return ended;
    }
};

CurlLoop::CurlLoop(std::size_t max_connections) : impl_{std::make_unique<Impl>(max_connections)} {}

CurlLoop::~CurlLoop() = default;

int CurlLoop::add(CURL* easy) {
    return curl_multi_add_handle(impl_->multi, easy);
}

void CurlLoop::remove(CURL* easy) {
    curl_multi_remove_handle(impl_->multi, easy);
}

std::vector<CurlLoop::Ended> CurlLoop::poll() {
    return impl_->run(std::chrono::steady_clock::now());
}

std::vector<CurlLoop::Ended> CurlLoop::turn(std::optional<Ticks> until) {
    return impl_->run(until);
}

void CurlLoop::wake() {
    const std::uint64_t one = 1;
    // It fails only where the counter is full, and then the loop is being woken already.
    static_cast<void>(write(impl_->waker, &one, sizeof(one)) > 0);
}

bool CurlLoop::take_wake() {
    return std::exchange(impl_->woken, false);
}

}  // namespace wirewatch::feeds
