// SPDX-License-Identifier: MIT
// Which words of the rules an article has, and where.
#pragma once

#include "rules/hooks.hpp"
#include "rules/query.hpp"
#include "rules/rule_index.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace wirewatch::rules {

/// A place of a word, and where the one before it is kept.
struct SeenPlace {
    std::uint32_t position = 0;
    std::uint32_t previous = 0;
    std::uint16_t field = 0;
};

/// One article at a time, one thread.
class SeenWords {
  public:
    SeenWords(const RuleIndex& index, const Hooks& hooks);

    /// From the next article on these are the hooks.
    void hang(const Hooks& hooks);

    void begin_article();

    /// A text that nothing runs across; `field` is its one bit.
    void begin_part(std::uint16_t field);

    /// So many places there may be: when they are full, further words of the text are passed over.
    /// Some 10 ms; our choice. Rules of analysts have three or so at each word.
    static constexpr std::size_t kMaxPlaces = 200'000;
    [[nodiscard]] bool is_full() const { return places_.size() >= kMaxPlaces; }

    /// A word of the text, with the words of the rules that it satisfies.
    void add(std::span<const WordId> words);
    /// To the word added last: it satisfies these too.
    void add_to_last(std::span<const WordId> words);

    [[nodiscard]] bool has(WordId word) const { return (seen_[word / 64] >> (word % 64) & 1) != 0; }
    [[nodiscard]] bool has(WordId word, std::uint16_t fields) const {
        return has(word) && (words_[word].fields & fields) != 0;
    }

    /// The words on which rules hang, each once, in the order in which they came.
    [[nodiscard]] std::span<const WordId> calling() const { return calling_; }

    /// Positions of a word in these fields, rising, appended to `positions`. Parts are further from
    /// each other than any two words that a rule could ask to be near.
    void positions(WordId word, std::uint16_t fields, std::vector<std::uint32_t>& positions) const;

    /// The same one by one, falling, without keeping them.
    class Backwards {
      public:
        Backwards(const SeenWords& seen, WordId word, std::uint16_t fields)
            : places_{seen.places_},
              fields_{fields},
              at_{seen.has(word) ? seen.words_[word].last : kNone} {
            skip();
        }
        [[nodiscard]] bool done() const { return at_ == kNone; }
        [[nodiscard]] std::uint32_t position() const { return places_[at_].position; }
        void next() {
            at_ = places_[at_].previous;
            skip();
        }

      private:
        void skip() {
            while (at_ != kNone && (places_[at_].field & fields_) == 0) {
                at_ = places_[at_].previous;
            }
        }

        std::span<const SeenPlace> places_;
        std::uint16_t fields_;
        std::uint32_t at_;
    };

    /// How many places a word has, in all fields; not more than 65,535.
    [[nodiscard]] std::uint16_t count(WordId word) const {
        return has(word) ? words_[word].places : std::uint16_t{0};
    }

    /// In how many articles each word was seen.
    [[nodiscard]] std::uint32_t articles_with(WordId word) const { return words_[word].articles; }
    [[nodiscard]] std::uint64_t articles() const { return articles_; }

    [[nodiscard]] std::size_t bytes() const;

    /// Between the last word of a part and the first of the next.
    static constexpr std::uint32_t kPartGap = kMaxDistance + 2;

  private:
    static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

    struct Word {                    // `articles` and kCalls apart, of the article that had it last
        std::uint32_t last = kNone;  // in places_
        std::uint32_t articles = 0;
        std::uint16_t fields = 0;  // and kCalls
        std::uint16_t places = 0;
    };
    static constexpr std::uint16_t kCalls = 0x8000;  // some rule hangs on it

    void see(WordId id);

    std::vector<Word> words_;
    std::vector<std::uint64_t> seen_;  // a bit a word: this is asked most, and fits a near cache
    std::vector<WordId> noted_;        // those whose bit is set
    std::vector<SeenPlace> places_;
    std::vector<WordId> calling_;
    std::uint32_t position_ = 0;
    std::uint16_t field_ = 0;
    std::uint64_t articles_ = 0;
};

}  // namespace wirewatch::rules
