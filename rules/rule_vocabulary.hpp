// SPDX-License-Identifier: MIT
// The words of all rules, each kept once, and which of them a word of a text satisfies.
#pragma once

#include "rules/query.hpp"
#include "rules/stemmer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// The number of a word of the rules, from 0. Two words with one number match the same.
using WordId = std::uint32_t;

/// The stems of a vocabulary's inflected words in one language.
class StemIndex {
  public:
    /// Adds to `found` the inflected words with this stem.
    void find(std::string_view stem, std::vector<WordId>& found) const;

  private:
    friend class RuleVocabulary;
    struct Entry {
        std::uint32_t hash = 0;
        WordId word = 0;
        std::uint32_t begin = 0;  // in text_
        std::uint32_t size = 0;
    };
    std::vector<Entry> entries_;  // by hash
    std::string text_;
};

/// Words are added, then it is sealed; from then on any number of threads may ask.
class RuleVocabulary {
  public:
    /// The number of that word; its form is not `bare`.
    WordId add(const TermWord& word);

    /// Makes it ready to be asked. No add() after it.
    void seal();

    [[nodiscard]] std::size_t size() const { return words_.size(); }
    [[nodiscard]] Form form(WordId word) const { return words_[word].form; }
    [[nodiscard]] std::string_view folded(WordId word) const;
    [[nodiscard]] std::string_view exact(WordId word) const;

    /// Names the word beyond this vocabulary: the same word has it in every other.
    [[nodiscard]] std::string key(WordId word) const;

    /// Adds to `found` the folded, inflected and wildcard words that a word of a text satisfies
    /// by its folded form.
    void find_folded(std::string_view folded, std::vector<WordId>& found) const;

    /// Adds to `found` the exact words that are written like this.
    void find_exact(std::string_view written, std::vector<WordId>& found) const;
    /// Whether some exact word may fold to this: a text's word that does must be looked up as
    /// written. Never wrong when it says no.
    [[nodiscard]] bool may_be_exact(std::string_view folded) const;

    /// Made anew for each language that an article comes in; takes a few hundred nanoseconds a
    /// word.
    [[nodiscard]] StemIndex stems(const Stemmer& stemmer) const;

    /// Of memory that it holds.
    [[nodiscard]] std::size_t bytes() const;

  private:
    struct Entry {
        std::uint32_t folded = 0;  // in text_
        std::uint32_t exact = 0;
        std::uint16_t folded_size = 0;
        std::uint16_t exact_size = 0;
        Form form = Form::folded;
    };
    struct Hashed {
        std::uint32_t hash = 0;
        WordId word = 0;
    };

    [[nodiscard]] std::string_view text(std::uint32_t begin, std::uint16_t size) const {
        return std::string_view{text_}.substr(begin, size);
    }
    void index_wildcard(WordId word);
    void find_wildcards(std::string_view folded, std::vector<WordId>& found) const;
    void grow_slots();

    std::string text_;
    std::vector<Entry> words_;
    std::vector<WordId> slots_;  // open addressing, while words are added; then freed

    std::vector<Hashed> by_folded_;            // all but wildcards and exact ones; by hash
    std::vector<Hashed> by_exact_;             // exact ones, by what is written
    std::vector<std::uint32_t> exact_folded_;  // hashes of their folded forms, in order
    // Wildcards hang on the letters before their first * or ?, else on those after the last.
    std::vector<Hashed> by_prefix_;
    std::vector<Hashed> by_suffix_;
    std::vector<WordId> shapeless_;   // with neither
    std::uint64_t prefix_sizes_ = 0;  // bit n: some prefix has n bytes; longer ones are cut
    std::uint64_t suffix_sizes_ = 0;
};

}  // namespace wirewatch::rules
