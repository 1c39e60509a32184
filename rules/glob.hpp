// SPDX-License-Identifier: MIT
// Shapes with * and ?, for words and for feed ids.
#pragma once

#include <string_view>

namespace wirewatch::rules {

/// Whether `text` has the shape `pattern`: `*` stands for any run of code points, also none, `?`
/// for exactly one. Takes at most as many steps as the two lengths multiplied.
[[nodiscard]] bool glob(std::string_view pattern, std::string_view text);

/// Whether all that `narrow` matches, `wide` matches too. Never wrong when it says yes.
[[nodiscard]] bool glob_covers(std::string_view wide, std::string_view narrow);

}  // namespace wirewatch::rules
