// SPDX-License-Identifier: MIT
// Which alerts a subscriber wants, in the three ways in which that is said. Pure.
#pragma once

#include "base/error.hpp"
#include "publishers/wire.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::publishers {

class Subscription {
  public:
    /// Alerts of these rules; empty: all. Error: invalid, where one is no rule id.
    [[nodiscard]] static Result<Subscription> of(std::vector<std::string> rules);

    [[nodiscard]] bool to_all() const { return rules_.empty(); }
    [[nodiscard]] bool to_one() const { return rules_.size() == 1; }

    /// The prefixes to subscribe to, in this order.
    [[nodiscard]] std::vector<std::string> prefixes() const;

    /// What to ask replay for. It holds more than is wanted where there are several rules.
    [[nodiscard]] std::string subtree() const;

    [[nodiscard]] bool wants(std::string_view topic) const;

  private:
    explicit Subscription(std::vector<std::string> rules);

    std::vector<std::string> rules_;  ///< sorted, each once
};

}  // namespace wirewatch::publishers
