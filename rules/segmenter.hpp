// SPDX-License-Identifier: MIT
// Finds the words of a text, in any script. What a word is: docs/rules.md, "How text is read".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// A longer run of letters is cut there and goes on as the next word; our choice.
inline constexpr std::size_t kMaxWordLength = 255;  // code points

struct Segment {
    std::string text;         ///< as written, without abbreviation dots, 's and invisible joiners
    std::uint32_t start = 0;  ///< code points
    std::uint32_t end = 0;
    std::uint32_t sentence = 0;  ///< from 0
    std::uint32_t paragraph = 0;
    bool han = false;  ///< of a Han or Kana run: a pair of characters, or the only one of its run
};

/// In a rule, `*` and `?` are parts of a word; in a text they are not.
enum class Wildcards { apart, part_of_words };

/// The words of valid UTF-8 text, in order.
[[nodiscard]] std::vector<Segment> segments(std::string_view text, Wildcards wildcards);

}  // namespace wirewatch::rules
