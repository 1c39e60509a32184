// SPDX-License-Identifier: MIT
// Resolved queries as a few numbers each: what the matcher asks of them, article after article.
#pragma once

#include "rules/query.hpp"
#include "rules/regexes.hpp"
#include "rules/rule_vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wirewatch::rules {

enum class Op : std::uint8_t {
    word,      ///< stands in one of `fields`
    phrase,    ///< its words stand there one after the other
    all,       ///< each of its steps holds
    any,       ///< one of them
    negation,  ///< the one does not hold
    near,      ///< they stand near each other
    at_least,  ///< as many hold as its number says
    score,     ///< the weights of those that hold sum up to its number
    maybe      ///< holds for all that programs know: a plainer evaluator must tell
};

struct Step {
    Op op = Op::maybe;
    std::uint16_t fields = 0;  ///< of word and phrase: bit n is the field with value n
    std::uint32_t first = 0;   ///< word: its id; phrase: in words(); else the first of its steps
    std::uint32_t count = 0;   ///< how many words or steps
    std::uint32_t number = 0;  ///< word, phrase: its text as written; else in numbers() or links();
                               ///< of a score its sum, then its weights
};

/// Immutable once all queries are in; then any number of threads may read.
class Programs {
  public:
    struct Added {
        std::uint32_t root = 0;  ///< in steps()
        bool whole = true;       ///< false: the program holds wherever the query does, and maybe
                                 ///< elsewhere
    };

    Added add(const Node& query, const Regexes& regexes, RuleVocabulary& vocabulary);
    void shrink();

    [[nodiscard]] const Step& step(std::uint32_t at) const { return steps_[at]; }
    /// It will be asked for soon, and most likely what stands behind it.
    void fetch(std::uint32_t at) const {
        __builtin_prefetch(&steps_[at]);
        __builtin_prefetch(reinterpret_cast<const char*>(&steps_[at]) + kCacheLine);
    }
    /// The same for what a step that has been fetched points to.
    void fetch_parts(std::uint32_t at) const {
        const Step& step = steps_[at];
        if (step.op == Op::phrase) {
            __builtin_prefetch(&words_[step.first]);
        } else if (step.op == Op::near) {
            __builtin_prefetch(&links_[step.number]);
        }
    }
    [[nodiscard]] std::span<const Step> steps_of(const Step& group) const {
        return std::span{steps_}.subspan(group.first, group.count);
    }
    [[nodiscard]] std::span<const WordId> words_of(const Step& phrase) const {
        return std::span{words_}.subspan(phrase.first, phrase.count);
    }
    [[nodiscard]] double number_of(const Step& step) const { return numbers_[step.number]; }
    [[nodiscard]] std::span<const double> weights_of(const Step& score) const {
        return std::span{numbers_}.subspan(score.number + 1, score.count);
    }
    [[nodiscard]] std::span<const Link> links_of(const Step& near) const {
        return std::span{links_}.subspan(near.number, near.count - 1);
    }
    /// The word or phrase as its rule has it.
    [[nodiscard]] std::string_view written(const Step& leaf) const {
        return std::string_view{texts_}.substr(
            text_begins_[leaf.number], text_begins_[leaf.number + 1] - text_begins_[leaf.number]);
    }
    [[nodiscard]] std::size_t bytes() const;

  private:
    static constexpr std::size_t kCacheLine = 64;
    friend class ProgramWriter;
    std::vector<Step> steps_;
    std::vector<WordId> words_;
    std::vector<double> numbers_;
    std::vector<Link> links_;
    std::string texts_;  // each once
    std::vector<std::uint32_t> text_begins_{0};
    std::unordered_map<std::string, std::uint32_t> text_numbers_;  // until shrink()
};

}  // namespace wirewatch::rules
