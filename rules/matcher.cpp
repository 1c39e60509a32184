// SPDX-License-Identifier: MIT
#include "rules/matcher.hpp"

#include "rules/article_parts.hpp"
#include "rules/compiled_rules.hpp"
#include "rules/document.hpp"
#include "rules/effort.hpp"
#include "rules/evaluate.hpp"
#include "rules/feed_filter.hpp"
#include "rules/hooks.hpp"
#include "rules/language.hpp"
#include "rules/program_hit.hpp"
#include "rules/program_runner.hpp"
#include "rules/rule_bits.hpp"
#include "rules/rule_costs.hpp"
#include "rules/seen_words.hpp"
#include "rules/word_places.hpp"
#include "rules/word_scanner.hpp"
#include "rules/word_sink.hpp"

#include <algorithm>
#include <optional>
#include <span>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::uint64_t kFirstLesson = 500;  // articles; our choice
constexpr std::size_t kMaxLanguages = 40;    // tables of forms kept; our choice

// In units of 5 ns. All rules together may take some 15 ms of an article, and one of them two
// thirds of what is left of it; a search that cannot be broken off may take 7 ms more. When that is
// gone each still gets as much as a sensible rule needs, until they have taken 2 ms more, and then
// less and less. Our choice.
constexpr std::int64_t kArticleUnits = 3'000'000;
constexpr std::int64_t kOverdraftUnits = 500'000;
constexpr std::int64_t kSensibleUnits = 20'000;
constexpr std::int64_t kLeastUnits = 1'000;
constexpr std::int64_t kNextToNothing = 50;
constexpr std::int64_t kDocumentWordUnits = 400;  // a word read for the plain evaluator
constexpr std::int64_t kMostDocumentUnits = kArticleUnits / 6;
constexpr std::uint64_t kSlowUnits = 200'000;

constexpr std::size_t kMaxTroubles = 100;  // kept; our choice

}  // namespace

struct Matcher::Impl {
    const CompiledRules& compiled;
    const RuleIndex& index;
    Hooks hooks;
    SeenWords seen;
    std::uint64_t learn_at = kFirstLesson;
    ProgramRunner runner;
    std::unordered_map<std::string, FormTable> forms;  // by language
    RuleCosts costs;
    std::vector<MatchTrouble> troubles;
    std::uint64_t cut_articles = 0;
    struct Asked {
        std::uint32_t rule = 0;
        std::uint32_t program = 0;
    };
    RuleBits called;                  // by this article
    std::vector<Asked> asked;         // those of them that words alone do not tell of
    RuleBits holding;                 // as far as words and programs tell
    std::vector<std::uint32_t> held;  // rules that hold
    std::int64_t units_left = 0;      // for this article; below zero: an overdraft
    FieldSet fields;
    std::optional<Document> document;  // of the article, where somebody needs it
    std::optional<WordPlaces> places;  // likewise

    Impl(const CompiledRules& rules, const FrequencyOf& frequency_of)
        : compiled{rules},
          index{rules.index()},
          hooks{index, frequency_of},
          seen{index, hooks},
          runner{index.programs(), seen},
          costs{index.size()},
          called{index.size()},
          holding{index.size()},
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

    void tell(MatchTrouble trouble) {
        if (troubles.size() < kMaxTroubles) {
            troubles.push_back(trouble);
        }
    }

    void begin() {
        if (seen.articles() == learn_at) {
            learn();
        }
        document.reset();
        places.reset();
        units_left = kArticleUnits;
        costs.begin_article(seen.articles());
    }

    void read(const std::string& language, const ArticleParts& texts) {
        seen.begin_article();
        WordSink sink{forms_for(language), index.vocabulary(), seen};
        for (const PartText& part : texts.parts()) {
            seen.begin_part(static_cast<std::uint16_t>(1u << index_of(part.field)));
            WordScanner{part.text, sink}.run();
        }
        if (texts.is_cut() || seen.is_full()) {
            ++cut_articles;
            tell({MatchTrouble::Kind::cut});
        }
    }

    /// A rule that was called, and has the word that had to be there besides.
    void call(std::uint32_t rule, std::uint32_t program) {
        if (called.add(rule)) {
            costs.called(rule);
            if (program != Hooks::kSure) {
                index.programs().fetch(program);
                asked.push_back({rule, program});
            }
        }
        if (program == Hooks::kSure) {
            holding.add(rule);
        }
    }

    void call_rules() {
        asked.clear();
        constexpr std::size_t kAhead = 4;
        const std::span<const WordId> calling = seen.calling();
        for (std::size_t i = 0; i < calling.size(); ++i) {
            if (i + kAhead < calling.size()) {
                __builtin_prefetch(hooks.calls_of(calling[i + kAhead]).data());
            }
            for (const Hooks::Call& one : hooks.calls_of(calling[i])) {
                if (one.second == kNoWord || seen.has(one.second)) {
                    call(one.rule, one.program);
                }
            }
        }
        for (const std::uint32_t rule : hooks.always()) {
            call(rule, index.root_of(rule));
        }
        called.clear();
    }

    [[nodiscard]] Effort allowance() const {
        const std::int64_t least = units_left > -kOverdraftUnits       ? kSensibleUnits
                                   : units_left > -2 * kOverdraftUnits ? kLeastUnits
                                                                       : kNextToNothing;
        return Effort{static_cast<std::uint64_t>(std::max(least, units_left * 2 / 3))};
    }

    /// Takes what a rule has spent off what the article may cost; false: the rule is given up.
    bool settle(std::uint32_t rule, std::uint64_t allowed, const Effort& effort) {
        const std::uint64_t spent = allowed - effort.left();
        units_left -= static_cast<std::int64_t>(spent);
        if (effort.used_up()) {
            costs.given_up(rule);
            tell({MatchTrouble::Kind::given_up, &compiled.rules()[rule]});
        } else if (spent > kSlowUnits && costs.slow(rule)) {
            tell({MatchTrouble::Kind::slow, &compiled.rules()[rule]});
        }
        return !effort.used_up();
    }

    void ask_called() {
        constexpr std::size_t kAhead = 4;
        for (std::size_t i = 0; i < asked.size(); ++i) {
            if (i + kAhead < asked.size()) {
                index.programs().fetch_parts(asked[i + kAhead].program);
            }
            const Asked& one = asked[i];
            if (holding.has(one.rule)) {
                continue;  // it was called by another word too, and was sure there
            }
            const RuleCosts::Stopwatch stopwatch = costs.evaluating(one.rule);
            const Effort allowed = allowance();
            runner.allow(allowed);
            const bool holds = runner.holds(index.programs().step(one.program));
            if (settle(one.rule, allowed.left(), runner.effort()) && holds) {
                holding.add(one.rule);
            }
        }
    }

    /// The numbers of the rules that match, rising.
    const std::vector<std::uint32_t>& matching(const Article& article, const Feed& feed,
                                               const std::string& language,
                                               const ArticleParts& texts) {
        begin();
        read(language, texts);
        call_rules();
        ask_called();
        held.clear();
        holding.drain([&](std::uint32_t rule) {
            const bool refused =
                compiled.needs_more(rule) &&
                (!admits(compiled.rules()[rule].feeds, feed) || !holds_wholly(rule, article, feed));
            if (!refused) {
                costs.matched(rule);
                held.push_back(rule);
            }
        });
        return held;
    }

    /// Asks the plain evaluator where the program does not know.
    bool holds_wholly(std::uint32_t rule, const Article& article, const Feed& feed) {
        if (index.is_whole(rule)) {
            return true;
        }
        const RuleCosts::Stopwatch stopwatch = costs.evaluating_on(rule);
        if (!document) {
            document.emplace(article, feed);
            const auto words = static_cast<std::int64_t>(document->words().size());
            units_left -= std::min(words * kDocumentWordUnits, kMostDocumentUnits);
        }
        const Effort allowed = allowance();
        Effort effort = allowed;
        const bool holds =
            rules::holds(compiled.kept_tree(rule), {*document, compiled.regexes(), &effort});
        return settle(rule, allowed.left(), effort) && holds;
    }

    /// A hit that would take too long keeps the spans that were found in time.
    Hit hit_of(std::uint32_t rule, const ArticleParts& texts) {
        const RuleCosts::Stopwatch stopwatch = costs.finding_spans(rule);
        const Effort allowed = allowance();
        Effort effort = allowed;
        Hit hit;
        if (!index.is_whole(rule)) {
            hit = rules::hit_of(compiled.kept_tree(rule), {*document, compiled.regexes(), &effort});
        } else {
            if (!places) {
                places.emplace(texts.parts());
            }
            runner.allow(allowed);
            hit = program_hit(index.programs(), index.program_of(rule), runner, texts.parts(),
                              *places);
            effort = runner.effort();
        }
        units_left -= static_cast<std::int64_t>(allowed.left() - effort.left());
        return hit;
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

std::vector<MatchTrouble> Matcher::take_troubles() {
    return std::exchange(impl_->troubles, {});
}

std::uint64_t Matcher::articles() const {
    return impl_->seen.articles();
}

std::uint64_t Matcher::cut_articles() const {
    return impl_->cut_articles;
}

std::vector<RuleCounters> Matcher::counters() const {
    return impl_->costs.counters();
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
    std::size_t bytes = impl_->hooks.bytes() + impl_->seen.bytes() + impl_->costs.bytes() +
                        impl_->called.bytes() + impl_->holding.bytes();
    for (const auto& [language, forms] : impl_->forms) {
        bytes += forms.bytes();
    }
    return bytes;
}

}  // namespace wirewatch::rules
