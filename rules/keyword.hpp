// SPDX-License-Identifier: MIT
// The words and numbers of the language: AND, NEAR/5, SCORE/20 …
#pragma once

#include "rules/lexer.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace wirewatch::rules {

inline constexpr double kMaxWeight = 1e6;  ///< in a SCORE, plus and minus; our choice

/// The operator that a bare word is, without its place; none: a word to look for. An error in
/// words where it begins like an operator but cannot be one ("NEAR/x").
[[nodiscard]] std::optional<tl::expected<Token, std::string>> keyword(std::string_view word);

/// An example of each operator that keyword() knows: "AND", "NEAR/5" … What documentation must
/// name.
[[nodiscard]] std::span<const std::string_view> operator_examples();

/// The length of the name in front of a colon: 5 for "title:x"; 0 where there is none.
[[nodiscard]] std::size_t field_prefix(std::string_view word);

/// Digits alone, from 0 to `max`.
[[nodiscard]] std::optional<int> whole_number(std::string_view digits, int max);

/// "-50", "2.5", "+3"; between plus and minus a million.
[[nodiscard]] std::optional<double> decimal_number(std::string_view text);

}  // namespace wirewatch::rules
