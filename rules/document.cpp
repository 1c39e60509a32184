// SPDX-License-Identifier: MIT
#include "rules/document.hpp"

#include "base/utf8.hpp"
#include "rules/folding.hpp"
#include "rules/language.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace wirewatch::rules {

namespace {

std::string_view up_to(std::string_view text, std::string_view ends) {
    return text.substr(0, text.find_first_of(ends));
}

}  // namespace

Document::Document(const Article& article, const Feed& feed)
    : language_{language_of(article, feed)}, stemmer_{language_} {
    const auto add_items = [this](Field field, const std::vector<std::string>& items) {
        for (std::size_t i = 0; i < std::min(items.size(), kMaxItems); ++i) {
            add(field, static_cast<std::uint32_t>(i), items[i]);
        }
    };
    add(Field::title, 0, article.title);
    add(Field::summary, 0, article.summary);
    add(Field::content, 0, article.content);
    add_items(Field::author, article.authors);
    add_items(Field::category, article.categories);
    add(Field::url, 0, article.url);
    add(Field::domain, 0, host_of(article.url));
    add_items(Field::feed, {feed.id, feed.title});
    add(Field::lang, 0, language_);
}

void Document::add(Field field, std::uint32_t item, std::string_view text) {
    if (text.empty()) {
        return;
    }
    Part part{.field = field,
              .item = item,
              .text = std::string{utf8::cut(text, kMaxFieldBytes)},
              .first_word = words_.size(),
              .end_word = words_.size()};
    const std::uint32_t sentence = words_.empty() ? 0 : words_.back().sentence + 1;
    const std::uint32_t paragraph = words_.empty() ? 0 : words_.back().paragraph + 1;
    std::vector<Word> found = analyze(part.text, stemmer_);
    for (Word& word : found) {
        word.sentence += sentence;
        word.paragraph += paragraph;
    }
    std::move(found.begin(), found.end(), std::back_inserter(words_));
    part.end_word = words_.size();
    parts_.push_back(std::move(part));
}

std::string host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    std::string_view authority = up_to(url.substr(scheme + 3), "/?#\\");
    if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos) {
        authority.remove_prefix(user + 1);
    }
    std::string host = fold(up_to(authority, ":"));
    return host.starts_with("www.") ? host.substr(4) : host;
}

}  // namespace wirewatch::rules
