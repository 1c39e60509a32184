// SPDX-License-Identifier: MIT
// Where the text of a TOML string and its file part ways: behind each escape.
#pragma once

#include "base/rule.hpp"

#include <string_view>
#include <vector>

namespace wirewatch::daemon {

/// `raw` is the file from the first character of a string in double quotes on, which stands at
/// `first` and was read as `text`. Source: TOML 1.0, "String".
[[nodiscard]] std::vector<Bend> bends_in(std::string_view raw, std::string_view text,
                                         const Position& first);

}  // namespace wirewatch::daemon
