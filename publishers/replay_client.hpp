// SPDX-License-Identifier: MIT
// Asks for what was missed. One request at a time; a lost one is asked again on a fresh socket, so
// that a late answer to it is never taken for the answer to the next.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "publishers/curve.hpp"
#include "publishers/replay_wire.hpp"
#include "publishers/zmq_socket.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace wirewatch::publishers {

/// Where replay is, and how to be let in there.
struct ReplayPlace {
    std::string address;
    std::optional<CurveKeys> keys{};
    std::string server_key{};
};

/// One thread. The context must outlive it.
class ReplayClient {
  public:
    [[nodiscard]] static Result<ReplayClient> open(const ZmqContext& context, ReplayPlace place,
                                                   std::string subtree);

    /// Asks for what comes after `since`; an unfinished answer is forgotten.
    [[nodiscard]] Result<> ask(const ZmqContext& context, std::uint64_t since, Ticks now);

    /// Whether an answer is on its way.
    [[nodiscard]] bool waiting() const { return waiting_; }

    /// Since when nothing of it has come.
    [[nodiscard]] Ticks silent_since() const { return silent_since_; }

    /// The next part of the answer, if it is there; never waits. Error: invalid, where the other
    /// side speaks something else.
    [[nodiscard]] Result<std::optional<ReplayAnswer>> receive(Ticks now);

    [[nodiscard]] const ZmqSocket& socket() const { return dealer_; }

  private:
    ReplayClient(ZmqSocket dealer, ReplayPlace place, std::string subtree);

    ZmqSocket dealer_;
    ReplayPlace place_;
    std::string subtree_;
    bool waiting_ = false;
    Ticks silent_since_{};
};

}  // namespace wirewatch::publishers
