// SPDX-License-Identifier: MIT
// Whose CURVE keys may read the stream. Replaced whole at a reload, asked by the relay's thread.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace wirewatch::publishers {

/// Thread-safe.
class AllowList {
  public:
    using Clients = std::map<std::string, std::string, std::less<>>;  ///< public key → name

    explicit AllowList(Clients clients = {}) : clients_{std::move(clients)} {}

    void replace(Clients clients) {
        {
            const std::lock_guard lock{mutex_};
            clients_ = std::move(clients);
        }
        ++version_;
    }

    [[nodiscard]] bool has(std::string_view public_key) const {
        const std::lock_guard lock{mutex_};
        return clients_.contains(public_key);
    }

    [[nodiscard]] bool empty() const {
        const std::lock_guard lock{mutex_};
        return clients_.empty();
    }

    /// Another number after each replace(): who was let in may have to go.
    [[nodiscard]] std::uint64_t version() const { return version_; }

  private:
    mutable std::mutex mutex_;  // guards clients_
    Clients clients_;
    std::atomic<std::uint64_t> version_{0};
};

}  // namespace wirewatch::publishers
