// SPDX-License-Identifier: MIT
#include "rules/folding.hpp"

#include <algorithm>

#include <unicode/bytestream.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace wirewatch::rules {

namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char byte) { return static_cast<unsigned char>(byte) < 0x80; });
}

std::string ascii_lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return out;
}

icu::UnicodeString to_utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8(
        icu::StringPiece{text.data(), static_cast<int32_t>(text.size())});
}

std::string to_utf8(const icu::UnicodeString& text) {
    std::string out;
    return text.toUTF8String(out);
}

using Form = const icu::Normalizer2* (*)(UErrorCode&);

/// The text in a normal form; as it is where ICU has run out of memory or data.
icu::UnicodeString normal(Form form, const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* normalizer = form(status);
    if (U_FAILURE(status) != 0) {
        return text;
    }
    icu::UnicodeString out = normalizer->normalize(text, status);
    return U_SUCCESS(status) != 0 ? out : text;
}

bool is_mark(UChar32 point) {
    return (U_GET_GC_MASK(point) & U_GC_MN_MASK) != 0;
}

/// Letters that Urdu, Persian and Arabic keyboards write differently. 0: dropped.
UChar32 fold_arabic(UChar32 point) {
    switch (point) {
        case 0x0640:  // tatweel
            return 0;
        case 0x064A:  // ي
        case 0x0649:  // ى
            return 0x06CC;
        case 0x0643:  // ك
            return 0x06A9;
        case 0x06C1:  // ہ
        case 0x06C2:  // ۂ
        case 0x06C3:  // ۃ
        case 0x06C0:  // ۀ
        case 0x06D5:  // ە
        case 0x0629:  // ة
            return 0x0647;
        case 0x0622:  // آ
        case 0x0623:  // أ
        case 0x0625:  // إ
        case 0x0671:  // ٱ
            return 0x0627;
        default:
            return point;
    }
}

/// Cyrillic keeps the composed й, ї, ў, ѓ, ќ; only ё and letters with a stress mark are joined.
UChar32 fold_cyrillic(UChar32 point) {
    switch (point) {
        case 0x0451:  // ё
        case 0x0450:  // ѐ
            return 0x0435;
        case 0x045D:  // ѝ
            return 0x0438;
        default:
            return point;
    }
}

void append_without_marks(icu::UnicodeString& out, UChar32 point) {
    const icu::UnicodeString parts =
        normal(&icu::Normalizer2::getNFDInstance, icu::UnicodeString{point});
    for (int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
        const UChar32 part = parts.char32At(at);
        if (!is_mark(part)) {
            out.append(part == 0x0131 ? UChar32{'i'} : part);  // ı: IRAK, ırak and Irak are one
        }
    }
}

bool drops_marks(UScriptCode script) {
    return script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC ||
           script == USCRIPT_ARABIC;
}

void append_folded(icu::UnicodeString& out, UChar32 point, UScriptCode script) {
    if (const int32_t digit = u_charDigitValue(point); digit >= 0) {
        out.append(static_cast<UChar32>('0' + digit));
    } else if (script == USCRIPT_LATIN || script == USCRIPT_GREEK) {
        append_without_marks(out, point);
    } else if (script == USCRIPT_CYRILLIC) {
        out.append(fold_cyrillic(point));
    } else if (const UChar32 joined = script == USCRIPT_ARABIC ? fold_arabic(point) : point;
               joined != 0) {
        out.append(joined);
    }
}

}  // namespace

std::string fold(std::string_view word) {
    if (is_ascii(word)) {
        return ascii_lower(word);
    }
    const icu::UnicodeString text =
        normal(&icu::Normalizer2::getNFKCCasefoldInstance, to_utf16(word));
    icu::UnicodeString out;
    UScriptCode script = USCRIPT_COMMON;
    for (int32_t at = 0; at < text.length(); at = text.moveIndex32(at, 1)) {
        const UChar32 point = text.char32At(at);
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode own = uscript_getScript(point, &status);
        // Marks and tatweel belong to several scripts: they go the way of the letter before them.
        if (own != USCRIPT_INHERITED && own != USCRIPT_COMMON) {
            script = own;
        }
        if (is_mark(point) && drops_marks(script)) {
            continue;
        }
        append_folded(out, point, point == 0x0640 ? USCRIPT_ARABIC : script);
    }
    return to_utf8(out);
}

std::string composed(std::string_view word) {
    if (is_ascii(word)) {
        return std::string{word};
    }
    return to_utf8(normal(&icu::Normalizer2::getNFCInstance, to_utf16(word)));
}

std::string compatible(std::string_view word) {
    if (is_ascii(word)) {
        return std::string{word};
    }
    return to_utf8(normal(&icu::Normalizer2::getNFKCInstance, to_utf16(word)));
}

std::string lower(std::string_view word, const std::string& language) {
    const bool own_rules = language == "tr" || language == "az" || language == "lt";
    if (is_ascii(word) && !own_rules) {
        return ascii_lower(word);
    }
    return to_utf8(to_utf16(word).toLower(icu::Locale{language.c_str()}));
}

}  // namespace wirewatch::rules
