// SPDX-License-Identifier: MIT
// What a monitoring system asks for, in Prometheus' text form: counts and times of this run, and
// the state of feeds, stream and files at the moment of the question. Names: docs/operations.md.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/time.hpp"
#include "daemon/rule_tally.hpp"
#include "history/writer.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace wirewatch::daemon {

struct MetricsOptions {
    std::string listen;  ///< "127.0.0.1:9580"; empty: nobody is served

    friend bool operator==(const MetricsOptions&, const MetricsOptions&) = default;
};

/// Feeds and rules that get lines of their own, each; the rest is counted in the totals alone. Our
/// choice: a question stays under 1 MiB and a few milliseconds.
inline constexpr std::size_t kMaxLabelled = 1000;

/// A numeric loopback address and a port. Error: invalid.
[[nodiscard]] Result<> check_metrics_address(const std::string& listen);

/// What is looked up when somebody asks. Called from the server's threads, one at a time.
struct MetricsView {
    std::filesystem::path database;
    std::function<std::vector<std::string>()> feed_ids;  ///< those that are switched on
    std::function<std::size_t()> rules;                  ///< in force
    std::function<std::uint64_t()> published;            ///< seq of the last message sent
    std::function<std::map<std::string, std::size_t>()> subscribers;  ///< by publisher
};

/// What is counted from the start of the run. Any thread.
class Metrics {
  public:
    explicit Metrics(const Clock& clock);
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// A poll has ended, with this as the feed's new state.
    void polled(const FeedState& state);

    /// A transaction is on disk, after this long.
    void committed(const history::Committed& what, std::chrono::nanoseconds took);

    /// Whether the database takes writes; it does at the start.
    void storing(bool storing);

    /// What rules have cost and brought so far.
    void counted(const RuleCounts& counts);

  private:
    friend class MetricsServer;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Answers GET /metrics until its end, on threads of its own.
class MetricsServer {
  public:
    /// `metrics` must outlive it. Errors: busy; those of opening the database to read.
    [[nodiscard]] static Result<std::unique_ptr<MetricsServer>> open(const MetricsOptions& options,
                                                                     const Metrics& metrics,
                                                                     MetricsView view);
    ~MetricsServer();

  private:
    struct Impl;
    explicit MetricsServer(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::daemon
