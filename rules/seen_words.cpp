// SPDX-License-Identifier: MIT
#include "rules/seen_words.hpp"

#include <algorithm>

namespace wirewatch::rules {

SeenWords::SeenWords(const RuleIndex& index) : words_(index.vocabulary().size()) {
    for (WordId id = 0; id < words_.size(); ++id) {
        words_[id].calls = !index.calls_of(id).empty();
    }
}

void SeenWords::begin_article() {
    ++articles_;
    if (++article_ == 0) {  // after four thousand million articles
        for (Word& word : words_) {
            word.article = 0;
        }
        article_ = 1;
    }
    places_.clear();
    calling_.clear();
    position_ = 0;
}

void SeenWords::begin_part(std::uint16_t field) {
    position_ += kPartGap;
    field_ = field;
}

void SeenWords::add(std::span<const WordId> words) {
    ++position_;
    for (const WordId id : words) {
        see(id);
    }
}

void SeenWords::add_to_last(std::span<const WordId> words) {
    for (const WordId id : words) {
        see(id);
    }
}

void SeenWords::see(WordId id) {
    Word& word = words_[id];
    if (word.article != article_) {
        word.article = article_;
        word.fields = 0;
        word.last = kNone;
        ++word.articles;
        if (word.calls) {
            calling_.push_back(id);
        }
    }
    word.fields |= field_;
    places_.push_back({position_, word.last, field_});
    word.last = static_cast<std::uint32_t>(places_.size() - 1);
}

void SeenWords::positions(WordId word, std::uint16_t fields,
                          std::vector<std::uint32_t>& positions) const {
    if (!has(word)) {
        return;
    }
    const auto first = static_cast<std::ptrdiff_t>(positions.size());
    for (std::uint32_t at = words_[word].last; at != kNone; at = places_[at].previous) {
        if ((places_[at].field & fields) != 0) {
            positions.push_back(places_[at].position);
        }
    }
    std::reverse(positions.begin() + first, positions.end());
}

std::size_t SeenWords::bytes() const {
    return words_.capacity() * sizeof(Word) + places_.capacity() * sizeof(Place);
}

}  // namespace wirewatch::rules
