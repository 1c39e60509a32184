// SPDX-License-Identifier: MIT
#include "rules/spellings.hpp"

#include "base/utf8.hpp"
#include "rules/character.hpp"
#include "rules/stem_beginning.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <unicode/uscript.h>

namespace wirewatch::rules {

namespace {

using Way = Spelling::Kind;

std::u32string points_of(std::string_view text) {
    std::u32string points;
    for (std::size_t at = 0; at < text.size();) {
        points += utf8::next(text, at);
    }
    return points;
}

bool is_digit(char32_t point) {
    return point >= U'0' && point <= U'9';
}

Writing script_bit(char32_t point) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(static_cast<UChar32>(point), &status)) {
        case USCRIPT_LATIN:
            return writing::kLatin;
        case USCRIPT_CYRILLIC:
            return writing::kCyrillic;
        case USCRIPT_ARABIC:
            return writing::kArabic;
        default:
            return writing::kOther;
    }
}

/// The scripts of a folded word, and whether it has digits.
Writing scripts_of(std::u32string_view points) {
    Writing scripts = 0;
    for (const char32_t point : points) {
        scripts |= is_digit(point) ? writing::kDigits : script_bit(point);
    }
    return scripts;
}

/// Every way to write the text, as long as there are few; then every way to begin it.
std::vector<Spelling> writings_of(std::u32string_view points, Way kind) {
    std::vector<std::string> all(1);
    std::size_t taken = 0;
    for (; taken < points.size(); ++taken) {
        const std::vector<char32_t> letters = written_as(points[taken]);
        if (all.size() * letters.size() > kMaxWritings) {
            break;
        }
        std::vector<std::string> longer;
        for (const std::string& beginning : all) {
            for (const char32_t letter : letters) {
                longer.push_back(beginning);
                utf8::append(longer.back(), letter);
            }
        }
        all = std::move(longer);
    }
    if (taken < points.size()) {
        kind = Way::beginning;
    }
    if (kind == Way::beginning && taken < kMinBeginning) {
        return {};
    }
    std::vector<Spelling> spellings;
    for (std::string& text : all) {
        spellings.push_back({kind, std::move(text)});
    }
    return spellings;
}

/// "us" stands letter by letter in "U.S.", and so does what begins with it in "U.S.A.". Longer
/// abbreviations, and those of other scripts, history notes of the article.
bool may_be_abbreviated(std::u32string_view points, Writing scripts) {
    constexpr std::size_t kLongest = 3;
    return scripts == writing::kLatin && points.size() >= 2 && points.size() <= kLongest;
}

/// Whether such a word stands only in articles whose writing says so.
bool always_apart(Writing scripts) {
    const Writing letters = scripts & ~writing::kDigits;
    return (letters & writing::kOther) != 0 || (letters & (letters - 1)) != 0;
}

/// Adds the writings of `text`. False: too little of it can be looked for.
bool add(std::string_view text, Way kind, Requirement& to) {
    const std::u32string points = points_of(text);
    const Writing scripts = scripts_of(points);
    std::vector<Spelling> spellings = writings_of(points, kind);
    if (spellings.empty()) {
        return false;
    }
    std::move(spellings.begin(), spellings.end(), std::back_inserter(to.spellings));
    if (may_be_abbreviated(points, scripts)) {
        to.spellings.push_back({Way::letters, std::string{text}});
    }
    return true;
}

}  // namespace

std::vector<char32_t> written_as(char32_t folded) {
    switch (folded) {
        case U'е':
            return {U'е', U'ё', U'ѐ'};
        case U'и':
            return {U'и', U'ѝ'};
        case U'ی':
            return {U'ی', U'ي', U'ى'};
        case U'ک':
            return {U'ک', U'ك'};
        case U'ه':
            return {U'ه', U'ہ', U'ۂ', U'ۃ', U'ۀ', U'ە', U'ة'};
        case U'ا':
            return {U'ا', U'آ', U'أ', U'إ', U'ٱ'};
        default:
            return {folded};
    }
}

Requirement required_word(const TermWord& word) {
    Requirement required{.kind = Requirement::Kind::word};
    std::u32string letters = points_of(word.folded);
    std::erase_if(letters, [](char32_t point) { return point == U'*' || point == U'?'; });
    required.apart = scripts_of(letters);
    if (always_apart(required.apart)) {
        return required;
    }
    bool known = true;
    switch (word.form) {
        case Form::folded:
        case Form::exact:
            known = add(word.folded, Way::word, required);
            break;
        case Form::wildcard:
            known = add(word.folded.substr(0, word.folded.find_first_of("*?")), Way::beginning,
                        required);
            break;
        case Form::bare:
        case Form::inflected:
            required.apart |= writing::kStems;
            for (const std::string& beginning : stem_beginnings(word.exact)) {
                known = add(beginning, Way::beginning, required) && known;
            }
            break;
    }
    return known ? required : Requirement{};
}

}  // namespace wirewatch::rules
