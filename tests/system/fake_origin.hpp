// SPDX-License-Identifier: MIT
// Servers on loopback that play three days of the feed world, and take note of bad manners: what a
// publisher would find in the logs. Time is the test's own.
#pragma once

#include "base/time.hpp"
#include "support/feed_server.hpp"
#include "support/manual_clock.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch {

/// What a publisher counts against a reader.
struct Manners {
    std::size_t requests = 0;          ///< redirects apart
    std::size_t redirects = 0;         ///< followed
    std::size_t unconditional = 0;     ///< although it had been given validators
    std::size_t wrong_validators = 0;  ///< not those that it was given last
    std::size_t early = 0;             ///< before it was welcome again
    std::size_t cookies = 0;
    std::size_t referers = 0;
    std::size_t nameless = 0;  ///< without a User-Agent that says who it is

    Manners& operator+=(const Manners& other);
};

class FakeOrigin {
  public:
    explicit FakeOrigin(const support::ManualClock& clock);

    /// Where a feed begins; its name is its path. Origins are told apart by their addresses.
    [[nodiscard]] std::string url(const std::string& feed) const;

    /// The feeds that it plays.
    [[nodiscard]] std::vector<std::string> feeds() const;

    /// Of the requests for a feed.
    [[nodiscard]] Manners manners(const std::string& feed) const;

    /// How often each status was said.
    [[nodiscard]] std::map<int, std::size_t> statuses() const;

    /// Requests for a path, as they came in.
    [[nodiscard]] std::size_t asked(const std::string& path) const;

    /// When a feed was last asked for.
    [[nodiscard]] std::optional<Instant> last_asked(const std::string& feed) const;

  private:
    /// One feed's play, as a function of the hours since it began.
    struct Play {
        std::size_t origin = 0;
        std::chrono::milliseconds interval{0};  ///< the least between two requests
        std::function<support::Answer(const support::AskedRequest&, double hours)> answer;

        // The ledger.
        Manners manners;
        std::string etag;  ///< as given last
        std::string last_modified;
        Instant welcome = Instant::min();  ///< from when on the next request is in order
        std::optional<Instant> last;
        std::string last_path;
        int failures = 0;
    };

    void add(const std::string& feed, std::size_t origin, std::chrono::milliseconds interval,
             std::function<support::Answer(const support::AskedRequest&, double)> answer);
    void cast_well_behaved();
    void cast_limiting();
    void cast_failing();
    support::Answer answer(std::size_t origin, const support::AskedRequest& request);
    void check(Play& play, const support::AskedRequest& request) const;
    void check_time(const std::string& feed, Play& play, Instant now) const;
    void note(Play& play, const support::Answer& answer, Instant now);
    [[nodiscard]] double hours(Instant now) const;
    [[nodiscard]] std::string date(double hours) const;

    const support::ManualClock& clock_;
    Instant start_;
    mutable std::mutex mutex_;                  // guards the four below
    std::map<std::string, Play> plays_;         // by feed
    std::map<std::string, std::size_t> asked_;  // by path
    std::map<int, std::size_t> statuses_;
    std::map<std::size_t, Instant> rests_until_;                 // of an origin that said 429
    std::vector<std::unique_ptr<support::FeedServer>> servers_;  // last: they call back
};

}  // namespace wirewatch
