// SPDX-License-Identifier: MIT
#include "rules/language.hpp"

#include "base/utf8.hpp"
#include "rules/stemmer.hpp"

#include <algorithm>
#include <array>
#include <map>

#include <cld2/public/compact_lang_det.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace wirewatch::rules {

namespace {

/// Letters that name the language of a short text. Looked for in this order.
struct Mark {
    UScriptCode script;
    std::u32string_view letters;  // none: the script alone says it
    const char* language;
};
constexpr std::array kMarks{
    Mark{USCRIPT_ARABIC, U"ښځڅڼېۍ", "ps"},
    Mark{USCRIPT_ARABIC, U"ٹڈڑںےہۂۃھ", "ur"},
    Mark{USCRIPT_ARABIC, U"پچژگیک", "fa"},
    Mark{USCRIPT_ARABIC, U"", "ar"},
    Mark{USCRIPT_CYRILLIC, U"ўЎ", "be"},
    Mark{USCRIPT_CYRILLIC, U"їєґЇЄҐ", "uk"},
    Mark{USCRIPT_CYRILLIC, U"ѓќѕЃЌЅ", "mk"},
    Mark{USCRIPT_CYRILLIC, U"љњћђјЉЊЋЂЈ", "sr"},
    Mark{USCRIPT_CYRILLIC, U"", "ru"},
    Mark{USCRIPT_HAN, U"", "zh"},
    Mark{USCRIPT_HIRAGANA, U"", "ja"},  // also Katakana, and Han among them
    Mark{USCRIPT_HANGUL, U"", "ko"},
    Mark{USCRIPT_THAI, U"", "th"},
    Mark{USCRIPT_LAO, U"", "lo"},
    Mark{USCRIPT_KHMER, U"", "km"},
    Mark{USCRIPT_MYANMAR, U"", "my"},
    Mark{USCRIPT_DEVANAGARI, U"", "hi"},
    Mark{USCRIPT_BENGALI, U"", "bn"},
    Mark{USCRIPT_GURMUKHI, U"", "pa"},
    Mark{USCRIPT_GUJARATI, U"", "gu"},
    Mark{USCRIPT_TAMIL, U"", "ta"},
    Mark{USCRIPT_TELUGU, U"", "te"},
    Mark{USCRIPT_KANNADA, U"", "kn"},
    Mark{USCRIPT_MALAYALAM, U"", "ml"},
    Mark{USCRIPT_SINHALA, U"", "si"},
    Mark{USCRIPT_GREEK, U"", "el"},
    Mark{USCRIPT_HEBREW, U"", "he"},
    Mark{USCRIPT_GEORGIAN, U"", "ka"},
    Mark{USCRIPT_ARMENIAN, U"", "hy"},
    Mark{USCRIPT_ETHIOPIC, U"", "am"},
};

UScriptCode script_of(char32_t point) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript(static_cast<UChar32>(point), &status);
}

/// The script of most letters; common where there are none. Kana among Han is Japanese.
UScriptCode main_script(std::u32string_view text) {
    std::map<UScriptCode, std::size_t> letters;
    for (const char32_t point : text) {
        if (u_isalpha(static_cast<UChar32>(point)) != 0) {
            const UScriptCode script = script_of(point);
            ++letters[script == USCRIPT_KATAKANA ? USCRIPT_HIRAGANA : script];
        }
    }
    if (letters.contains(USCRIPT_HIRAGANA)) {
        letters[USCRIPT_HIRAGANA] += letters[USCRIPT_HAN];
        letters.erase(USCRIPT_HAN);
    }
    const auto most =
        std::max_element(letters.begin(), letters.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == letters.end() ? USCRIPT_COMMON : most->first;
}

std::string by_script(std::string_view text) {
    std::u32string points;
    for (std::size_t at = 0; at < text.size();) {
        points += utf8::next(text, at);
    }
    const UScriptCode script = main_script(points);
    const auto known = std::find_if(kMarks.begin(), kMarks.end(), [&](const Mark& mark) {
        return mark.script == script &&
               (mark.letters.empty() || points.find_first_of(mark.letters) != points.npos);
    });
    return known == kMarks.end() ? "en" : known->language;
}

/// CLD2 says languages in codes that have been given up since.
std::string current_code(const std::string& code) {
    const std::map<std::string, std::string> kNewer{{"iw", "he"}, {"in", "id"}, {"ji", "yi"},
                                                    {"jw", "jv"}, {"mo", "ro"}, {"nb", "no"}};
    const auto newer = kNewer.find(code);
    return newer == kNewer.end() ? code : newer->second;
}

/// What the words and letter groups of the text say; empty: not enough to be sure.
std::string by_words(std::string_view text) {
    const CLD2::CLDHints no_hints{nullptr, nullptr, 0, CLD2::UNKNOWN_LANGUAGE};
    std::array<CLD2::Language, 3> languages{};
    std::array<int, 3> percents{};
    std::array<double, 3> scores{};
    int letters = 0;
    int valid = 0;
    bool sure = false;
    const CLD2::Language language = CLD2::ExtDetectLanguageSummaryCheckUTF8(
        text.data(), static_cast<int>(text.size()), true, &no_hints, 0, languages.data(),
        percents.data(), scores.data(), nullptr, &letters, &sure, &valid);
    if (!sure || language == CLD2::UNKNOWN_LANGUAGE || language >= CLD2::NUM_LANGUAGES) {
        return {};
    }
    return current_code(primary_subtag(CLD2::LanguageCode(language)));
}

/// Not so the codes for "undetermined", "several", "none" and "no code" (ISO 639-2).
bool says_something(const std::string& language) {
    constexpr std::array<std::string_view, 4> kNothing{"und", "mul", "zxx", "mis"};
    return !language.empty() &&
           std::find(kNothing.begin(), kNothing.end(), language) == kNothing.end();
}

}  // namespace

std::string language_of(const Article& article, const Feed& feed) {
    for (const std::string* said : {&article.language, &feed.language}) {
        if (std::string language = primary_subtag(*said); says_something(language)) {
            return language;
        }
    }
    std::string text;
    for (const std::string* part : {&article.title, &article.summary, &article.content}) {
        const std::size_t room = kMaxDetectedBytes - std::min(kMaxDetectedBytes, text.size());
        text.append(text.empty() ? "" : "\n").append(utf8::cut(*part, room));
    }
    return detected_language(text);
}

std::string detected_language(std::string_view text) {
    text = utf8::cut(text, kMaxDetectedBytes);
    const std::string language = by_words(text);
    return language.empty() ? by_script(text) : language;
}

}  // namespace wirewatch::rules
