// SPDX-License-Identifier: MIT
// Answers replay requests out of the alert log, on a ROUTER socket.
#pragma once

#include "base/error.hpp"
#include "history/alert_log.hpp"
#include "publishers/replay_wire.hpp"
#include "publishers/zmq_socket.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace wirewatch::publishers {

/// One thread.
class ReplayServer {
  public:
    /// Takes a ROUTER socket that is not yet bound.
    [[nodiscard]] static Result<ReplayServer> open(ZmqSocket router, history::AlertLog log);

    /// Answers the next request; false where there is none. A peer that `lets_in` refuses gets no
    /// answer. An answer for which the peer leaves no room ends without KTHXBAI, so that it asks
    /// again. Errors: those of the alert log, and no
    /// answer is sent: the peer asks again.
    [[nodiscard]] Result<bool> answer_one(const std::function<bool(const Sender&)>& lets_in =
                                              [](const Sender&) { return true; });

    [[nodiscard]] const history::AlertLog& log() const { return log_; }
    [[nodiscard]] ZmqSocket& socket() { return router_; }

  private:
    ReplayServer(ZmqSocket router, history::AlertLog log);
    Result<> answer(const std::string& peer, const ReplayRequest& request);
    Result<std::uint64_t> plain_since() const;

    ZmqSocket router_;
    history::AlertLog log_;
};

}  // namespace wirewatch::publishers
