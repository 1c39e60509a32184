// SPDX-License-Identifier: MIT
// The programs of all rules, and which of them a word calls for.
#pragma once

#include "rules/anchor.hpp"
#include "rules/program.hpp"
#include "rules/vocabulary.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace wirewatch::rules {

/// How often a word of the rules is seen, in any unit; below zero: not known.
using FrequencyOf = std::function<float(WordId)>;

/// Rules are added, then it is sealed and hung up; from then on any number of threads may read.
/// Rules are numbered from 0 in the order in which they come.
class RuleIndex {
  public:
    struct Call {
        std::uint32_t rule = 0;
        WordId second = kNoWord;    ///< must be there too
        std::uint32_t program = 0;  ///< to be asked then; kSure: it holds
    };
    static constexpr std::uint32_t kSure = 0xFFFF'FFFF;

    void add(const Node& query, const Regexes& regexes);
    void seal();

    /// Hangs each rule on its rarest words. Words whose frequency is not known are guessed by
    /// their form. May be called again.
    void hang(const FrequencyOf& frequency_of);

    [[nodiscard]] std::size_t size() const { return rules_.size(); }
    [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
    [[nodiscard]] const Programs& programs() const { return programs_; }
    /// The place of its program in programs().
    [[nodiscard]] std::uint32_t root_of(std::uint32_t rule) const { return rules_[rule].root; }
    [[nodiscard]] const Step& program_of(std::uint32_t rule) const {
        return programs_.step(rules_[rule].root);
    }
    /// Whether the program says all that the query says.
    [[nodiscard]] bool is_whole(std::uint32_t rule) const { return rules_[rule].whole; }

    /// The rules that hang on a word.
    [[nodiscard]] std::span<const Call> calls_of(WordId word) const {
        return std::span{calls_}.subspan(first_call_[word],
                                         first_call_[word + 1] - first_call_[word]);
    }
    /// The rules that hang on nothing: they are asked about every article.
    [[nodiscard]] std::span<const std::uint32_t> always() const { return always_; }

    /// The fields that some rule looks into: bit n is the field with value n.
    [[nodiscard]] std::uint16_t fields() const { return fields_; }

    [[nodiscard]] std::size_t bytes() const;

  private:
    void note_fields(const Step& step);

    Vocabulary vocabulary_;
    Programs programs_;
    std::vector<Programs::Added> rules_;
    std::vector<std::uint32_t> first_call_;  // of each word, in calls_; one more at the end
    std::vector<Call> calls_;
    std::vector<std::uint32_t> always_;
    std::uint16_t fields_ = 0;
};

}  // namespace wirewatch::rules
