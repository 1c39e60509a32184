// SPDX-License-Identifier: MIT
// Where FTS5's tokenizer (unicode61) and rules would read a text differently (base/writing.hpp).
// A test holds every code point against both.
#pragma once

#include "base/article.hpp"
#include "base/writing.hpp"

#include <string_view>

namespace wirewatch::history {

/// What a character is where it stands alone, to both of them.
enum class Letter {
    between,   ///< ends a word
    latin,     ///< a letter; the index has it without its accents, as rules have
    cyrillic,  ///< a letter; the index has its small form
    arabic,    ///< a letter; the index has it as it is
    digit,     ///< 0 to 9
    digit_of_other_script,
    silent,   ///< a vowel mark or a joiner: nothing at the end of a word, a gap inside it
    glue,     ///< ends a word to rules, and is a letter to the index: ², and newer emoji
    other,    ///< belongs to another script
    unclear,  ///< all else: may be read as anything
};
[[nodiscard]] Letter letter_of(char32_t point);

/// All bits but writing::kStems. `text` is valid UTF-8.
[[nodiscard]] Writing writing_of(std::string_view text);

/// Of title, summary and content.
[[nodiscard]] Writing writing_of(const Article& article);

}  // namespace wirewatch::history
