// SPDX-License-Identifier: MIT
// What a person types into a search box, made safe for FTS5.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::history {

constexpr std::size_t kMaxSearchBytes = 4096;  ///< our choice
constexpr std::size_t kMaxSearchTerms = 32;    ///< words and phrases; our choice

/// An FTS5 expression that requires every word and every "quoted phrase" of `text`; empty where it
/// has none. Each is quoted, so that no sign in it is an operator; what its letters are, FTS5's
/// tokenizer decides ("F-16" is the phrase "f 16"). Error: invalid, where a limit is passed.
[[nodiscard]] Result<std::string> match_expression(std::string_view text);

}  // namespace wirewatch::history
