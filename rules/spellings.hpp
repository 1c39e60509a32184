// SPDX-License-Identifier: MIT
// How a word of a rule may be written in a text.
#pragma once

#include "base/requirement.hpp"
#include "rules/query.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// Ways to write one word; where folding joins more letters than that, less of it is looked for.
inline constexpr std::size_t kMaxWritings = 16;
/// A beginning of fewer letters is looked for nowhere: half the words would have it.
inline constexpr std::size_t kMinBeginning = 3;

/// What an article has that holds this word of a resolved query; `fields` is left to the caller.
/// An article's words are those that history::writing_of() finds plain, else its `writing` says so.
[[nodiscard]] Requirement required_word(const TermWord& word);

/// Small letters that fold() makes this one of, itself among them. Of Cyrillic and Arabic script:
/// accents of Latin letters are left to the index.
[[nodiscard]] std::vector<char32_t> written_as(char32_t folded);

}  // namespace wirewatch::rules
