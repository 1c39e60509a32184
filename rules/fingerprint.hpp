// SPDX-License-Identifier: MIT
// Tells whether two texts of a rule look for the same.
#pragma once

#include "rules/query.hpp"

#include <string>

namespace wirewatch::rules {

/// Of a resolved query: equal for texts that differ in spaces, comments, parentheses that change
/// nothing, or the names of sets; different where what they look for is written differently.
[[nodiscard]] std::string fingerprint(const Node& query);

}  // namespace wirewatch::rules
