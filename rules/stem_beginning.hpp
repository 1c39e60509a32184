// SPDX-License-Identifier: MIT
// What words with the same stem begin with, so that they can be looked up in an index of words that
// knows no stems.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// Whether stem_beginnings() says all there is to say of a language (a primary subtag): English,
/// Russian, and those that Snowball does not know. Others change a word in its midst (French,
/// German) or in front (Arabic, Indonesian).
[[nodiscard]] bool stems_begin_alike(std::string_view language);

/// Whatever has the same stem as `word`, in any language of which stems_begin_alike() holds, begins
/// with one of these once it is folded. None is the beginning of another. May hold an empty one.
[[nodiscard]] std::vector<std::string> stem_beginnings(std::string_view word);

/// What all words begin with, folded, that have this stem in English. Shorter than the stem where
/// Snowball puts other letters in place of an ending: "energi" is the stem of "energy", "capabl"
/// that of "capability", "die" that of "dying".
[[nodiscard]] std::string english_beginning(std::string_view stem);

}  // namespace wirewatch::rules
