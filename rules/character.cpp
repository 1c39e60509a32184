// SPDX-License-Identifier: MIT
#include "rules/character.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace wirewatch::rules {

namespace {

UScriptCode script_of(char32_t point) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(point), &status);
}

Character letter_kind(char32_t point) {
    switch (script_of(point)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
            return Character::pair;
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return Character::dictionary;
        default:
            return Character::letter;
    }
}

}  // namespace

Character character_kind(char32_t point) {
    if (point < 0x80) {
        const bool digit = point >= U'0' && point <= U'9';
        return digit || is_alphabetic(point) ? Character::letter : Character::other;
    }
    switch (point) {
        case 0x00AD:  // soft hyphen
        case 0x200C:  // zero-width non-joiner
        case 0x200D:  // zero-width joiner
            return Character::joiner;
        case 0x30FC:  // ー lengthens a kana, but belongs to no script
        case 0xFF70:  // its half-width form
            return Character::pair;
        case 0xFF9E:  // half-width voicing marks are letters to Unicode
        case 0xFF9F:
            return Character::mark;
        default:
            break;
    }
    const std::uint32_t category = U_GET_GC_MASK(static_cast<UChar32>(point));
    if ((category & U_GC_M_MASK) != 0) {
        return Character::mark;
    }
    if ((category & (U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK)) == 0 || is_apostrophe(point)) {
        return Character::other;
    }
    return letter_kind(point);
}

bool is_alphabetic(char32_t point) {
    if (point < 0x80) {
        return (point >= U'a' && point <= U'z') || (point >= U'A' && point <= U'Z');
    }
    return u_isalpha(static_cast<UChar32>(point)) != 0;
}

bool is_latin(char32_t point) {
    return script_of(point) == USCRIPT_LATIN;
}

bool is_lower_case(char32_t point) {
    return u_islower(static_cast<UChar32>(point)) != 0;
}

bool is_apostrophe(char32_t point) {
    return point == U'\'' || point == 0x2019 || point == 0x02BC || point == 0x02BB ||
           point == 0xFF07;
}

}  // namespace wirewatch::rules
