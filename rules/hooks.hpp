// SPDX-License-Identifier: MIT
// Which rules a word calls for.
#pragma once

#include "rules/anchor.hpp"
#include "rules/rule_index.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace wirewatch::rules {

/// How often a word of the rules is seen, in any unit; below zero: not known.
using FrequencyOf = std::function<float(WordId)>;

/// Immutable: each rule hangs on the words that were the rarest when it was made. `index` is not
/// kept.
class Hooks {
  public:
    /// Words whose frequency is not known are guessed by their form.
    Hooks(const RuleIndex& index, const FrequencyOf& frequency_of);

    struct Call {
        std::uint32_t rule = 0;
        WordId second = kNoWord;    ///< must be there too
        std::uint32_t program = 0;  ///< to be asked then; kSure: it holds
    };
    static constexpr std::uint32_t kSure = 0xFFFF'FFFF;

    /// The rules that hang on a word.
    [[nodiscard]] std::span<const Call> calls_of(WordId word) const {
        return std::span{calls_}.subspan(first_call_[word],
                                         first_call_[word + 1] - first_call_[word]);
    }
    /// The rules that hang on nothing: they are asked about every article.
    [[nodiscard]] std::span<const std::uint32_t> always() const { return always_; }

    [[nodiscard]] std::size_t bytes() const;

  private:
    std::vector<std::uint32_t> first_call_;  // of each word, in calls_; one more at the end
    std::vector<Call> calls_;
    std::vector<std::uint32_t> always_;
};

}  // namespace wirewatch::rules
