// SPDX-License-Identifier: MIT
// Whether one query finds all that another finds, as far as their shapes tell.
#pragma once

#include "rules/query.hpp"

#include <cstddef>
#include <vector>

namespace wirewatch::rules {

/// Compares resolved trees. Never wrong when it says yes; says no where it cannot tell, and always
/// once its steps are used up.
class Containment {
  public:
    /// A step is one node looked at.
    explicit Containment(std::size_t steps) : steps_{steps} {}

    /// Whether `wide` holds wherever `narrow` does.
    [[nodiscard]] bool contains(const Node& wide, const Node& narrow);

    /// Whether `wide` holds wherever all of `narrow` do.
    [[nodiscard]] bool contains(const Node& wide, const std::vector<const Node*>& narrow);

    [[nodiscard]] bool used_up() const { return steps_ == 0; }

  private:
    [[nodiscard]] bool contains_in_alternative(const Node& wide, const Node& narrow);
    [[nodiscard]] bool contains_same_kind(const Node& wide, const Node& narrow);
    [[nodiscard]] std::size_t held(const Node& list, const Node& narrow);

    std::size_t steps_;
};

}  // namespace wirewatch::rules
