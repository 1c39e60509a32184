// SPDX-License-Identifier: MIT
#include "rules/rule_vocabulary.hpp"

#include "base/check.hpp"
#include "rules/glob.hpp"
#include "rules/word_hash.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::string_view kWild = "*?";
constexpr WordId kFree = std::numeric_limits<WordId>::max();
constexpr std::size_t kMaxSize = 63;  // of prefixes and suffixes that are told apart by size

std::uint32_t hash_of(std::string_view text) {
    return static_cast<std::uint32_t>(word_hash(text));
}

void sort_by_hash(auto& entries) {
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return a.hash != b.hash ? a.hash < b.hash : a.word < b.word;
    });
    entries.shrink_to_fit();
}

/// Calls `visit` with each entry of that hash.
void each_with_hash(const auto& entries, std::uint32_t hash, auto visit) {
    const auto before = [](const auto& entry, std::uint32_t wanted) { return entry.hash < wanted; };
    for (auto at = std::lower_bound(entries.begin(), entries.end(), hash, before);
         at != entries.end() && at->hash == hash; ++at) {
        visit(*at);
    }
}

std::string_view prefix_of(std::string_view shape) {
    return shape.substr(0, std::min({shape.find_first_of(kWild), shape.size(), kMaxSize}));
}

std::string_view suffix_of(std::string_view shape) {
    const std::size_t last = shape.find_last_of(kWild);
    std::string_view suffix = shape.substr(last == std::string_view::npos ? 0 : last + 1);
    suffix.remove_prefix(suffix.size() - std::min(suffix.size(), kMaxSize));
    return suffix;
}

}  // namespace

WordId RuleVocabulary::add(const TermWord& word) {
    WIREWATCH_CHECK(word.form != Form::bare);
    // A stem is made from what is written; for the other forms one of the two says it all.
    const std::string_view folded = word.form == Form::exact ? std::string_view{} : word.folded;
    const bool needs_written = word.form == Form::exact || word.form == Form::inflected;
    const std::string_view exact =
        needs_written ? std::string_view{word.exact} : std::string_view{};
    if (slots_.size() < 2 * (words_.size() + 1)) {
        grow_slots();
    }
    const std::uint64_t hash = word_hash(folded) * 3 + word_hash(exact) +
                               static_cast<std::uint64_t>(word.form) * kGoldenRatio;
    std::size_t slot = static_cast<std::size_t>(mixed(hash)) % slots_.size();
    for (; slots_[slot] != kFree; slot = (slot + 1) % slots_.size()) {
        const Entry& entry = words_[slots_[slot]];
        if (entry.form == word.form && text(entry.folded, entry.folded_size) == folded &&
            text(entry.exact, entry.exact_size) == exact) {
            return slots_[slot];
        }
    }
    Entry entry{.folded = static_cast<std::uint32_t>(text_.size()),
                .folded_size = static_cast<std::uint16_t>(folded.size()),
                .form = word.form};
    text_ += folded;
    entry.exact = static_cast<std::uint32_t>(text_.size());
    entry.exact_size = static_cast<std::uint16_t>(exact.size());
    text_ += exact;
    if (word.form == Form::exact) {
        exact_folded_.push_back(hash_of(word.folded));
    }
    const auto id = static_cast<WordId>(words_.size());
    words_.push_back(entry);
    slots_[slot] = id;
    return id;
}

void RuleVocabulary::grow_slots() {
    std::vector<WordId> larger(std::max<std::size_t>(64, slots_.size() * 4), kFree);
    for (const WordId id : slots_) {
        if (id == kFree) {
            continue;
        }
        const Entry& entry = words_[id];
        const std::uint64_t hash = word_hash(text(entry.folded, entry.folded_size)) * 3 +
                                   word_hash(text(entry.exact, entry.exact_size)) +
                                   static_cast<std::uint64_t>(entry.form) * kGoldenRatio;
        std::size_t slot = static_cast<std::size_t>(mixed(hash)) % larger.size();
        while (larger[slot] != kFree) {
            slot = (slot + 1) % larger.size();
        }
        larger[slot] = id;
    }
    slots_ = std::move(larger);
}

void RuleVocabulary::seal() {
    slots_ = {};
    text_.shrink_to_fit();
    words_.shrink_to_fit();
    for (WordId id = 0; id < words_.size(); ++id) {
        switch (words_[id].form) {
            case Form::wildcard:
                index_wildcard(id);
                break;
            case Form::exact:
                by_exact_.push_back({hash_of(exact(id)), id});
                break;
            default:
                by_folded_.push_back({hash_of(folded(id)), id});
        }
    }
    sort_by_hash(by_folded_);
    sort_by_hash(by_exact_);
    sort_by_hash(by_prefix_);
    sort_by_hash(by_suffix_);
    std::sort(exact_folded_.begin(), exact_folded_.end());
}

void RuleVocabulary::index_wildcard(WordId word) {
    const std::string_view shape = folded(word);
    if (const std::string_view prefix = prefix_of(shape); !prefix.empty()) {
        by_prefix_.push_back({hash_of(prefix), word});
        prefix_sizes_ |= std::uint64_t{1} << prefix.size();
    } else if (const std::string_view suffix = suffix_of(shape); !suffix.empty()) {
        by_suffix_.push_back({hash_of(suffix), word});
        suffix_sizes_ |= std::uint64_t{1} << suffix.size();
    } else {
        shapeless_.push_back(word);
    }
}

std::string_view RuleVocabulary::folded(WordId word) const {
    return text(words_[word].folded, words_[word].folded_size);
}

std::string_view RuleVocabulary::exact(WordId word) const {
    return text(words_[word].exact, words_[word].exact_size);
}

std::string RuleVocabulary::key(WordId word) const {
    std::string key{static_cast<char>('0' + static_cast<int>(form(word)))};
    key.append(folded(word)).append("\n").append(exact(word));
    return key;
}

void RuleVocabulary::find_folded(std::string_view folded_form, std::vector<WordId>& found) const {
    each_with_hash(by_folded_, hash_of(folded_form), [&](const Hashed& entry) {
        if (folded(entry.word) == folded_form) {
            found.push_back(entry.word);
        }
    });
    find_wildcards(folded_form, found);
}

void RuleVocabulary::find_wildcards(std::string_view folded_form,
                                    std::vector<WordId>& found) const {
    const auto add_if_alike = [&](const Hashed& entry) {
        if (glob(folded(entry.word), folded_form)) {
            found.push_back(entry.word);
        }
    };
    const std::size_t longest = std::min(folded_form.size(), kMaxSize);
    for (std::size_t size = 1; size <= longest; ++size) {
        if ((prefix_sizes_ >> size & 1) != 0) {
            each_with_hash(by_prefix_, hash_of(folded_form.substr(0, size)), add_if_alike);
        }
        if ((suffix_sizes_ >> size & 1) != 0) {
            each_with_hash(by_suffix_, hash_of(folded_form.substr(folded_form.size() - size)),
                           add_if_alike);
        }
    }
    std::for_each(shapeless_.begin(), shapeless_.end(), [&](WordId word) {
        add_if_alike({0, word});
    });
}

void RuleVocabulary::find_exact(std::string_view written, std::vector<WordId>& found) const {
    each_with_hash(by_exact_, hash_of(written), [&](const Hashed& entry) {
        if (exact(entry.word) == written) {
            found.push_back(entry.word);
        }
    });
}

bool RuleVocabulary::may_be_exact(std::string_view folded_form) const {
    return std::binary_search(exact_folded_.begin(), exact_folded_.end(), hash_of(folded_form));
}

StemIndex RuleVocabulary::stems(const Stemmer& stemmer) const {
    StemIndex index;
    for (const Hashed& entry : by_folded_) {
        if (form(entry.word) != Form::inflected) {
            continue;
        }
        const std::string stem = stemmer.stem(exact(entry.word));
        index.entries_.push_back({hash_of(stem), entry.word,
                                  static_cast<std::uint32_t>(index.text_.size()),
                                  static_cast<std::uint32_t>(stem.size())});
        index.text_ += stem;
    }
    sort_by_hash(index.entries_);
    return index;
}

void StemIndex::find(std::string_view stem, std::vector<WordId>& found) const {
    each_with_hash(entries_, hash_of(stem), [&](const Entry& entry) {
        if (std::string_view{text_}.substr(entry.begin, entry.size) == stem) {
            found.push_back(entry.word);
        }
    });
}

std::size_t RuleVocabulary::bytes() const {
    return text_.capacity() + words_.capacity() * sizeof(Entry) +
           (by_folded_.capacity() + by_exact_.capacity() + by_prefix_.capacity() +
            by_suffix_.capacity()) *
               sizeof(Hashed) +
           exact_folded_.capacity() * sizeof(std::uint32_t) +
           shapeless_.capacity() * sizeof(WordId);
}

}  // namespace wirewatch::rules
