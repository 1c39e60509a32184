// SPDX-License-Identifier: MIT
#include "feeds/curl_loop.hpp"

#include "base/check.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <curl/curl.h>
#include <uv.h>

namespace wirewatch::feeds {

namespace {

// A socket that curl wants watched. libuv may still look at it after uv_close(), so it belongs to
// the loop from then on and goes in the close callback.
struct Watch {
    uv_poll_t poll{};
    CURLM* multi = nullptr;
    curl_socket_t socket = CURL_SOCKET_BAD;
};

void act(CURLM* multi, curl_socket_t socket, int events) {
    int running = 0;
    curl_multi_socket_action(multi, socket, events, &running);
}

void on_socket_ready(uv_poll_t* poll, int status, int events) {
    const auto* watch = static_cast<const Watch*>(poll->data);
    int ready = status < 0 ? CURL_CSELECT_ERR : 0;
    ready |= (events & UV_READABLE) != 0 ? CURL_CSELECT_IN : 0;
    ready |= (events & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0;
    act(watch->multi, watch->socket, ready);
}

void unwatch(Watch* watch) {
    uv_close(reinterpret_cast<uv_handle_t*>(&watch->poll), [](uv_handle_t* handle) {
        const std::unique_ptr<Watch> last_owner{static_cast<Watch*>(handle->data)};
    });
}

}  // namespace

struct CurlLoop::Impl {
    uv_loop_t loop{};
    uv_timer_t curl_timer{};  // the time that curl asked for
    uv_timer_t deadline{};    // the caller's `until`
    uv_async_t waker{};
    bool woken = false;
    CURLM* multi = nullptr;

    explicit Impl(std::size_t max_connections) {
        WIREWATCH_CHECK(uv_loop_init(&loop) == 0);
        WIREWATCH_CHECK(uv_timer_init(&loop, &curl_timer) == 0);
        WIREWATCH_CHECK(uv_timer_init(&loop, &deadline) == 0);
        WIREWATCH_CHECK(uv_async_init(&loop, &waker, &on_wake) == 0);
        waker.data = this;
        curl_timer.data = this;

        multi = curl_multi_init();
        WIREWATCH_CHECK(multi != nullptr);
        curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &on_socket);
        curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &on_timer);
        curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
        curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(max_connections));
    }

    ~Impl() {
        curl_multi_cleanup(multi);  // first: it takes back the sockets of kept connections
        uv_walk(
            &loop,
            [](uv_handle_t* handle, void*) {
                if (uv_is_closing(handle) != 0) {
                    return;
                }
                if (handle->type == UV_POLL) {
                    unwatch(static_cast<Watch*>(handle->data));
                } else {
                    uv_close(handle, nullptr);
                }
            },
            nullptr);
        uv_run(&loop, UV_RUN_DEFAULT);  // the close callbacks
        WIREWATCH_CHECK(uv_loop_close(&loop) == 0);
    }

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    // From here on an error of libuv leaves a transfer to its time limit: telling curl would end
    // every other transfer too.
    static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
        auto* impl = static_cast<Impl*>(self);
        auto* watch = static_cast<Watch*>(known);
        if (what == CURL_POLL_REMOVE) {
            if (watch != nullptr) {
                curl_multi_assign(impl->multi, socket, nullptr);
                unwatch(watch);
            }
            return 0;
        }
        if (watch == nullptr) {
            watch = impl->watch(socket);
        }
        if (watch != nullptr) {
            const int events = ((what & CURL_POLL_IN) != 0 ? UV_READABLE : 0) |
                               ((what & CURL_POLL_OUT) != 0 ? UV_WRITABLE : 0);
            uv_poll_start(&watch->poll, events, &on_socket_ready);
        }
        return 0;
    }

    Watch* watch(curl_socket_t socket) {
        auto watch = std::make_unique<Watch>();
        if (uv_poll_init_socket(&loop, &watch->poll, socket) != 0) {
            return nullptr;
        }
        watch->multi = multi;
        watch->socket = socket;
        watch->poll.data = watch.get();
        curl_multi_assign(multi, socket, watch.get());
        return watch.release();  // unwatch() gives it back
    }

    static void on_wake(uv_async_t* waker) { static_cast<Impl*>(waker->data)->woken = true; }

    static int on_timer(CURLM*, long timeout_ms, void* self) {
        auto* impl = static_cast<Impl*>(self);
        if (timeout_ms < 0) {
            uv_timer_stop(&impl->curl_timer);
            return 0;
        }
        uv_update_time(&impl->loop);  // its clock stands still outside uv_run
        // Also for 0 ms: curl must not be entered from its own callback.
        uv_timer_start(
            &impl->curl_timer,
            [](uv_timer_t* timer) {
                act(static_cast<Impl*>(timer->data)->multi, CURL_SOCKET_TIMEOUT, 0);
            },
            static_cast<std::uint64_t>(timeout_ms), 0);
        return 0;
    }

    std::vector<Ended> run(uv_run_mode mode) {
        uv_run(&loop, mode);
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
    return impl_->run(UV_RUN_NOWAIT);
}

std::vector<CurlLoop::Ended> CurlLoop::turn(std::optional<Ticks> until) {
    if (until) {
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(
            std::max(*until - std::chrono::steady_clock::now(), Ticks::duration{0}));
        uv_update_time(&impl_->loop);
        uv_timer_start(
            &impl_->deadline, [](uv_timer_t*) {}, static_cast<std::uint64_t>(wait.count()), 0);
    }
    auto ended = impl_->run(UV_RUN_ONCE);
    uv_timer_stop(&impl_->deadline);
    return ended;
}

void CurlLoop::wake() {
    uv_async_send(&impl_->waker);
}

bool CurlLoop::take_wake() {
    return std::exchange(impl_->woken, false);
}

}  // namespace wirewatch::feeds
