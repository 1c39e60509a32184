// SPDX-License-Identifier: MIT
// The alert stream over ZeroMQ: XPUB for live alerts and heartbeats, ROUTER for replay, and a ZAP
// handler that guards both. The contract: docs/alerts.md, after ZeroMQ RFC 12.
#pragma once

#include "history/alert_log.hpp"
#include "publishers/allow_list.hpp"
#include "publishers/publisher.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace wirewatch::publishers {

struct ZmqOptions {
    std::string live = "tcp://127.0.0.1:5580";    ///< XPUB; port * takes a free one
    std::string replay = "tcp://127.0.0.1:5581";  ///< ROUTER
    std::string curve_key;     ///< the daemon's secret CURVE key; empty: no encryption
    unsigned ipc_mode = 0600;  ///< of the files of ipc addresses: 0600 or 0660
    int send_hwm = 10'000;  ///< messages queued for one subscriber; then dropped, replay has them
    std::size_t send_budget_bytes = 64u << 20;  ///< of that queue: fewer messages, where they are
                                                ///< large; our choice
    std::chrono::milliseconds heartbeat{1000};  ///< alerts.md: every second
    std::chrono::milliseconds linger{1000};

    friend bool operator==(const ZmqOptions&, const ZmqOptions&) = default;
};

/// What a publisher has around it; outlives it.
struct ZmqSurroundings {
    const AllowList* allowed = nullptr;  ///< needed with CURVE
    std::function<void(const std::string&)> warn = [](const std::string&) {};  ///< words for the
                                                                               ///< log
};

/// Opened on one thread, then used by its relay alone.
class ZmqPublisher final : public Publisher {
  public:
    /// Binds both sockets. Errors: busy (address in use: says which), invalid (no such address; one
    /// that is not loopback, without CURVE; CURVE without anybody who is allowed).
    [[nodiscard]] static Result<std::unique_ptr<ZmqPublisher>> open(
        ZmqOptions options, history::AlertLog replay_log, const Clock& clock,
        ZmqSurroundings surroundings = {});
    ~ZmqPublisher() override;

    [[nodiscard]] std::string_view name() const override { return "zeromq"; }
    [[nodiscard]] Result<> publish(const Message& message) override;

    /// Also breaks off connections whose key is no longer allowed.
    [[nodiscard]] Result<> serve(int wake_fd, Ticks until, std::uint64_t head) override;

    [[nodiscard]] std::optional<std::size_t> subscribers() const override;

    /// Where it really listens, with ports filled in.
    [[nodiscard]] const std::string& live_endpoint() const;
    [[nodiscard]] const std::string& replay_endpoint() const;

  private:
    struct Impl;
    explicit ZmqPublisher(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::publishers
