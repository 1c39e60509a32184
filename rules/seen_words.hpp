// SPDX-License-Identifier: MIT
// Which words of the rules an article has, and where.
#pragma once

#include "rules/query.hpp"
#include "rules/rule_index.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace wirewatch::rules {

/// One article at a time, one thread. Beginning the next one costs nothing.
class SeenWords {
  public:
    /// `index` must outlive it, and must not be hung anew.
    explicit SeenWords(const RuleIndex& index);

    void begin_article();

    /// A text that nothing runs across; `field` is its one bit.
    void begin_part(std::uint16_t field);

    /// A word of the text, with the words of the rules that it satisfies.
    void add(std::span<const WordId> words);
    /// To the word added last: it satisfies these too.
    void add_to_last(std::span<const WordId> words);

    [[nodiscard]] bool has(WordId word) const { return words_[word].article == article_; }
    [[nodiscard]] bool has(WordId word, std::uint16_t fields) const {
        return has(word) && (words_[word].fields & fields) != 0;
    }

    /// The words on which rules hang, each once, in the order in which they came.
    [[nodiscard]] std::span<const WordId> calling() const { return calling_; }

    /// Positions of a word in these fields, rising, appended to `positions`. Parts are further from
    /// each other than any two words that a rule could ask to be near.
    void positions(WordId word, std::uint16_t fields, std::vector<std::uint32_t>& positions) const;

    /// In how many articles each word was seen.
    [[nodiscard]] std::uint32_t articles_with(WordId word) const { return words_[word].articles; }
    [[nodiscard]] std::uint64_t articles() const { return articles_; }

    [[nodiscard]] std::size_t bytes() const;

    /// Between the last word of a part and the first of the next.
    static constexpr std::uint32_t kPartGap = kMaxDistance + 2;

  private:
    static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

    struct Word {
        std::uint32_t article = 0;   // the last one that had it
        std::uint32_t last = kNone;  // in places_
        std::uint32_t articles = 0;
        std::uint16_t fields = 0;
        bool calls = false;  // some rule hangs on it
    };
    struct Place {
        std::uint32_t position = 0;
        std::uint32_t previous = kNone;
        std::uint16_t field = 0;
    };

    void see(WordId id);

    std::vector<Word> words_;
    std::vector<Place> places_;
    std::vector<WordId> calling_;
    std::uint32_t article_ = 0;
    std::uint32_t position_ = 0;
    std::uint16_t field_ = 0;
    std::uint64_t articles_ = 0;
};

}  // namespace wirewatch::rules
