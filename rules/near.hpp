// SPDX-License-Identifier: MIT
// NEAR, ONEAR, SAME: which places of the operands stand close enough to each other.
#pragma once

#include "rules/occurrence.hpp"
#include "rules/query.hpp"

#include <vector>

namespace wirewatch::rules {

struct Located {
    const Node* leaf = nullptr;
    Occurrence where;
};

/// The places of all operands that are near enough to their neighbours in the chain; none where
/// the chain does not hold. An operand (a OR b) needs one of its parts near, (a b) each of them.
[[nodiscard]] std::vector<Located> near_places(const Node& near, const Reading& reading);

}  // namespace wirewatch::rules
