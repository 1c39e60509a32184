// SPDX-License-Identifier: MIT
#include "rules/hooks.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

namespace wirewatch::rules {

namespace {

/// Words that nearly every English article has, whatever their length.
constexpr auto kCommon = std::to_array<std::string_view>(
    {"about", "after", "also", "been",  "but",   "from",  "has",   "have", "his",
     "into",  "more",  "new",  "not",   "one",   "other", "over",  "said", "says",
     "than",  "that",  "the",  "their", "there", "they",  "this",  "two",  "was",
     "were",  "which", "will", "with",  "would", "year",  "years", "you"});

/// In millionths of all articles. Measured nowhere: long words are rarer, and that is all a rule's
/// text tells; a matcher knows better as soon as it has seen articles.
float guess(const RuleVocabulary& vocabulary, WordId word) {
    const Form form = vocabulary.form(word);
    const std::string_view text =
        form == Form::exact ? vocabulary.exact(word) : vocabulary.folded(word);
    if (std::binary_search(kCommon.begin(), kCommon.end(), text)) {
        return 500'000;
    }
    const auto wild =
        std::count_if(text.begin(), text.end(), [](char c) { return c == '*' || c == '?'; });
    const auto letters = static_cast<float>(utf8::length(text)) - static_cast<float>(wild);
    const float rarity = 200'000 * std::exp2(-0.7F * std::min(letters, 14.0F));
    return form == Form::wildcard ? 8 * rarity : rarity;
}

}  // namespace

Hooks::Hooks(const RuleIndex& index, const FrequencyOf& frequency_of) {
    const RuleVocabulary& vocabulary = index.vocabulary();
    const Programs& programs = index.programs();
    std::vector<float> frequency(vocabulary.size());
    for (WordId word = 0; word < frequency.size(); ++word) {
        const float known = frequency_of(word);
        frequency[word] = known >= 0 ? known : guess(vocabulary, word);
    }
    std::vector<std::pair<WordId, Call>> hooks;
    for (std::uint32_t rule = 0; rule < index.size(); ++rule) {
        const auto found = hooks_of(programs, index.root_of(rule), frequency);
        if (!found) {
            always_.push_back(rule);
            continue;
        }
        // Fields need no look where every word that is seen stands in those that the rule means.
        const std::uint32_t root = index.root_of(rule);
        const bool all_fields = looks_into(programs, programs.step(root), index.fields());
        for (const Hook& hook : *found) {
            const bool sure = hook.sure && all_fields && index.is_whole(rule);
            hooks.push_back({hook.word, {rule, hook.second, sure ? kSure : root}});
        }
    }
    std::stable_sort(hooks.begin(), hooks.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    first_call_.assign(vocabulary.size() + 1, 0);
    calls_.reserve(hooks.size());
    for (const auto& [word, call] : hooks) {
        ++first_call_[word + 1];
        calls_.push_back(call);
    }
    for (std::size_t i = 1; i < first_call_.size(); ++i) {
        first_call_[i] += first_call_[i - 1];
    }
    always_.shrink_to_fit();
}

std::size_t Hooks::bytes() const {
    return first_call_.capacity() * sizeof(std::uint32_t) + calls_.capacity() * sizeof(Call) +
           always_.capacity() * sizeof(std::uint32_t);
}

}  // namespace wirewatch::rules
