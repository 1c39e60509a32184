// SPDX-License-Identifier: MIT
#include "rules/form_table.hpp"

#include "rules/folding.hpp"
#include "rules/segmenter.hpp"
#include "rules/word_hash.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::uint32_t kFlag = 0x8000'0000;
constexpr std::size_t kFirstSlots = 1u << 12;
// Forms and numbers remembered at once: past this it begins anew, so that garbage in a feed cannot
// grow it. Our choice: English news has some 200,000 forms in years.
constexpr std::size_t kMaxForms = 400'000;
constexpr std::size_t kMaxNumbers = 8'000'000;

std::uint64_t key_of(std::string_view text) {
    return text.size() <= 8 ? packed(text) : word_hash(text);
}

std::size_t place_of(std::uint64_t key, std::size_t size, std::size_t slots) {
    return static_cast<std::size_t>(mixed(key + size)) & (slots - 1);
}

bool has_own_case(std::string_view language) {
    return language == "tr" || language == "az" || language == "lt";
}

}  // namespace

FormTable::FormTable(const RuleVocabulary& vocabulary, std::string_view language)
    : vocabulary_{vocabulary},
      stemmer_{language},
      stems_{vocabulary.stems(stemmer_)},
      folds_ascii_{!has_own_case(language)},
      slots_(kFirstSlots) {}

bool FormTable::is(const Slot& slot, std::string_view text, std::uint64_t key, Key kind) const {
    return slot.key == key && slot.size == text.size() && slot.kind == kind &&
           (text.size() <= 8 ||
            std::memcmp(texts_.data() + slot.text, text.data(), text.size()) == 0);
}

/// The slot of the text, or the free one that is to be its.
FormTable::Slot& FormTable::slot_for(std::string_view text, Key kind) {
    const std::uint64_t key = key_of(text);
    std::size_t at = place_of(key, text.size(), slots_.size());
    while (slots_[at].size != 0 && !is(slots_[at], text, key, kind)) {
        at = (at + 1) & (slots_.size() - 1);
    }
    Slot& slot = slots_[at];
    if (slot.size == 0) {
        slot.key = key;
        slot.kind = kind;
    }
    return slot;
}

void FormTable::make_room() {
    if (used_ >= kMaxForms || numbers_.size() >= kMaxNumbers) {
        slots_.assign(slots_.size(), {});
        texts_.clear();
        numbers_.clear();
        used_ = 0;
    }
    if (used_ * 2 < slots_.size()) {
        return;
    }
    std::vector<Slot> larger(slots_.size() * 2);
    for (const Slot& slot : slots_) {
        if (slot.size == 0) {
            continue;
        }
        std::size_t at = place_of(slot.key, slot.size, larger.size());
        while (larger[at].size != 0) {
            at = (at + 1) & (larger.size() - 1);
        }
        larger[at] = slot;
    }
    slots_ = std::move(larger);
}

void FormTable::find_words(std::string_view folded, std::string_view written) {
    vocabulary_.find_folded(folded, found_);
    stems_.find(stemmer_.stem(written), found_);
    std::sort(found_.begin(), found_.end());
    found_.erase(std::unique(found_.begin(), found_.end()), found_.end());
}

FormTable::Form FormTable::ascii(std::string_view lower) {
    Slot* slot = &slot_for(lower, Key::ascii);
    if (slot->size == 0) {
        make_room();
        slot = &slot_for(lower, Key::ascii);
        found_.clear();
        find_words(lower, lower);
        if (lower.size() > 8) {
            slot->text = static_cast<std::uint32_t>(texts_.size());
            texts_ += lower;
        }
        slot->size = static_cast<std::uint16_t>(lower.size());
        learn(*slot, found_, vocabulary_.may_be_exact(lower));
    }
    return {std::span{numbers_}.subspan(slot->begin, slot->count & ~kFlag),
            (slot->count & kFlag) != 0};
}

void FormTable::learn(Slot& slot, std::span<const std::uint32_t> numbers, bool flag) {
    slot.begin = static_cast<std::uint32_t>(numbers_.size());
    slot.count = static_cast<std::uint32_t>(numbers.size()) | (flag ? kFlag : 0);
    numbers_.insert(numbers_.end(), numbers.begin(), numbers.end());
    ++used_;
}

FormTable::Segmented FormTable::segment(std::string_view text) {
    Slot* slot = &slot_for(text, Key::segment);
    if (slot->size == 0) {
        make_room();
        slot = &slot_for(text, Key::segment);
        found_.clear();
        const std::string folded = fold(text);
        if (!folded.empty()) {
            vocabulary_.find_exact(composed(text), found_);
            find_words(folded, text);
        }
        if (text.size() > 8) {
            slot->text = static_cast<std::uint32_t>(texts_.size());
            texts_ += text;
        }
        slot->size = static_cast<std::uint16_t>(text.size());
        learn(*slot, found_, folded.empty());
    }
    return {std::span{numbers_}.subspan(slot->begin, slot->count & ~kFlag),
            (slot->count & kFlag) == 0};
}

std::span<const std::uint32_t> FormTable::region(std::string_view text) {
    if (text.size() > kMaxRegion) {
        return {};
    }
    Slot* slot = &slot_for(text, Key::region);
    if (slot->size == 0) {
        std::vector<std::uint32_t> numbers{0};
        for (const Segment& one : segments(text, Wildcards::apart)) {
            const Segmented words = segment(one.text);
            if (words.stands) {
                ++numbers[0];
                numbers.push_back(static_cast<std::uint32_t>(words.words.size()));
                numbers.insert(numbers.end(), words.words.begin(), words.words.end());
            }
        }
        make_room();
        slot = &slot_for(text, Key::region);
        if (text.size() > 8) {
            slot->text = static_cast<std::uint32_t>(texts_.size());
            texts_ += text;
        }
        slot->size = static_cast<std::uint16_t>(text.size());
        learn(*slot, numbers, false);
    }
    return std::span{numbers_}.subspan(slot->begin, slot->count);
}

std::size_t FormTable::bytes() const {
    return slots_.capacity() * sizeof(Slot) + texts_.capacity() +
           numbers_.capacity() * sizeof(std::uint32_t);
}

}  // namespace wirewatch::rules
