// SPDX-License-Identifier: MIT
#include "feeds/curl_fetcher.hpp"

#include "base/check.hpp"
#include "feeds/curl_loop.hpp"
#include "feeds/file_reader.hpp"
#include "feeds/file_source.hpp"
#include "feeds/transfer.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <iterator>
#include <unordered_map>
#include <utility>

#include <curl/curl.h>

namespace wirewatch::feeds {

namespace {

// Must be there before the first handle and after the last; libcurl counts.
class CurlLibrary {
  public:
    CurlLibrary() { WIREWATCH_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); }
    ~CurlLibrary() { curl_global_cleanup(); }
    CurlLibrary(const CurlLibrary&) = delete;
    CurlLibrary& operator=(const CurlLibrary&) = delete;
};

}  // namespace

struct CurlFetcher::Impl {
    CurlLibrary library;
    FetchOptions options;
    CurlLoop loop;
    std::vector<std::unique_ptr<Transfer>> idle;  // as many as ever ran at once
    std::unordered_map<CURL*, std::unique_ptr<Transfer>> running;
    std::deque<FetchResult> finished;  // not handed over yet

    explicit Impl(FetchOptions chosen)
        : options{std::move(chosen)}, loop{options.max_connections} {}

    ~Impl() {
        for (const auto& [easy, transfer] : running) {
            loop.remove(easy);
        }
    }

    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    std::unique_ptr<Transfer> take_idle() {
        if (idle.empty()) {
            return std::make_unique<Transfer>(options);
        }
        auto transfer = std::move(idle.back());
        idle.pop_back();
        return transfer;
    }

    void begin(FetchRequest request) {
        auto transfer = take_idle();
        // Kept aside, since a transfer that does not begin has not taken them.
        FetchResult failed{.feed_id = request.feed_id, .url = request.url, .response = {}};
        if (auto ready = transfer->begin(std::move(request)); !ready) {
            static_cast<void>(transfer->give_up({}));
            failed.response = fail(std::move(ready));
            finished.push_back(std::move(failed));
            idle.push_back(std::move(transfer));
            return;
        }
        run(std::move(transfer));
    }

    void run(std::unique_ptr<Transfer> transfer) {
        CURL* easy = transfer->handle();
        if (loop.add(easy) == CURLM_OK) {
            running.emplace(easy, std::move(transfer));
            return;
        }
        finished.push_back(transfer->give_up({Errc::io, "libcurl cannot begin another transfer"}));
        idle.push_back(std::move(transfer));
    }

    void collect(const std::vector<CurlLoop::Ended>& ended) {
        for (const auto& [easy, code] : ended) {
            auto transfer = std::move(running.extract(easy).mapped());
            loop.remove(easy);
            if (auto result = transfer->ended(code)) {
                finished.push_back(std::move(*result));
                idle.push_back(std::move(transfer));
            } else {
                run(std::move(transfer));  // its next hop
            }
        }
    }

    std::vector<FetchResult> hand_over(std::size_t max_results) {
        const auto count = static_cast<std::ptrdiff_t>(std::min(max_results, finished.size()));
        std::vector<FetchResult> results{std::make_move_iterator(finished.begin()),
                                         std::make_move_iterator(finished.begin() + count)};
        finished.erase(finished.begin(), finished.begin() + count);
        return results;
    }
};

CurlFetcher::CurlFetcher(FetchOptions options)
    : impl_{std::make_unique<Impl>(std::move(options))} {}

CurlFetcher::~CurlFetcher() = default;

void CurlFetcher::start(FetchRequest request) {
    if (is_file_url(request.url)) {
        const FetchOptions& options = impl_->options;
        impl_->finished.push_back(read_files(
            request, {.roots = options.file_roots, .max_bytes = options.max_body_bytes}));
        return;
    }
    impl_->begin(std::move(request));
}

std::vector<FetchResult> CurlFetcher::wait(std::optional<Ticks> until, std::size_t max_results) {
    // Once without waiting, so that the network is served also by a caller who is always late.
    impl_->collect(impl_->loop.poll());
    while (impl_->finished.empty() && !impl_->loop.take_wake() &&
           !(until && std::chrono::steady_clock::now() >= *until)) {
        impl_->collect(impl_->loop.turn(until));
    }
    static_cast<void>(impl_->loop.take_wake());  // it has been answered, also where results came
    return impl_->hand_over(max_results);
}

void CurlFetcher::wake() {
    impl_->loop.wake();
}

}  // namespace wirewatch::feeds
