// SPDX-License-Identifier: MIT
// A requirement on the words of an article as a question to the full-text index.
#pragma once

#include "base/requirement.hpp"

#include <optional>
#include <string>

namespace wirewatch::history {

/// Which articles may meet a requirement: those that `match` finds, and those apart.
struct Narrowing {
    std::optional<std::string> match = {};  ///< an FTS5 expression, "": finds none; absent: all may
    Writing apart = 0;                      ///< articles whose writing has any of this
};

/// Every word stands in quotes, so that no sign in it is an operator of FTS5.
[[nodiscard]] Narrowing narrow(const Requirement& requirement);

}  // namespace wirewatch::history
