// SPDX-License-Identifier: MIT
// Counts what each rule costs while articles are matched.
#pragma once

#include "rules/rule_counters.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wirewatch::rules {

/// By the numbers of the rules. One thread. Of many articles one is timed, since two looks at a
/// clock cost 50 ns, and the times of all are reckoned from it.
class RuleCosts {
  public:
    explicit RuleCosts(std::size_t rules) : counts_(rules), times_(rules), slow_(rules) {}

    /// The article of this number, from 0, comes now.
    void begin_article(std::uint64_t number) { timed_ = number % kTimedArticles == 0; }

    void called(std::uint32_t rule) { ++counts_[rule].candidates; }
    void matched(std::uint32_t rule) { ++counts_[rule].matches; }
    void given_up(std::uint32_t rule) { ++counts_[rule].given_up; }
    /// True: it was not known to be slow.
    bool slow(std::uint32_t rule) {
        const bool news = !slow_[rule];
        slow_[rule] = true;
        return news;
    }

    /// Adds the time that it lives, where the article is timed.
    class Stopwatch {
      public:
        explicit Stopwatch(float* time)
            : time_{time}, start_{time == nullptr ? Clock::time_point{} : Clock::now()} {}
        ~Stopwatch() {
            if (time_ != nullptr) {
                *time_ += std::chrono::duration<float, std::nano>(Clock::now() - start_).count();
            }
        }
        Stopwatch(const Stopwatch&) = delete;
        Stopwatch& operator=(const Stopwatch&) = delete;

      private:
        using Clock = std::chrono::steady_clock;
        float* time_;
        Clock::time_point start_;
    };

    /// One more evaluation, for as long as the stopwatch lives.
    [[nodiscard]] Stopwatch evaluating(std::uint32_t rule) {
        ++counts_[rule].evaluations;
        times_[rule].evaluations += timed_ ? 1 : 0;
        return Stopwatch{timed_ ? &times_[rule].evaluating : nullptr};
    }
    /// The same evaluation, by other means.
    [[nodiscard]] Stopwatch evaluating_on(std::uint32_t rule) {
        return Stopwatch{timed_ ? &times_[rule].evaluating : nullptr};
    }
    [[nodiscard]] Stopwatch finding_spans(std::uint32_t rule) {
        times_[rule].hits += timed_ ? 1 : 0;
        return Stopwatch{timed_ ? &times_[rule].spans : nullptr};
    }

    [[nodiscard]] std::vector<RuleCounters> counters() const;
    [[nodiscard]] std::size_t bytes() const;

  private:
    static constexpr std::uint64_t kTimedArticles = 64;

    struct Counts {
        std::uint32_t candidates = 0;
        std::uint32_t evaluations = 0;
        std::uint32_t matches = 0;
        std::uint32_t given_up = 0;
    };

    /// Of the articles that were timed.
    struct Times {
        float evaluating = 0;  // nanoseconds
        float spans = 0;
        std::uint32_t evaluations = 0;
        std::uint32_t hits = 0;

        [[nodiscard]] std::chrono::nanoseconds of(const Counts& counts) const;
    };

    std::vector<Counts> counts_;
    std::vector<Times> times_;
    std::vector<bool> slow_;
    bool timed_ = false;
};

}  // namespace wirewatch::rules
