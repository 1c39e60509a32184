// SPDX-License-Identifier: MIT
#include "rules/term.hpp"

#include "base/utf8.hpp"
#include "rules/folding.hpp"
#include "rules/glob.hpp"
#include "rules/segmenter.hpp"
#include "rules/stemmer.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::string_view kWild = "*?";
constexpr std::size_t kMinLiterals = 2;  // the language's rule: `a*` would match half the text

bool is_wild(std::string_view text) {
    return text.find_first_of(kWild) != std::string_view::npos;
}

/// Folds what stands between the wildcards.
std::string fold_shape(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t wild = std::min(text.find_first_of(kWild), text.size());
        out += fold(text.substr(0, wild));
        if (wild < text.size()) {
            out += text[wild];
        }
        text.remove_prefix(std::min(wild + 1, text.size()));
    }
    return out;
}

std::size_t literals(std::string_view shape) {
    const auto wild = std::count_if(shape.begin(), shape.end(), [](char letter) {
        return kWild.find(letter) != std::string_view::npos;
    });
    return utf8::length(shape) - static_cast<std::size_t>(wild);
}

TermWord make_word(const Segment& segment, Form form) {
    TermWord word{form, fold(segment.text), composed(segment.text)};
    if (is_wild(segment.text)) {
        word = {Form::wildcard, fold_shape(segment.text), segment.text};
    } else if (segment.han && utf8::length(word.folded) == 1) {
        // In a text the character stands in the pairs that it makes with its neighbours.
        word = {Form::wildcard, "*" + word.folded + "*", segment.text};
    }
    return word;
}

/// Whether all inflections of a word have a shape that ends in `*`. The stem is looked at in the
/// language of each of these scripts, since the article may be in any: `energy*` finds "energy",
/// not "energies".
bool shape_covers_inflections(const std::string& shape, const std::string& word) {
    constexpr std::array kLanguages{"en", "ru", "ar"};
    return shape.ends_with('*') &&
           std::all_of(kLanguages.begin(), kLanguages.end(), [&](const char* language) {
               return glob(shape, Stemmer{language}.stem(word));
           });
}

/// Whether one word of the text that satisfies `narrow` always satisfies `wide`.
bool word_covers(const TermWord& wide, const TermWord& narrow) {
    const bool inflected = narrow.form == Form::bare || narrow.form == Form::inflected;
    switch (wide.form) {
        case Form::wildcard:
            return glob_covers(wide.folded, narrow.folded) &&
                   (!inflected || shape_covers_inflections(wide.folded, narrow.exact));
        case Form::exact:
            return narrow.form == Form::exact && wide.exact == narrow.exact;
        case Form::folded:
            return narrow.folded == wide.folded &&
                   (narrow.form == Form::folded || narrow.form == Form::exact);
        case Form::bare:
        case Form::inflected:
            // Äpfel and Apfel fold to the same, but do not have the same stem.
            return narrow.folded == wide.folded && narrow.form != Form::wildcard &&
                   (!inflected || lower(narrow.exact, "en") == lower(wide.exact, "en"));
    }
    return false;
}

}  // namespace

Result<Term> make_term(std::string_view text, Form form) {
    const std::vector<Segment> found = segments(text, Wildcards::part_of_words);
    if (found.size() > kMaxTermWords) {
        return fail(Errc::too_large, "a phrase may have at most " + std::to_string(kMaxTermWords) +
                                         " words; this one has " + std::to_string(found.size()));
    }
    const Form each = form == Form::bare && found.size() > 1 ? Form::folded : form;
    Term term;
    for (const Segment& segment : found) {
        TermWord word = make_word(segment, each);
        if (is_wild(segment.text) && literals(word.folded) < kMinLiterals) {
            return fail(Errc::invalid, "the wildcard '" + segment.text +
                                           "' needs at least 2 letters beside its * and ?");
        }
        if (is_wild(segment.text) && form == Form::exact) {
            return fail(Errc::invalid, "= takes no wildcards; leave the = out");
        }
        if (!word.folded.empty()) {
            term.words.push_back(std::move(word));
        }
    }
    if (term.words.empty()) {
        return fail(Errc::invalid,
                    "there is no letter and no digit in '" + std::string{text} + "'");
    }
    return term;
}

bool term_covers(const Term& wide, const Term& narrow) {
    if (wide.words.empty() || narrow.words.empty()) {
        return false;  // a term that was refused
    }
    if (wide.words.size() == 1) {
        return std::any_of(narrow.words.begin(), narrow.words.end(), [&](const TermWord& word) {
            return word_covers(wide.words.front(), word);
        });
    }
    if (wide.slop) {
        return (!narrow.slop || *narrow.slop <= *wide.slop) &&
               std::equal(wide.words.begin(), wide.words.end(), narrow.words.begin(),
                          narrow.words.end(), word_covers);
    }
    // A part of a longer phrase stands in every text that has the whole of it.
    return !narrow.slop && std::search(narrow.words.begin(), narrow.words.end(), wide.words.begin(),
                                       wide.words.end(),
                                       [](const TermWord& narrow_word, const TermWord& wide_word) {
                                           return word_covers(wide_word, narrow_word);
                                       }) != narrow.words.end();
}

bool has_leading_wildcard(const Term& term) {
    return std::any_of(term.words.begin(), term.words.end(), [](const TermWord& word) {
        return word.form == Form::wildcard && is_wild(word.exact.substr(0, 1));
    });
}

}  // namespace wirewatch::rules
