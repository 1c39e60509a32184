// SPDX-License-Identifier: MIT
#include "rules/word_scanner.hpp"

namespace wirewatch::rules::scanning {

Point point_at(std::string_view text, std::size_t at) {
    Point point;
    std::size_t end = at;
    point.value = utf8::next(text, end);
    point.bytes = end - at;
    // Dashes and quotes of English text; two of this block are joiners.
    const bool punctuation = point.value >= 0x2010 && point.value <= 0x2027;
    point.kind = punctuation ? Character::other : character_kind(point.value);
    return point;
}

}  // namespace wirewatch::rules::scanning
