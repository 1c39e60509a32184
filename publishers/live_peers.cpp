// SPDX-License-Identifier: MIT
#include "publishers/live_peers.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::publishers {

void LivePeers::take(const Sender& sender, std::string_view message) {
    if (sender.fd == -1 || message.empty()) {
        return;
    }
    Peer& peer = peers_[sender.fd];
    peer.key = sender.key;
    if (message[0] == '\1') {
        ++peer.subscriptions;
    } else if (peer.subscriptions > 0) {
        --peer.subscriptions;
    }
    if (peer.subscriptions > kManySubscriptions && !std::exchange(peer.told, true)) {
        on_many_("the subscriber at " + printable(sender.address, 100) + " has more than " +
                 std::to_string(kManySubscriptions) +
                 " subscriptions: let it subscribe to alert/ and drop what it does not want");
    }
}

std::size_t LivePeers::subscriptions_of(int fd) const {
    const auto found = peers_.find(fd);
    return found == peers_.end() ? 0 : found->second.subscriptions;
}

std::size_t LivePeers::subscribers() const {
    return static_cast<std::size_t>(
        std::count_if(peers_.begin(), peers_.end(),
                      [](const auto& peer) { return peer.second.subscriptions > 0; }));
}

std::vector<int> LivePeers::without(const std::function<bool(std::string_view)>& keeps) const {
    std::vector<int> others;
    for (const auto& [fd, peer] : peers_) {
        if (!keeps(peer.key)) {
            others.push_back(fd);
        }
    }
    return others;
}

}  // namespace wirewatch::publishers
