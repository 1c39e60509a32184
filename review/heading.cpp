// SPDX-License-Identifier: MIT
#include "review/heading.hpp"

#include "base/utf8.hpp"

#include <string_view>

namespace wirewatch::review {

namespace {

constexpr std::size_t kFirstWords = 100;  // code points; our choice: a long headline

/// On one line, and no longer than a headline.
std::string first_words(std::string_view text) {
    const std::size_t end = utf8::offset(text, kFirstWords);
    std::string words;
    bool gap = false;
    for (const char c : text.substr(0, end)) {
        const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
        if (!blank) {
            words += gap && !words.empty() ? " " : "";
            words += c;
        }
        gap = blank;
    }
    return end < text.size() ? words + "…" : words;
}

std::string untitled(std::string_view instead) {
    return kUntitled + std::string{instead.empty() ? "" : " "}.append(instead);
}

}  // namespace

std::string heading(const Article& article) {
    if (!article.title.empty()) {
        return article.title;
    }
    const std::string words =
        first_words(article.summary.empty() ? article.content : article.summary);
    return untitled(words.empty() ? article.url : words);
}

std::string heading(const history::Copy& copy) {
    return copy.title.empty() ? untitled(copy.url) : copy.title;
}

}  // namespace wirewatch::review
