// SPDX-License-Identifier: MIT
// A made-up feed world, drawn from a seed: publishers, their feeds, what they answer.
#pragma once

#include "base/feed.hpp"
#include "base/time.hpp"
#include "feeds/feed_schedule.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/poll_options.hpp"
#include "feeds/scheduler.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace wirewatch::feeds {

struct WorldSize {
    std::size_t feeds = 40;
    std::size_t hosts = 8;
    std::chrono::hours length{48};
};

/// The longest that any server takes.
constexpr std::chrono::milliseconds kSlowest{2000};

/// What a server says, and what it means. One of the two is for the code, the other for those who
/// judge the code.
struct WorldAnswer {
    Result<Response> response;
    std::chrono::milliseconds takes{0};

    enum class Kind { unchanged, read, failed, rest, gone } kind = Kind::failed;
    std::size_t articles = 0;
    std::size_t seen_before = 0;
    FeedSchedule schedule;                     ///< of a feed that is read
    std::chrono::milliseconds good{0};         ///< as its cache headers say; 0: they say nothing
    std::optional<std::chrono::seconds> rest;  ///< Retry-After, in seconds
    std::optional<Instant> rest_until;         ///< Retry-After, as a date
};

class World {
  public:
    World(std::uint64_t seed, WorldSize size);

    SchedulerOptions scheduler;
    PollOptions poll;
    std::vector<Feed> feeds;

    /// What is said to `request` at `now`.
    [[nodiscard]] WorldAnswer answer(const FetchRequest& request, Instant now);

    /// The last answer to the feed never arrived.
    void lose(const std::string& feed_id) { habits_.at(feed_id).lost = true; }

    /// Where a feed sends all its readers for good; empty: nowhere.
    [[nodiscard]] const std::string& new_address(const std::string& feed_id) const;

    /// How many feeds a host has.
    [[nodiscard]] std::size_t feeds_at(const std::string& host) const;

    Random random;  ///< for whatever else happens in it

  private:
    /// How one publisher runs one feed.
    struct Habit {
        int fails = 3;     ///< of 100 requests
        int limits = 2;    ///< of 100 requests: 429 or 503
        int changes = 30;  ///< of 100 requests
        int fresh = 10;    ///< of 100 articles in a changed feed
        bool validators = true;
        bool gone = false;  ///< for good, from now on
        std::chrono::seconds max_age{0};
        bool by_expires = false;
        FeedSchedule schedule;
        std::string moved_to;
        int version = 0;
        bool lost = false;
    };

    Habit draw_habit();
    [[nodiscard]] int percent();
    [[nodiscard]] bool chance(int of_hundred) { return percent() < of_hundred; }
    [[nodiscard]] std::size_t below(std::size_t limit);
    void fail(WorldAnswer& answer);
    void limit(WorldAnswer& answer, Instant now);
    void serve(WorldAnswer& answer, Habit& habit, const FetchRequest& request, Instant now);

    std::unordered_map<std::string, Habit> habits_;          // by feed
    std::unordered_map<std::string, std::size_t> feeds_at_;  // by host
};

/// "h3.example" of "https://h3.example/17": the world's addresses have no more to them.
[[nodiscard]] std::string world_host(const std::string& url);

}  // namespace wirewatch::feeds
