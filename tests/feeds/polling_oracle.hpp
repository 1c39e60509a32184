// SPDX-License-Identifier: MIT
// Holds polling to its promises: knows from the answers alone when each feed may be polled, and
// when it must have been. Shares no code with what it judges.
#pragma once

#include "base/time.hpp"
#include "feeds/quiet_times.hpp"
#include "polling_world.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace wirewatch::feeds {

/// What a simulation came to.
struct PollingRecord {
    std::size_t polls = 0;
    std::size_t most_in_flight = 0;
    std::size_t moved = 0;                     ///< feeds polled at the address that they moved to
    std::chrono::milliseconds most_late{0};    ///< behind others of its host, or of all
    std::vector<std::string> broken_promises;  ///< the first few, in words
};

class Oracle {
  public:
    explicit Oracle(const World& world);

    /// The feeds were adopted, all for the first time, or once more after a reload.
    void adopted(Instant now);

    void started(const FetchRequest& request, Instant now, Ticks ticks);
    void finished(const std::string& feed_id, const WorldAnswer& answer, Instant now);

    /// The daemon ended with these in flight, and began again.
    void restarted(const std::vector<std::string>& in_flight, Instant now);

    void clock_jumped(std::chrono::milliseconds by, Instant now);

    /// Nobody has been forgotten.
    void check_all(Instant now);

    [[nodiscard]] const PollingRecord& record() const { return record_; }

  private:
    struct Known {
        const Feed* feed = nullptr;
        bool in_flight = false;
        bool gone = false;
        Instant earliest = Instant::min();
        Instant latest = Instant::max();
        std::string host;  // that was asked last
        QuietTimes quiet;
        std::chrono::milliseconds ttl{0};
        std::chrono::minutes pace{15};
        bool was_read = false;
        int failures = 0;
        std::optional<Instant> gone_since;
        std::chrono::milliseconds set_back{0};  // the clock, since its last answer
    };
    struct Server {
        std::size_t in_flight = 0;
        std::optional<Ticks> last_start;
        Instant rests_until = Instant::min();
    };

    void due_after(Known& feed, std::chrono::milliseconds wait, Instant now);
    void learn(Known& feed, const WorldAnswer& answer);
    [[nodiscard]] std::chrono::milliseconds own_interval(const Known& feed) const;
    [[nodiscard]] Instant deadline(const Known& feed, const std::string& host) const;
    [[nodiscard]] std::chrono::milliseconds queue(const std::string& host) const;
    void host_rests(const std::string& host, Instant until);
    void promise(bool kept, const std::string& feed_id, const std::string& words, Instant now);

    const World& world_;
    std::unordered_map<std::string, Known> feeds_;
    std::unordered_map<std::string, Server> servers_;
    std::size_t in_flight_ = 0;
    PollingRecord record_;
};

}  // namespace wirewatch::feeds
