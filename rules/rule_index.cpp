// SPDX-License-Identifier: MIT
#include "rules/rule_index.hpp"

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
/// text tells; hang() again knows better as soon as articles have been seen.
float guess(const Vocabulary& vocabulary, WordId word) {
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

void RuleIndex::add(const Node& query, const Regexes& regexes) {
    rules_.push_back(programs_.add(query, regexes, vocabulary_));
}

void RuleIndex::seal() {
    vocabulary_.seal();
    programs_.shrink();
    rules_.shrink_to_fit();
    for (const Programs::Added& rule : rules_) {
        note_fields(programs_.step(rule.root));
    }
}

void RuleIndex::note_fields(const Step& step) {
    switch (step.op) {
        case Op::word:
        case Op::phrase:
            fields_ |= step.fields;
            return;
        case Op::maybe:
            return;
        default:
            for (const Step& part : programs_.steps_of(step)) {
                note_fields(part);
            }
    }
}

void RuleIndex::hang(const FrequencyOf& frequency_of) {
    std::vector<float> frequency(vocabulary_.size());
    for (WordId word = 0; word < frequency.size(); ++word) {
        const float known = frequency_of(word);
        frequency[word] = known >= 0 ? known : guess(vocabulary_, word);
    }
    std::vector<std::pair<WordId, Call>> hooks;
    always_.clear();
    for (std::uint32_t rule = 0; rule < rules_.size(); ++rule) {
        const auto found = hooks_of(programs_, rules_[rule].root, frequency);
        if (!found) {
            always_.push_back(rule);
            continue;
        }
        // Fields need no look where every word that is seen stands in those that the rule means.
        const std::uint32_t root = rules_[rule].root;
        const bool all_fields = looks_into(programs_, programs_.step(root), fields_);
        for (const Hook& hook : *found) {
            const bool sure = hook.sure && all_fields && rules_[rule].whole;
            hooks.push_back({hook.word, {rule, hook.second, sure ? kSure : root}});
        }
    }
    std::stable_sort(hooks.begin(), hooks.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    first_call_.assign(vocabulary_.size() + 1, 0);
    calls_.clear();
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

std::size_t RuleIndex::bytes() const {
    return vocabulary_.bytes() + programs_.bytes() + rules_.capacity() * sizeof(Programs::Added) +
           first_call_.capacity() * sizeof(std::uint32_t) + calls_.capacity() * sizeof(Call) +
           always_.capacity() * sizeof(std::uint32_t);
}

}  // namespace wirewatch::rules
