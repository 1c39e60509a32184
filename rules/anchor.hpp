// SPDX-License-Identifier: MIT
// What a rule hangs on: words one of which every article that it matches must have.
#pragma once

#include "rules/program.hpp"
#include "rules/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace wirewatch::rules {

/// One of the words, and another that must be there besides; kNoWord: none is known.
struct Hook {
    WordId word = 0;
    WordId second = 0;
};
inline constexpr WordId kNoWord = 0xFFFF'FFFF;

/// The rarest hooks for the program at `root`, where `frequency` says how often each word is seen
/// (any unit): every document that the program holds for has the word and the second word of one of
/// them. None: nothing that must be there is known, the program has to be asked every time.
[[nodiscard]] std::optional<std::vector<Hook>> hooks_of(const Programs& programs,
                                                        std::uint32_t root,
                                                        std::span<const float> frequency);

}  // namespace wirewatch::rules
