// SPDX-License-Identifier: MIT
// What a rule hangs on: words one of which every article that it matches must have.
#pragma once

#include "rules/program.hpp"
#include "rules/rule_vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace wirewatch::rules {

inline constexpr WordId kNoWord = 0xFFFF'FFFF;

/// One of the words, and another that must be there besides.
struct Hook {
    WordId word = 0;
    WordId second = kNoWord;  ///< kNoWord: none is known
    bool sure = false;        ///< where both are there, in the fields that the rule means, it holds
};

/// The rarest hooks for the program at `root`, where `frequency` says how often each word is seen
/// (any unit): every document that the program holds for has the word and the second word of one of
/// them. None: nothing that must be there is known, the program has to be asked every time.
[[nodiscard]] std::optional<std::vector<Hook>> hooks_of(const Programs& programs,
                                                        std::uint32_t root,
                                                        std::span<const float> frequency);

/// Whether all words of the program look into exactly these fields.
[[nodiscard]] bool looks_into(const Programs& programs, const Step& step, std::uint16_t fields);

}  // namespace wirewatch::rules
