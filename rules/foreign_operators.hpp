// SPDX-License-Identifier: MIT
// Operators of other products that are words here: who writes them hardly means the words.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::rules {

/// What to write instead of `word` (docs/rules.md, "Coming from another product"); empty: nothing
/// is known against it. `before_group`: a parenthesis opens behind it.
[[nodiscard]] std::string foreign_operator(std::string_view word, bool before_group);

}  // namespace wirewatch::rules
