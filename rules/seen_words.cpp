// SPDX-License-Identifier: MIT
#include "rules/seen_words.hpp"

#include <algorithm>

namespace wirewatch::rules {

SeenWords::SeenWords(const RuleIndex& index, const Hooks& hooks)
    : words_(index.vocabulary().size()), seen_(words_.size() / 64 + 1) {
    hang(hooks);
}

void SeenWords::hang(const Hooks& hooks) {
    for (WordId id = 0; id < words_.size(); ++id) {
        words_[id].fields = hooks.calls_of(id).empty() ? 0 : kCalls;
        seen_[id / 64] = 0;
    }
}

void SeenWords::begin_article() {
    ++articles_;
    for (const WordId id : noted_) {
        seen_[id / 64] = 0;
    }
    noted_.clear();
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
    if (is_full()) {
        return;
    }
    for (const WordId id : words) {
        see(id);
    }
}

void SeenWords::add_to_last(std::span<const WordId> words) {
    if (is_full()) {
        return;
    }
    for (const WordId id : words) {
        see(id);
    }
}

void SeenWords::see(WordId id) {
    Word& word = words_[id];
    if (!has(id)) {
        seen_[id / 64] |= std::uint64_t{1} << (id % 64);
        noted_.push_back(id);
        word.fields &= kCalls;
        word.last = kNone;
        word.places = 0;
        ++word.articles;
        if (word.fields != 0) {
            calling_.push_back(id);
        }
    }
    word.fields |= field_;
    word.places = static_cast<std::uint16_t>(std::min(word.places + 1, 0xFFFF));
    places_.push_back({position_, word.last, field_});
    word.last = static_cast<std::uint32_t>(places_.size() - 1);
}

void SeenWords::positions(WordId word, std::uint16_t fields,
                          std::vector<std::uint32_t>& positions) const {
    const auto first = static_cast<std::ptrdiff_t>(positions.size());
    for (Backwards at{*this, word, fields}; !at.done(); at.next()) {
        positions.push_back(at.position());
    }
    std::reverse(positions.begin() + first, positions.end());
}

std::size_t SeenWords::bytes() const {
    return words_.capacity() * sizeof(Word) + places_.capacity() * sizeof(SeenPlace) +
           seen_.capacity() * sizeof(std::uint64_t) + noted_.capacity() * sizeof(WordId);
}

}  // namespace wirewatch::rules
