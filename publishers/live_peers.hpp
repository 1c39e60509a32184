// SPDX-License-Identifier: MIT
// Who is connected to the live stream, as far as subscriptions tell: how many each has, and whose
// key let it in.
#pragma once

#include "publishers/zmq_socket.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::publishers {

/// Each costs memory, and time at every alert; a subscriber to many rules takes "alert/" and drops
/// what it does not want. alerts.md.
constexpr std::size_t kManySubscriptions = 1'000;

/// One thread.
class LivePeers {
  public:
    /// `on_many` is called with words once a connection has more than kManySubscriptions.
    explicit LivePeers(std::function<void(const std::string&)> on_many)
        : on_many_{std::move(on_many)} {}

    /// What an XPUB hands out: a byte 1 or 0 and a prefix. A sender without a connection (one of
    /// this process, or one that has ended) is not counted.
    void take(const Sender& sender, std::string_view message);

    /// That connection has ended.
    void ended(int fd) { peers_.erase(fd); }

    [[nodiscard]] std::size_t subscriptions_of(int fd) const;

    /// Connections that have a subscription.
    [[nodiscard]] std::size_t subscribers() const;

    /// The connections whose key `keeps` does not.
    [[nodiscard]] std::vector<int> without(
        const std::function<bool(std::string_view)>& keeps) const;

  private:
    struct Peer {
        std::string key;
        std::size_t subscriptions = 0;
        bool told = false;
    };

    std::function<void(const std::string&)> on_many_;
    std::map<int, Peer> peers_;  ///< by descriptor
};

}  // namespace wirewatch::publishers
