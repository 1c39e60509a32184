// SPDX-License-Identifier: MIT
// The alert stream over ZeroMQ: XPUB for live alerts and heartbeats, ROUTER for replay.
// The contract: docs/alerts.md, after ZeroMQ RFC 12.
#pragma once

#include "history/alert_log.hpp"
#include "publishers/publisher.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace wirewatch::publishers {

struct ZmqOptions {
    std::string live = "tcp://127.0.0.1:5580";    ///< XPUB; port * takes a free one
    std::string replay = "tcp://127.0.0.1:5581";  ///< ROUTER
    std::string deployment = "local";
    int send_hwm = 10'000;  ///< messages queued for one subscriber; then dropped, replay has them
    std::chrono::milliseconds heartbeat{1000};  ///< alerts.md: every second
    std::chrono::milliseconds linger{1000};

    friend bool operator==(const ZmqOptions&, const ZmqOptions&) = default;
};

/// Opened on one thread, then used by its relay alone.
class ZmqPublisher final : public Publisher {
  public:
    /// Binds both sockets. Errors: busy (address in use: says which), invalid (no such address,
    /// or one that is not loopback: that needs CURVE, which comes later).
    [[nodiscard]] static Result<std::unique_ptr<ZmqPublisher>> open(ZmqOptions options,
                                                                    history::AlertLog replay_log,
                                                                    const Clock& clock);
    ~ZmqPublisher() override;

    [[nodiscard]] std::string_view name() const override { return "zeromq"; }
    [[nodiscard]] Result<> publish(const Alert& alert) override;
    [[nodiscard]] Result<> publish(const FeedEvent& event) override;
    [[nodiscard]] Result<> serve(int wake_fd, Ticks until, std::uint64_t head) override;

    /// Where it really listens, with ports filled in.
    [[nodiscard]] const std::string& live_endpoint() const;
    [[nodiscard]] const std::string& replay_endpoint() const;

  private:
    struct Impl;
    explicit ZmqPublisher(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::publishers
