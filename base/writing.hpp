// SPDX-License-Identifier: MIT
// What makes the words of an article stand otherwise in the full-text index than rules read them.
// history/ notes it of every article, rules/ says which of it matters to a query.
#pragma once

#include <cstdint>

namespace wirewatch {

/// A set of the bits below; 0: the index has every word as rules read it.
using Writing = std::uint32_t;

namespace writing {

inline constexpr Writing kLatin = 1;  ///< Latin words may stand otherwise: ﬁ, ｆ, naïve as n-a-i-¨
inline constexpr Writing kCyrillic = 2;  ///< likewise: и with a mark of its own for й
inline constexpr Writing kArabic = 4;    ///< likewise: vowel marks and joiners inside words
inline constexpr Writing kDigits = 8;    ///< digits that are not 0 to 9
inline constexpr Writing kOther = 16;    ///< letters of any other script: Han, Thai, Greek …
inline constexpr Writing kStems = 32;    ///< inflected words may begin otherwise than their stems
inline constexpr Writing kAll = 63;

}  // namespace writing

}  // namespace wirewatch
