// SPDX-License-Identifier: MIT
#include "daemon/demo/newsroom.hpp"

#include "base/digest.hpp"

#include <algorithm>
#include <mutex>
#include <thread>

#include <httplib.h>

namespace wirewatch::daemon::demo {

struct Newsroom::Impl {
    mutable std::mutex mutex;  // guards wave and reads
    int wave = 0;
    std::array<int, 3> reads{};  // of each outlet's feed since the last wave

    httplib::Server server;
    int port = 0;
    std::jthread thread;

    ~Impl() { server.stop(); }

    void answer(std::size_t index, const httplib::Request& request, httplib::Response& response) {
        std::string body;
        {
            const std::lock_guard lock{mutex};
            ++reads[index];
            body = render(outlets()[index], wave);
        }
        const std::string etag = '"' + to_hex(sha256(body)).substr(0, 16) + '"';
        response.set_header("ETag", etag);
        if (request.get_header_value("If-None-Match") == etag) {
            response.status = 304;
            return;
        }
        const bool atom = outlets()[index].outlet == Outlet::al_arabiya;
        response.set_content(body,
                             atom ? "application/atom+xml; charset=utf-8" : "application/rss+xml");
    }
};

Newsroom::Newsroom(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Newsroom::~Newsroom() = default;

Result<std::unique_ptr<Newsroom>> Newsroom::open() {
    auto impl = std::make_unique<Impl>();
    // A kept connection would hold a thread, and the end of the demo, for seconds.
    impl->server.set_keep_alive_max_count(1);
    for (std::size_t i = 0; i < outlets().size(); ++i) {
        impl->server.Get(
            std::string{outlets()[i].path},
            [self = impl.get(), i](const httplib::Request& request, httplib::Response& response) {
                self->answer(i, request, response);
            });
    }
    impl->port = impl->server.bind_to_any_port("127.0.0.1");
    if (impl->port <= 0) {
        return fail(Errc::io, "the demo's newsroom cannot listen on 127.0.0.1");
    }
    impl->thread = std::jthread{[self = impl.get()] { self->server.listen_after_bind(); }};
    // Once it has answered it is running, and can be stopped again. Any answer will do.
    if (!httplib::Client{"127.0.0.1", impl->port}.Get("/")) {
        return fail(Errc::io, "the demo's newsroom does not answer on 127.0.0.1");
    }
    return std::unique_ptr<Newsroom>{new Newsroom(std::move(impl))};
}

std::string Newsroom::url(const OutletFacts& outlet) const {
    return "http://127.0.0.1:" + std::to_string(impl_->port) + std::string{outlet.path};
}

std::vector<const StoryText*> Newsroom::next_wave() {
    std::vector<const StoryText*> broke;
    const std::lock_guard lock{impl_->mutex};
    if (impl_->wave == last_wave()) {
        return broke;
    }
    ++impl_->wave;
    impl_->reads = {};
    for (const StoryText& story : stories()) {
        if (story.wave == impl_->wave) {
            broke.push_back(&story);
        }
    }
    return broke;
}

bool Newsroom::all_read() const {
    const std::lock_guard lock{impl_->mutex};
    return std::all_of(impl_->reads.begin(), impl_->reads.end(),
                       [](int count) { return count >= 2; });
}

}  // namespace wirewatch::daemon::demo
