// SPDX-License-Identifier: MIT
// The running whole: database, relay and desk, wired, started and ended in order.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "daemon/config.hpp"
#include "daemon/desk.hpp"
#include "daemon/keeper.hpp"
#include "daemon/metrics.hpp"
#include "daemon/plan.hpp"
#include "history/writer.hpp"
#include "publishers/allow_list.hpp"
#include "publishers/relay.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace wirewatch::daemon {

/// Used by one thread (main). Signals should be blocked before it starts: it makes threads.
class Daemon {
  public:
    /// Opens the database (making its directory), binds the sockets, starts the threads; serves
    /// when it returns. `on_news` is called from other threads when trouble() or take_done() has
    /// something; with trouble, the daemon cannot go on and should be ended. `on_step` is asked
    /// while the database is opened.
    /// Errors: those of the database and of the sockets; refused, where on_step breaks it off.
    [[nodiscard]] static Result<std::unique_ptr<Daemon>> start(Config config, const Clock& clock,
                                                               std::function<void()> on_news,
                                                               history::OnStep on_step = {});

    /// Ends in order: the desk ends its turn and commits, the relay sends what is in the outbox
    /// (at most 2 s), the log of the database goes into its file.
    ~Daemon();

    /// Puts feeds and rules of `config` in force; nothing is missed or doubled. Returns, in words,
    /// what differs in it but needs a restart.
    [[nodiscard]] std::vector<std::string> adopt(Config config);

    /// Orders to the desk, and the answers that have come since the last time: see desk.hpp.
    [[nodiscard]] std::optional<std::uint64_t> order(review::ControlRequest request) {
        return desk_->order(std::move(request));
    }
    [[nodiscard]] std::vector<OrderDone> take_done() { return desk_->take_done(); }

    /// What these feeds are read from has changed: they are polled at once.
    void touch(const std::vector<std::string>& feed_ids) { desk_->touch(feed_ids); }

    [[nodiscard]] std::shared_ptr<const Plan> plan() const { return desk_->plan(); }
    [[nodiscard]] const std::string& live_endpoint() const { return live_endpoint_; }
    [[nodiscard]] const std::string& replay_endpoint() const { return replay_endpoint_; }

    /// Of the stream; none: not known.
    [[nodiscard]] std::optional<std::size_t> subscribers() const { return relay_->subscribers(); }

    /// Turns of desk and relay: both move as long as the daemon lives.
    [[nodiscard]] std::array<std::uint64_t, 2> pulses() const;

    /// What the daemon cannot go on from. Any thread.
    [[nodiscard]] std::optional<Error> trouble() const;

  private:
    Daemon(history::Writer writer, const Clock& clock, std::function<void()> on_news);
    [[nodiscard]] Result<> serve_metrics(const Config& config);
    void fail_with(const Error& error);

    std::function<void()> on_news_;
    mutable std::mutex trouble_mutex_;  // guards trouble_
    std::optional<Error> trouble_;

    std::string live_endpoint_;
    std::string replay_endpoint_;

    publishers::AllowList allowed_;

    // In the order in which they depend on each other: destruction is the shutdown.
    history::Writer writer_;
    std::unique_ptr<Keeper> keeper_;
    Metrics metrics_;
    std::unique_ptr<publishers::Relay> relay_;
    std::unique_ptr<Desk> desk_;
    std::jthread desk_thread_;
    std::unique_ptr<MetricsServer> metrics_server_;  ///< none: not asked for
};

}  // namespace wirewatch::daemon
