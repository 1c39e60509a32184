// SPDX-License-Identifier: MIT
// Remembers the uuids of the last alerts. Within an epoch seq alone tells alerts apart; a restored
// database numbers the same ones anew.
#pragma once

#include "base/digest.hpp"

#include <cstddef>
#include <deque>
#include <set>

namespace wirewatch::publishers {

class RecentUuids {
  public:
    explicit RecentUuids(std::size_t max_uuids) : max_uuids_{max_uuids} {}

    /// False where it is already there. The oldest is forgotten when there are too many.
    bool add(const Uuid& uuid) {
        if (!known_.insert(uuid).second) {
            return false;
        }
        order_.push_back(uuid);
        if (order_.size() > max_uuids_) {
            known_.erase(order_.front());
            order_.pop_front();
        }
        return true;
    }

  private:
    std::size_t max_uuids_;
    std::set<Uuid> known_;
    std::deque<Uuid> order_;
};

}  // namespace wirewatch::publishers
