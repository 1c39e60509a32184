// SPDX-License-Identifier: MIT
// A Fetcher without a network: a test writes down what each URL answers, and time passes by hand.
#pragma once

#include "feeds/fetcher.hpp"
#include "support/manual_clock.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace wirewatch::support {

struct ScriptedAnswer {
    Result<feeds::Response> response;
    std::chrono::milliseconds takes{0};  ///< from start() to its result
};

/// wait() never blocks: where nothing has finished it moves the clock, to the next result or to
/// `until`, whichever comes first. One thread, but for wake().
class ScriptedFetcher final : public feeds::Fetcher {
  public:
    explicit ScriptedFetcher(ManualClock& clock) : clock_{clock} {}

    /// Each request for `url` takes the next answer; the last one stays. A URL without answers
    /// fails with "not in the script".
    void answer(const std::string& url, ScriptedAnswer answer) {
        answers_[url].push_back(std::move(answer));
    }

    /// A 200 with `body`, as the next answer of `url`.
    void answer(const std::string& url, std::string body) {
        answer(url, {.response = feeds::Response{
                         .status = 200, .final_url = url, .body = std::move(body)}});
    }

    /// From now on this answers every request, whatever the script says, and requests() keeps none.
    void answer_all(std::function<ScriptedAnswer(const feeds::FetchRequest&)> answer) {
        answer_all_ = std::move(answer);
    }

    /// All requests so far, in order.
    [[nodiscard]] const std::vector<feeds::FetchRequest>& requests() const { return requests_; }

    void start(feeds::FetchRequest request) override {
        ScriptedAnswer answer = answer_all_ ? answer_all_(request) : next_answer(request.url);
        running_.emplace(clock_.ticks() + answer.takes,
                         feeds::FetchResult{.feed_id = request.feed_id,
                                            .url = request.url,
                                            .response = std::move(answer.response),
                                            .elapsed = answer.takes});
        if (!answer_all_) {
            requests_.push_back(std::move(request));
        }
    }

    [[nodiscard]] std::vector<feeds::FetchResult> wait(std::optional<Ticks> until,
                                                       std::size_t max_results) override {
        if (!woken_.exchange(false)) {
            pass_time(until);
        }
        std::vector<feeds::FetchResult> results;
        while (!running_.empty() && running_.begin()->first <= clock_.ticks() &&
               results.size() < max_results) {
            results.push_back(std::move(running_.extract(running_.begin()).mapped()));
        }
        return results;
    }

    void wake() override { woken_ = true; }

  private:
    ScriptedAnswer next_answer(const std::string& url) {
        std::deque<ScriptedAnswer>& script = answers_[url];
        if (script.empty()) {
            return {.response = fail(Errc::network, "not in the script")};
        }
        ScriptedAnswer answer = script.front();
        if (script.size() > 1) {
            script.pop_front();
        }
        return answer;
    }

    void pass_time(std::optional<Ticks> until) {
        Ticks target = until.value_or(Ticks::max());
        if (!running_.empty()) {
            target = std::min(target, running_.begin()->first);
        }
        if (target != Ticks::max() && target > clock_.ticks()) {
            clock_.advance(std::chrono::ceil<std::chrono::milliseconds>(target - clock_.ticks()));
        }
    }

    ManualClock& clock_;
    std::map<std::string, std::deque<ScriptedAnswer>> answers_;
    std::function<ScriptedAnswer(const feeds::FetchRequest&)> answer_all_;
    std::multimap<Ticks, feeds::FetchResult> running_;  // by when they finish
    std::vector<feeds::FetchRequest> requests_;
    std::atomic<bool> woken_{false};
};

}  // namespace wirewatch::support
