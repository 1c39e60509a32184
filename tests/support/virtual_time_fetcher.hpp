// SPDX-License-Identifier: MIT
// A real fetcher in a test's own time: transfers take what they take, waiting takes none.
#pragma once

#include "feeds/fetcher.hpp"
#include "support/manual_clock.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace wirewatch::support {

/// While a transfer runs the clock stands still; where none does, wait() moves it to `until`. One
/// thread, but for wake().
class VirtualTimeFetcher final : public feeds::Fetcher {
  public:
    VirtualTimeFetcher(std::unique_ptr<feeds::Fetcher> real, ManualClock& clock)
        : real_{std::move(real)}, clock_{clock} {}

    /// How often each feed was asked for.
    [[nodiscard]] const std::map<std::string, std::size_t>& starts() const { return starts_; }

    [[nodiscard]] std::size_t running() const { return running_; }

    void start(feeds::FetchRequest request) override {
        ++starts_[request.feed_id];
        ++running_;
        real_->start(std::move(request));
    }

    [[nodiscard]] std::vector<feeds::FetchResult> wait(std::optional<Ticks> until,
                                                       std::size_t max_results) override {
        if (running_ == 0) {
            if (!woken_.exchange(false) && until && *until > clock_.ticks()) {
                clock_.advance(
                    std::chrono::ceil<std::chrono::milliseconds>(*until - clock_.ticks()));
            }
            return {};
        }
        auto results =
            real_->wait(std::chrono::steady_clock::now() + std::chrono::seconds{10}, max_results);
        running_ -= results.size();
        return results;
    }

    void wake() override {
        woken_ = true;
        real_->wake();
    }

  private:
    std::unique_ptr<feeds::Fetcher> real_;
    ManualClock& clock_;
    std::map<std::string, std::size_t> starts_;
    std::size_t running_ = 0;
    std::atomic<bool> woken_{false};
};

}  // namespace wirewatch::support
