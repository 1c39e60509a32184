// SPDX-License-Identifier: MIT
// From text to the words that rules compare: found, folded, stemmed.
#pragma once

#include "rules/stemmer.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

struct Word {
    std::string folded;       ///< for bare words, phrases, wildcards
    std::string exact;        ///< for =WORD: as written, "U.S." as "US"
    std::string stem;         ///< in the text's language
    std::uint32_t start = 0;  ///< code points
    std::uint32_t end = 0;
    std::uint32_t sentence = 0;  ///< from 0
    std::uint32_t paragraph = 0;
};

/// The words of valid UTF-8 text. Rule and text must go through the same analysis to be compared.
[[nodiscard]] std::vector<Word> analyze(std::string_view text, const Stemmer& stemmer);

}  // namespace wirewatch::rules
