// SPDX-License-Identifier: MIT
#include "history/writing.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace wirewatch::history {

namespace {

/// Longer runs of letters are cut by rules at a place that the index does not know.
constexpr std::size_t kLongestWord = 200;
/// "U.S.", "U.S.A." can be asked for letter by letter. What has so many letters, or is of another
/// script, is not.
constexpr std::size_t kLongAbbreviation = 4;

constexpr Writing kUnclear = writing::kAll & ~writing::kStems;

struct Range {
    char32_t first;
    char32_t last;
    Letter letter;
};

/// In order; what lies in none is unclear.
constexpr std::array kRanges = {
    Range{0x0080, 0x00A9, Letter::between},
    Range{0x00AB, 0x00AC, Letter::between},
    Range{0x00AD, 0x00AD, Letter::silent},  // soft hyphen
    Range{0x00AE, 0x00B1, Letter::between},
    Range{0x00B2, 0x00B3, Letter::glue},
    Range{0x00B4, 0x00B4, Letter::between},
    Range{0x00B6, 0x00B8, Letter::between},
    Range{0x00B9, 0x00B9, Letter::glue},
    Range{0x00BB, 0x00BB, Letter::between},
    Range{0x00BC, 0x00BE, Letter::glue},
    Range{0x00BF, 0x00BF, Letter::between},
    Range{0x00C0, 0x00D6, Letter::latin},
    Range{0x00D7, 0x00D7, Letter::between},
    Range{0x00D8, 0x00DE, Letter::latin},
    Range{0x00E0, 0x00F6, Letter::latin},
    Range{0x00F7, 0x00F7, Letter::between},
    Range{0x00F8, 0x012F, Letter::latin},
    Range{0x0134, 0x0137, Letter::latin},
    Range{0x0139, 0x013E, Letter::latin},
    Range{0x0141, 0x0148, Letter::latin},
    Range{0x014A, 0x017E, Letter::latin},
    Range{0x01A0, 0x01A1, Letter::latin},
    Range{0x01AF, 0x01B0, Letter::latin},
    Range{0x01CD, 0x01DC, Letter::latin},
    Range{0x0218, 0x021B, Letter::latin},
    Range{0x0370, 0x03FF, Letter::other},
    Range{0x0400, 0x045F, Letter::cyrillic},
    Range{0x048A, 0x04C0, Letter::cyrillic},
    Range{0x04D0, 0x04FF, Letter::cyrillic},
    Range{0x0531, 0x05FF, Letter::other},
    Range{0x060C, 0x060D, Letter::between},
    Range{0x061B, 0x061B, Letter::between},
    Range{0x061E, 0x061F, Letter::between},
    Range{0x0620, 0x063F, Letter::arabic},
    Range{0x0641, 0x064A, Letter::arabic},
    Range{0x064B, 0x0652, Letter::silent},
    Range{0x0660, 0x0669, Letter::digit_of_other_script},
    Range{0x066A, 0x066D, Letter::between},
    Range{0x066E, 0x066F, Letter::arabic},
    Range{0x0670, 0x0670, Letter::silent},
    Range{0x0671, 0x0674, Letter::arabic},
    Range{0x0679, 0x06D3, Letter::arabic},
    Range{0x06D4, 0x06D4, Letter::between},
    Range{0x06D5, 0x06D5, Letter::arabic},
    Range{0x06EE, 0x06EF, Letter::arabic},
    Range{0x06F0, 0x06F9, Letter::digit_of_other_script},
    Range{0x06FA, 0x06FC, Letter::arabic},
    Range{0x06FF, 0x06FF, Letter::arabic},
    Range{0x0700, 0x074F, Letter::other},
    Range{0x0780, 0x07FF, Letter::other},
    Range{0x0900, 0x1C7F, Letter::other},
    Range{0x1EA0, 0x1EF9, Letter::latin},
    Range{0x2000, 0x200B, Letter::between},
    Range{0x200C, 0x200D, Letter::silent},
    Range{0x200E, 0x2064, Letter::between},
    Range{0x2066, 0x2069, Letter::glue},
    Range{0x206A, 0x206F, Letter::between},
    Range{0x20A0, 0x20B9, Letter::between},
    Range{0x20BA, 0x20BF, Letter::glue},
    Range{0x2116, 0x2118, Letter::between},
    Range{0x2122, 0x2123, Letter::between},
    Range{0x2190, 0x23F3, Letter::between},
    Range{0x23F4, 0x23FF, Letter::glue},
    Range{0x2460, 0x249B, Letter::glue},
    Range{0x2500, 0x26FF, Letter::between},
    Range{0x2700, 0x2700, Letter::glue},
    Range{0x2701, 0x2775, Letter::between},
    Range{0x2776, 0x2793, Letter::glue},
    Range{0x2794, 0x2B4C, Letter::between},
    Range{0x2B4D, 0x2B4F, Letter::glue},
    Range{0x2B50, 0x2B59, Letter::between},
    Range{0x2B5A, 0x2BFF, Letter::glue},
    Range{0x3000, 0x3003, Letter::between},
    Range{0x3005, 0x3007, Letter::other},
    Range{0x3008, 0x3020, Letter::between},
    Range{0x3041, 0x318F, Letter::other},
    Range{0x31A0, 0x31BF, Letter::other},
    Range{0x31F0, 0x31FF, Letter::other},
    Range{0x3400, 0xA4CF, Letter::other},
    Range{0xAC00, 0xD7FF, Letter::other},
    Range{0xF900, 0xFAFF, Letter::other},
    Range{0xFF01, 0xFF0F, Letter::between},
    Range{0xFF1A, 0xFF20, Letter::between},
    Range{0xFFFD, 0xFFFD, Letter::between},
    Range{0x1F300, 0x1F320, Letter::between},
    Range{0x1F321, 0x1F32F, Letter::glue},
    Range{0x1F330, 0x1F335, Letter::between},
    Range{0x1F336, 0x1F336, Letter::glue},
    Range{0x1F337, 0x1F37C, Letter::between},
    Range{0x1F37D, 0x1F37F, Letter::glue},
    Range{0x1F380, 0x1F393, Letter::between},
    Range{0x1F394, 0x1F39F, Letter::glue},
    Range{0x1F3A0, 0x1F3C4, Letter::between},
    Range{0x1F3C5, 0x1F3C5, Letter::glue},
    Range{0x1F3C6, 0x1F3CA, Letter::between},
    Range{0x1F3CB, 0x1F3DF, Letter::glue},
    Range{0x1F3E0, 0x1F3F0, Letter::between},
    Range{0x1F3F1, 0x1F3FF, Letter::glue},
    Range{0x1F400, 0x1F43E, Letter::between},
    Range{0x1F43F, 0x1F43F, Letter::glue},
    Range{0x1F440, 0x1F440, Letter::between},
    Range{0x1F441, 0x1F441, Letter::glue},
    Range{0x1F442, 0x1F4F7, Letter::between},
    Range{0x1F4F8, 0x1F4F8, Letter::glue},
    Range{0x1F4F9, 0x1F4FC, Letter::between},
    Range{0x1F4FD, 0x1F4FF, Letter::glue},
    Range{0x1F500, 0x1F53D, Letter::between},
    Range{0x1F53E, 0x1F53F, Letter::glue},
    Range{0x1F540, 0x1F543, Letter::between},
    Range{0x1F544, 0x1F54F, Letter::glue},
    Range{0x1F550, 0x1F567, Letter::between},
    Range{0x1F568, 0x1F5FA, Letter::glue},
    Range{0x1F5FB, 0x1F640, Letter::between},
    Range{0x1F641, 0x1F644, Letter::glue},
    Range{0x1F645, 0x1F64F, Letter::between},
    Range{0x1F680, 0x1F6C5, Letter::between},
    Range{0x1F6C6, 0x1F6FF, Letter::glue},
    Range{0x1F900, 0x1F9FF, Letter::glue},
    Range{0x20000, 0x3FFFF, Letter::other},
};

/// Collects what its words say.
class Reading {
  public:
    void take(char32_t point) {
        const Letter letter = letter_of(point);
        switch (letter) {
            case Letter::between:
                end_word(point == U'.');
                return;
            case Letter::silent:
                silent_ = length_ > 0;
                return;
            case Letter::latin:
                add(writing::kLatin);
                return;
            case Letter::cyrillic:
                add(writing::kCyrillic);
                return;
            case Letter::arabic:
                add(writing::kArabic);
                return;
            case Letter::digit:
                has_digit_ = true;
                add(0);
                return;
            case Letter::digit_of_other_script:
                has_digit_ = true;
                odd_ = true;
                add(writing::kDigits);
                return;
            case Letter::glue:
                odd_ = true;
                ++length_;
                return;
            case Letter::other:
                // Among the scripts of India and their like are digits too.
                found_ |= writing::kOther |
                          (point >= 0x0700 && point < 0x2000 ? writing::kDigits : Writing{0});
                add(writing::kOther);
                return;
            case Letter::unclear:
                odd_ = true;
                add(kUnclear);
                return;
        }
    }

    Writing finish() {
        end_word(false);
        return found_;
    }

  private:
    void add(Writing script) {
        odd_ = odd_ || silent_;
        scripts_ |= script;
        ++length_;
    }

    void end_word(bool at_dot) {
        // Rules part "2021年" in two; to the index it is one word.
        const bool mixed =
            (scripts_ & (scripts_ - 1)) != 0 || (has_digit_ && (scripts_ & writing::kOther) != 0);
        if (odd_ || mixed || length_ > kLongestWord) {
            found_ |= scripts_ | (has_digit_ ? writing::kDigits : Writing{0});
        }
        if (length_ == 1 && !has_digit_) {
            ++letters_;
            letter_scripts_ |= scripts_;
            if (letters_ >= kLongAbbreviation ||
                (letters_ > 1 && letter_scripts_ != writing::kLatin)) {
                found_ |= letter_scripts_;
            }
        }
        if (length_ != 1 || has_digit_ || !at_dot) {
            letters_ = 0;
            letter_scripts_ = 0;
        }
        scripts_ = 0;
        length_ = 0;
        has_digit_ = odd_ = silent_ = false;
    }

    Writing found_ = 0;

    Writing scripts_ = 0;     // of the word that is being read
    std::size_t length_ = 0;  // in characters
    bool has_digit_ = false;
    bool odd_ = false;
    bool silent_ = false;  // the last character was

    std::size_t letters_ = 0;  // single ones with a dot between, up to here
    Writing letter_scripts_ = 0;
};

}  // namespace

Letter letter_of(char32_t point) {
    if (point < 0x80) {
        const char32_t small = point | 0x20;
        return point >= U'0' && point <= U'9'   ? Letter::digit
               : small >= U'a' && small <= U'z' ? Letter::latin
                                                : Letter::between;
    }
    const auto* range = std::lower_bound(kRanges.begin(), kRanges.end(), point,
                                         [](const Range& one, char32_t p) { return one.last < p; });
    return range != kRanges.end() && point >= range->first ? range->letter : Letter::unclear;
}

Writing writing_of(std::string_view text) {
    Reading reading;
    for (std::size_t at = 0; at < text.size();) {
        reading.take(utf8::next(text, at));
    }
    return reading.finish();
}

Writing writing_of(const Article& article) {
    return writing_of(article.title) | writing_of(article.summary) | writing_of(article.content);
}

}  // namespace wirewatch::history
