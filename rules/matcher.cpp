// SPDX-License-Identifier: MIT
#include "rules/matcher.hpp"

#include "rules/article_parts.hpp"
#include "rules/compiled_rules.hpp"
#include "rules/document.hpp"
#include "rules/evaluate.hpp"
#include "rules/feed_filter.hpp"
#include "rules/hooks.hpp"
#include "rules/language.hpp"
#include "rules/program_hit.hpp"
#include "rules/program_runner.hpp"
#include "rules/seen_words.hpp"
#include "rules/word_places.hpp"
#include "rules/word_scanner.hpp"
#include "rules/word_sink.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::uint64_t kFirstLesson = 500;  // articles; our choice
constexpr std::size_t kMaxLanguages = 40;    // tables of forms kept; our choice

}  // namespace

struct Matcher::Impl {
    const CompiledRules& compiled;
    const RuleIndex& index;
    Hooks hooks;
    SeenWords seen;
    std::uint64_t learn_at = kFirstLesson;
    ProgramRunner runner;
    std::unordered_map<std::string, FormTable> forms;  // by language
    std::vector<RuleCounters> counters;
    std::vector<bool> is_asked;        // of each rule: it fits the nearest cache
    std::vector<std::uint32_t> asked;  // those of them that are true
    std::vector<std::uint32_t> held;   // rules that hold
    FieldSet fields;
    std::optional<Document> document;  // of the article, where somebody needs it
    std::optional<WordPlaces> places;  // likewise

    Impl(const CompiledRules& rules, const FrequencyOf& frequency_of)
        : compiled{rules},
          index{rules.index()},
          hooks{index, frequency_of},
          seen{index, hooks},
          runner{index.programs(), seen},
          counters(index.size()),
          is_asked(index.size()),
          fields{index.fields()} {}

    void learn() {
        learn_at *= 10;
        hooks = Hooks{index, [this](WordId word) {
                          return static_cast<float>(seen.articles_with(word)) + 0.5F;
                      }};
        seen.hang(hooks);
    }

    FormTable& forms_for(const std::string& language) {
        if (const auto known = forms.find(language); known != forms.end()) {
            return known->second;
        }
        if (forms.size() >= kMaxLanguages) {
            forms.clear();
        }
        return forms.try_emplace(language, index.vocabulary(), language).first->second;
    }

    void read(const std::string& language, const ArticleParts& texts) {
        seen.begin_article();
        WordSink sink{forms_for(language), index.vocabulary(), seen};
        for (const PartText& part : texts.parts()) {
            seen.begin_part(static_cast<std::uint16_t>(1u << index_of(part.field)));
            WordScanner{part.text, sink}.run();
        }
    }

    /// A rule that was called, and has the word that had to be there besides.
    void ask(std::uint32_t rule, std::uint32_t program) {
        if (is_asked[rule]) {
            return;
        }
        is_asked[rule] = true;
        asked.push_back(rule);
        if (program != Hooks::kSure) {
            ++counters[rule].evaluations;
            if (!runner.holds(index.programs().step(program))) {
                return;
            }
        }
        ++counters[rule].matches;
        held.push_back(rule);
    }

    void ask_called() {
        for (const std::uint32_t rule : asked) {
            is_asked[rule] = false;
        }
        asked.clear();
        held.clear();
        for (const WordId word : seen.calling()) {
            for (const Hooks::Call& call : hooks.calls_of(word)) {
                if (call.second == kNoWord || seen.has(call.second)) {
                    ask(call.rule, call.program);
                }
            }
        }
        for (const std::uint32_t rule : hooks.always()) {
            ask(rule, index.root_of(rule));
        }
        std::sort(held.begin(), held.end());
    }

    /// The numbers of the rules that match, rising.
    const std::vector<std::uint32_t>& matching(const Article& article, const Feed& feed,
                                               const std::string& language,
                                               const ArticleParts& texts) {
        if (seen.articles() == learn_at) {
            learn();
        }
        document.reset();
        places.reset();
        read(language, texts);
        ask_called();
        std::erase_if(held, [&](std::uint32_t rule) {
            const bool refused =
                compiled.needs_more(rule) &&
                (!admits(compiled.rules()[rule].feeds, feed) || !holds_wholly(rule, article, feed));
            counters[rule].matches -= refused ? 1 : 0;
            return refused;
        });
        return held;
    }

    /// Asks the plain evaluator where the program does not know.
    bool holds_wholly(std::uint32_t rule, const Article& article, const Feed& feed) {
        if (index.is_whole(rule)) {
            return true;
        }
        if (!document) {
            document.emplace(article, feed);
        }
        return holds(compiled.kept_tree(rule), {*document, compiled.regexes()});
    }

    Hit hit_of(std::uint32_t rule, const ArticleParts& texts) {
        if (!index.is_whole(rule)) {
            return rules::hit_of(compiled.kept_tree(rule), {*document, compiled.regexes()});
        }
        if (!places) {
            places.emplace(texts.parts());
        }
        return program_hit(index.programs(), index.program_of(rule), runner, texts.parts(),
                           *places);
    }
};

Matcher::Matcher(const RuleSet& rules)
    : impl_{std::make_unique<Impl>(rules.compiled(), [](WordId) { return -1.0F; })} {}

Matcher::Matcher(const RuleSet& rules, const WordFrequencies& learnt) {
    const RuleVocabulary& vocabulary = rules.compiled().index().vocabulary();
    impl_ = std::make_unique<Impl>(rules.compiled(), [&](WordId word) {
        if (learnt.articles < kFirstLesson) {
            return -1.0F;  // a guess is better
        }
        const auto found = learnt.articles_with.find(vocabulary.key(word));
        return found == learnt.articles_with.end() ? 0.5F : static_cast<float>(found->second);
    });
}

Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

std::vector<Match> Matcher::match(const Article& article, const Feed& feed) {
    std::vector<Match> matches;
    const std::string language = language_of(article, feed);
    const ArticleParts texts{article, feed, language, impl_->fields};
    for (const std::uint32_t number : impl_->matching(article, feed, language, texts)) {
        matches.push_back({&impl_->compiled.rules()[number], impl_->hit_of(number, texts)});
        matches.back().hit.rule_id = matches.back().rule->id;
    }
    return matches;
}

std::vector<const Rule*> Matcher::matching(const Article& article, const Feed& feed) {
    std::vector<const Rule*> rules;
    const std::string language = language_of(article, feed);
    const ArticleParts texts{article, feed, language, impl_->fields};
    for (const std::uint32_t number : impl_->matching(article, feed, language, texts)) {
        rules.push_back(&impl_->compiled.rules()[number]);
    }
    return rules;
}

const std::vector<RuleCounters>& Matcher::counters() const {
    return impl_->counters;
}

WordFrequencies Matcher::frequencies() const {
    WordFrequencies found{.articles = impl_->seen.articles(), .articles_with = {}};
    const RuleVocabulary& vocabulary = impl_->index.vocabulary();
    for (WordId word = 0; word < vocabulary.size(); ++word) {
        if (const std::uint32_t articles = impl_->seen.articles_with(word); articles > 0) {
            found.articles_with.emplace(vocabulary.key(word), articles);
        }
    }
    return found;
}

std::size_t Matcher::bytes() const {
    std::size_t bytes = impl_->hooks.bytes() + impl_->seen.bytes() +
                        impl_->counters.capacity() * sizeof(RuleCounters) +
                        impl_->is_asked.capacity() / 8;
    for (const auto& [language, forms] : impl_->forms) {
        bytes += forms.bytes();
    }
    return bytes;
}

}  // namespace wirewatch::rules
