// SPDX-License-Identifier: MIT
#include "history/search_text.hpp"

#include "base/utf8.hpp"

#include <vector>

namespace wirewatch::history {

namespace {

/// Straight, and what editors and telephones make of it: “…” and „…“.
bool is_quote(char32_t c) {
    return c == U'"' || (c >= 0x201C && c <= 0x201F);
}

/// Unicode's White_Space, and every control character: FTS5 would end its reading at a NUL.
bool is_blank(char32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool has_ink(std::string_view term) {
    return term.find_first_not_of(' ') != std::string_view::npos;
}

/// Words and phrases, without their quotes; a phrase that nobody closed ends with the text.
std::vector<std::string> terms_of(std::string_view text) {
    std::vector<std::string> terms(1);
    bool in_phrase = false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = utf8::next(text, at);
        if (is_quote(c)) {
            in_phrase = !in_phrase;
            terms.emplace_back();
        } else if (!is_blank(c)) {
            utf8::append(terms.back(), c);
        } else if (in_phrase) {
            terms.back() += ' ';
        } else {
            terms.emplace_back();
        }
    }
    std::erase_if(terms, [](const std::string& term) { return !has_ink(term); });
    return terms;
}

}  // namespace

Result<std::string> match_expression(std::string_view text) {
    if (text.size() > kMaxSearchBytes) {
        return fail(Errc::invalid, "the search text is longer than " +
                                       std::to_string(kMaxSearchBytes) + " bytes; shorten it");
    }
    const auto terms = terms_of(utf8::repair(text));
    if (terms.size() > kMaxSearchTerms) {
        return fail(Errc::invalid, "the search text has more than " +
                                       std::to_string(kMaxSearchTerms) +
                                       " words and phrases; shorten it");
    }
    std::string expression;
    for (const std::string& term : terms) {
        expression.append(expression.empty() ? "\"" : " \"").append(term).append("\"");
    }
    return expression;
}

}  // namespace wirewatch::history
