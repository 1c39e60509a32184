// SPDX-License-Identifier: MIT
// Takes the words of a text to the words of the rules that they satisfy.
#pragma once

#include "rules/form_table.hpp"
#include "rules/rule_vocabulary.hpp"
#include "rules/seen_words.hpp"
#include "rules/segmenter.hpp"
#include "rules/word_scanner.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// A sink of WordScanner. All three outlive it.
class WordSink {
  public:
    WordSink(FormTable& forms, const RuleVocabulary& vocabulary, SeenWords& seen)
        : forms_{forms}, vocabulary_{vocabulary}, seen_{seen} {}

    void ascii(const AsciiWord& word) {
        if (!forms_.folds_ascii()) {
            segment(word.written);
            return;
        }
        const FormTable::Form form = forms_.ascii(word.lower);
        seen_.add(form.words);
        if (form.may_be_exact) {
            exact_.clear();
            vocabulary_.find_exact(word.written, exact_);
            seen_.add_to_last(exact_);
        }
    }

    void region(std::string_view text, std::size_t /*begin*/) {
        std::span<const std::uint32_t> numbers = forms_.region(text);
        if (numbers.empty()) {
            for (const Segment& one : segments(text, Wildcards::apart)) {
                segment(one.text);
            }
            return;
        }
        std::uint32_t words = numbers.front();
        numbers = numbers.subspan(1);
        for (; words > 0; --words) {
            const std::uint32_t count = numbers.front();
            seen_.add(numbers.subspan(1, count));
            numbers = numbers.subspan(1 + count);
        }
    }

  private:
    void segment(std::string_view text) {
        if (const FormTable::Segmented form = forms_.segment(text); form.stands) {
            seen_.add(form.words);
        }
    }

    FormTable& forms_;
    const RuleVocabulary& vocabulary_;
    SeenWords& seen_;
    std::vector<WordId> exact_;
};

}  // namespace wirewatch::rules
