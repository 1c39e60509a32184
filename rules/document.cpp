// SPDX-License-Identifier: MIT
#include "rules/document.hpp"

#include "rules/language.hpp"

#include <iterator>
#include <utility>

namespace wirewatch::rules {

Document::Document(const Article& article, const Feed& feed)
    : language_{language_of(article, feed)}, stemmer_{language_} {
    const ArticleParts texts{article, feed, language_, FieldSet{}.set()};
    for (const PartText& text : texts.parts()) {
        add(text);
    }
    cut_ = texts.is_cut();
}

void Document::add(const PartText& text) {
    Part part{.field = text.field,
              .item = text.item,
              .text = std::string{text.text},
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

}  // namespace wirewatch::rules
