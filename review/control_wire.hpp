// SPDX-License-Identifier: MIT
// What a command and a running daemon say to each other: one line of JSON each way
// (docs/control.md).
#pragma once

#include "base/error.hpp"
#include "base/mark.hpp"
#include "base/time.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::review {

inline constexpr std::size_t kMaxRequestBytes = 64u << 10;  ///< with its line break; our choice
inline constexpr std::size_t kMaxAnswerBytes = 1u << 20;    ///< what a client reads; our choice
inline constexpr std::size_t kMaxNamedFeeds = 50;           ///< of one request: fits it for sure
inline constexpr std::size_t kMaxDetails = 200;             ///< lines of one answer; our choice
inline constexpr std::size_t kMaxListedRules = 1'000;       ///< of one answer; our choice

enum class ControlCommand { status, reload, refresh, pause, resume, mark, undo, rules };

struct ControlRequest {
    ControlCommand command = ControlCommand::status;
    std::vector<std::string> feeds;  ///< ids; for refresh, none means all
    MarkOrder marks;                 ///< of mark; of undo, only by whom
};

/// What a rule has cost and brought since the rules were last loaded (rules::RuleCounters).
struct RuleCost {
    std::string id;
    std::uint64_t candidates = 0;
    std::uint64_t evaluations = 0;
    std::uint64_t matches = 0;
    std::uint64_t given_up = 0;
    std::chrono::microseconds time{0};  ///< by a sample
    bool slow = false;
    bool always_asked = false;  ///< it hangs on no word
};

struct RuleReport {
    Instant since;                    ///< the rules were loaded
    std::uint64_t articles = 0;       ///< matched since
    std::uint64_t cut = 0;            ///< of these, longer than what rules look at
    std::size_t rules = 0;            ///< in force
    std::vector<RuleCost> costliest;  ///< first those that were given up or are slow, then by time
};

/// The database takes no writes: nothing is polled until it does again.
struct Standstill {
    Instant since;
    std::string why;
};

/// The daemon at a glance, as only it knows.
struct DaemonStatus {
    int pid = 0;
    std::string version;
    Instant since;          ///< up since
    std::size_t feeds = 0;  ///< that are switched on: the sum of the next five
    std::size_t ok = 0;
    std::size_t failing = 0;
    std::size_t waiting = 0;  ///< never polled yet
    std::size_t paused = 0;
    std::size_t stopped = 0;
    std::size_t rules = 0;             ///< in force
    std::size_t matched_articles = 0;  ///< by these rules; the next three are sums of RuleCost
    std::size_t candidates = 0;
    std::size_t evaluations = 0;
    std::size_t matches = 0;
    std::size_t slow_rules = 0;       ///< some article took them over a millisecond
    std::size_t given_up_rules = 0;   ///< some article took them too long
    std::size_t cut_articles = 0;     ///< longer than what rules look at
    std::size_t backfill_rules = 0;   ///< that look at stored articles, …
    std::size_t backfill_left = 0;    ///< … and so many articles are left
    std::size_t subscribers = 0;      ///< of the stream
    std::size_t in_flight = 0;        ///< requests on their way
    std::optional<Instant> next_due;  ///< when a feed can next be polled; none: nothing waits
    std::optional<Standstill> standstill;
};

struct ControlAnswer {
    bool ok = false;                   ///< all that was asked is done
    std::string message;               ///< what was done, or why not; for a person
    std::vector<std::string> details;  ///< further lines
    std::optional<DaemonStatus> status;
    std::optional<RuleReport> rules;
};

/// One line, with its line break.
[[nodiscard]] std::string encode(const ControlRequest& request);
[[nodiscard]] std::string encode(const ControlAnswer& answer);

/// Of a line without its line break. Error: invalid, in words for whoever wrote it.
[[nodiscard]] Result<ControlRequest> decode_request(std::string_view line);
[[nodiscard]] Result<ControlAnswer> decode_answer(std::string_view line);

}  // namespace wirewatch::review
