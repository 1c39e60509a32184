// SPDX-License-Identifier: MIT
// The files of review/completion/, carried in the program.
#pragma once

#include <string_view>

namespace wirewatch::review {

/// For "bash", "zsh" or "fish"; empty for any other.
[[nodiscard]] std::string_view completion_script(std::string_view shell);

}  // namespace wirewatch::review
