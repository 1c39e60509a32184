// SPDX-License-Identifier: MIT
// Which words of the rules a word of a text satisfies, remembered for every form seen: stems and
// wildcards are worked out once for each, not at each place where it stands.
#pragma once

#include "rules/rule_vocabulary.hpp"
#include "rules/stemmer.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// For one language, and one thread at a time. `vocabulary` must outlive it.
class FormTable {
  public:
    FormTable(const RuleVocabulary& vocabulary, std::string_view language);

    struct Form {
        std::span<const WordId> words;  ///< valid until the next call
        bool may_be_exact = false;      ///< exact words, by what is written, come on top
    };

    /// Of a word of ASCII letters and digits, folded, at most kMaxWordLength bytes.
    [[nodiscard]] Form ascii(std::string_view lower);

    /// Of a word that the segmenter found; exact words included. `stands`: it folds to something.
    struct Segmented {
        std::span<const WordId> words;
        bool stands = true;
    };
    [[nodiscard]] Segmented segment(std::string_view text);

    /// The words of a short stretch of text, in order, each as a count and so many ids; empty where
    /// the stretch is too long to be remembered.
    [[nodiscard]] std::span<const std::uint32_t> region(std::string_view text);
    static constexpr std::size_t kMaxRegion = 64;  ///< bytes; our choice: a word with its quotes

    /// In this language ASCII letters do not fold by themselves (Turkish I): every word has to go
    /// through segment(), as written.
    [[nodiscard]] bool folds_ascii() const { return folds_ascii_; }

    [[nodiscard]] std::size_t bytes() const;

  private:
    enum class Key : std::uint16_t { ascii, segment, region };
    struct Slot {
        std::uint64_t key = 0;   // short texts packed, of others the hash
        std::uint32_t text = 0;  // in texts_, of longer ones
        std::uint16_t size = 0;  // 0: free
        Key kind = Key::ascii;
        std::uint32_t begin = 0;  // in numbers_
        std::uint32_t count = 0;  // top bit: may be exact, or does not stand
    };

    Slot& slot_for(std::string_view text, Key kind);
    [[nodiscard]] bool is(const Slot& slot, std::string_view text, std::uint64_t key,
                          Key kind) const;
    void make_room();
    void learn(Slot& slot, std::span<const std::uint32_t> numbers, bool flag);
    void find_words(std::string_view folded, std::string_view written);

    const RuleVocabulary& vocabulary_;
    Stemmer stemmer_;
    StemIndex stems_;
    bool folds_ascii_;
    std::vector<Slot> slots_;  // open addressing; a power of two
    std::size_t used_ = 0;
    std::string texts_;
    std::vector<std::uint32_t> numbers_;
    std::vector<WordId> found_;  // while one form is worked out
};

}  // namespace wirewatch::rules
