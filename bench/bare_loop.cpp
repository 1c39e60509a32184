// SPDX-License-Identifier: MIT
#include "bench/bare_loop.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <curl/curl.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace wirewatch::bench {

namespace {

std::size_t discard(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

struct Slot {
    CURL* easy = nullptr;
    curl_slist* headers = nullptr;
};

}  // namespace

struct BareLoop::Impl {
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    CURLM* multi = curl_multi_init();
    long timeout_ms = -1;
    std::vector<Slot> slots;

    static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void* known) {
        auto* impl = static_cast<Impl*>(self);
        epoll_event event{};
        event.data.fd = socket;
        if (what == CURL_POLL_REMOVE) {
            epoll_ctl(impl->epoll, EPOLL_CTL_DEL, socket, &event);
            return 0;
        }
        event.events = ((what & CURL_POLL_IN) != 0 ? EPOLLIN : 0u) |
                       ((what & CURL_POLL_OUT) != 0 ? EPOLLOUT : 0u);
        epoll_ctl(impl->epoll, known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event);
        curl_multi_assign(impl->multi, socket, impl);
        return 0;
    }

    static int on_timer(CURLM*, long timeout_ms, void* self) {
        static_cast<Impl*>(self)->timeout_ms = timeout_ms;
        return 0;
    }

    void begin(Slot& slot, const BareRequest& request) const {
        curl_slist_free_all(slot.headers);
        slot.headers = nullptr;
        if (!request.etag.empty()) {
            slot.headers = curl_slist_append(nullptr, ("If-None-Match: " + request.etag).c_str());
        }
        curl_easy_setopt(slot.easy, CURLOPT_HTTPHEADER, slot.headers);
        curl_easy_setopt(slot.easy, CURLOPT_URL, request.url.c_str());
        curl_multi_add_handle(multi, slot.easy);
    }

    void turn() {
        std::array<epoll_event, 256> events{};
        const int count =
            epoll_wait(epoll, events.data(), events.size(), static_cast<int>(timeout_ms));
        int running = 0;
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = events.at(static_cast<std::size_t>(i));
            const int ready = ((event.events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                              ((event.events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0);
            curl_multi_socket_action(multi, event.data.fd, ready, &running);
        }
        if (count == 0) {
            curl_multi_socket_action(multi, CURL_SOCKET_TIMEOUT, 0, &running);
        }
    }
};

BareLoop::BareLoop(std::size_t in_flight, std::size_t connections)
    : impl_{std::make_unique<Impl>()} {
    curl_multi_setopt(impl_->multi, CURLMOPT_SOCKETFUNCTION, &Impl::on_socket);
    curl_multi_setopt(impl_->multi, CURLMOPT_SOCKETDATA, impl_.get());
    curl_multi_setopt(impl_->multi, CURLMOPT_TIMERFUNCTION, &Impl::on_timer);
    curl_multi_setopt(impl_->multi, CURLMOPT_TIMERDATA, impl_.get());
    curl_multi_setopt(impl_->multi, CURLMOPT_MAXCONNECTS, static_cast<long>(connections));
    for (std::size_t i = 0; i < in_flight; ++i) {
        CURL* easy = curl_easy_init();
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &discard);
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
        curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 30'000L);
        impl_->slots.push_back({.easy = easy});
    }
}

BareLoop::~BareLoop() {
    for (const Slot& slot : impl_->slots) {
        curl_easy_cleanup(slot.easy);
        curl_slist_free_all(slot.headers);
    }
    curl_multi_cleanup(impl_->multi);
    close(impl_->epoll);
}

Cost BareLoop::run(std::size_t count, const std::function<BareRequest(std::size_t)>& request,
                   long status) {
    const Stopwatch watch;
    std::vector<Slot*> idle;
    for (Slot& slot : impl_->slots) {
        curl_easy_setopt(slot.easy, CURLOPT_PRIVATE, &slot);
        idle.push_back(&slot);
    }
    std::size_t begun = 0;
    std::size_t done = 0;
    while (done < count) {
        while (begun < count && !idle.empty()) {
            impl_->begin(*idle.back(), request(begun++));
            idle.pop_back();
        }
        impl_->turn();
        int left = 0;
        while (CURLMsg* message = curl_multi_info_read(impl_->multi, &left)) {
            CURL* easy = message->easy_handle;
            long found = 0;
            char* slot = nullptr;
            curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &found);
            curl_easy_getinfo(easy, CURLINFO_PRIVATE, &slot);
            if (message->data.result != CURLE_OK || found != status) {
                std::fprintf(stderr, "the bare loop got %ld: %s\n", found,
                             curl_easy_strerror(message->data.result));
                std::abort();
            }
            curl_multi_remove_handle(impl_->multi, easy);
            idle.push_back(reinterpret_cast<Slot*>(slot));
            ++done;
        }
    }
    return watch.cost();
}

}  // namespace wirewatch::bench
