// SPDX-License-Identifier: MIT
// What a single character is to the segmenter.
#pragma once

#include <cstdint>

namespace wirewatch::rules {

enum class Character : std::uint8_t {
    other,       ///< ends a word
    letter,      ///< letters and digits of scripts that write spaces between words
    pair,        ///< Han and Kana: read in overlapping pairs
    dictionary,  ///< Thai, Lao, Khmer, Burmese: split by ICU's dictionaries
    mark,        ///< belongs to the character before it
    joiner       ///< invisible inside a word: zero-width (non-)joiner, soft hyphen
};

[[nodiscard]] Character character_kind(char32_t point);

[[nodiscard]] bool is_alphabetic(char32_t point);
[[nodiscard]] bool is_latin(char32_t point);
[[nodiscard]] bool is_lower_case(char32_t point);

/// ' and what typographers, Ukrainian keyboards and full-width fonts put for it.
[[nodiscard]] bool is_apostrophe(char32_t point);

}  // namespace wirewatch::rules
