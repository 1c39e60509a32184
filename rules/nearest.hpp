// SPDX-License-Identifier: MIT
// "Did you mean": the known name that is closest to a misspelt one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// The name of `known` with the fewest letters to change, add, drop or swap; empty where even that
/// takes more than a third of the word (but one is always allowed).
[[nodiscard]] std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace wirewatch::rules
