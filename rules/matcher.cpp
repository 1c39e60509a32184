// SPDX-License-Identifier: MIT
#include "rules/matcher.hpp"

#include "rules/article_parts.hpp"
#include "rules/compiled_rules.hpp"
#include "rules/document.hpp"
#include "rules/evaluate.hpp"
#include "rules/feed_filter.hpp"
#include "rules/form_table.hpp"
#include "rules/program_runner.hpp"
#include "rules/seen_words.hpp"
#include "rules/word_scanner.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace wirewatch::rules {

namespace {

constexpr std::size_t kMaxLanguages = 40;  // tables of forms kept; our choice
constexpr std::size_t kMaxTrees = 4'096;   // of rules that matched; our choice

/// Takes the words of a text to the words of the rules that they satisfy.
class WordSink {
  public:
    WordSink(FormTable& forms, const Vocabulary& vocabulary, SeenWords& seen)
        : forms_{forms}, vocabulary_{vocabulary}, seen_{seen} {}

    void ascii(std::string_view lower, std::string_view written) {
        if (!forms_.folds_ascii()) {
            segment(written);
            return;
        }
        const FormTable::Form form = forms_.ascii(lower);
        seen_.add(form.words);
        if (form.may_be_exact) {
            exact_.clear();
            vocabulary_.find_exact(written, exact_);
            seen_.add_to_last(exact_);
        }
    }

    void region(std::string_view text) {
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
    const Vocabulary& vocabulary_;
    SeenWords& seen_;
    std::vector<WordId> exact_;
};

/// An article on its way to the plain evaluator, analysed when first asked for.
class LateDocument {
  public:
    LateDocument(const Article& article, const Feed& feed) : article_{article}, feed_{feed} {}

    const Document& get() {
        if (!document_) {
            document_.emplace(article_, feed_);
        }
        return *document_;
    }

  private:
    const Article& article_;
    const Feed& feed_;
    std::optional<Document> document_;
};

}  // namespace

struct Matcher::Impl {
    const CompiledRules& compiled;
    const RuleIndex& index;
    SeenWords seen;
    ProgramRunner runner;
    std::unordered_map<std::string, FormTable> forms;  // by language
    std::unordered_map<std::uint32_t, Node> trees;     // of rules that matched
    std::vector<std::uint64_t> asked;                  // of each rule: the last article
    std::vector<RuleCounters> counters;
    std::vector<std::uint32_t> held;  // rules whose programs hold
    FieldSet fields;

    explicit Impl(const CompiledRules& rules)
        : compiled{rules},
          index{rules.index()},
          seen{index},
          runner{index.programs(), seen},
          asked(index.size(), 0),
          counters(index.size()),
          fields{index.fields()} {}

    FormTable& forms_for(const std::string& language) {
        if (const auto known = forms.find(language); known != forms.end()) {
            return known->second;
        }
        if (forms.size() >= kMaxLanguages) {
            forms.clear();
        }
        return forms.try_emplace(language, index.vocabulary(), language).first->second;
    }

    void read(const Article& article, const Feed& feed) {
        seen.begin_article();
        WordSink sink{forms_for(stemming_language(article, feed)), index.vocabulary(), seen};
        const ArticleParts texts{article, feed, fields};
        for (const PartText& part : texts.parts()) {
            seen.begin_part(static_cast<std::uint16_t>(1u << index_of(part.field)));
            WordScanner{part.text, sink}.run();
        }
    }

    void ask(std::uint32_t rule) {
        if (asked[rule] == seen.articles()) {
            return;
        }
        asked[rule] = seen.articles();
        ++counters[rule].evaluations;
        if (runner.holds(index.program_of(rule))) {
            held.push_back(rule);
        }
    }

    void ask_called() {
        held.clear();
        for (const WordId word : seen.calling()) {
            for (const RuleIndex::Call& call : index.calls_of(word)) {
                if (call.second == kNoWord || seen.has(call.second)) {
                    ask(call.rule);
                }
            }
        }
        for (const std::uint32_t rule : index.always()) {
            ask(rule);
        }
        std::sort(held.begin(), held.end());
    }

    const Node& tree_of(std::uint32_t rule) {
        if (const auto known = trees.find(rule); known != trees.end()) {
            return known->second;
        }
        if (trees.size() >= kMaxTrees) {
            trees.clear();
        }
        return trees.emplace(rule, compiled.tree_of(rule)).first->second;
    }
};

Matcher::Matcher(const RuleSet& rules) : impl_{std::make_unique<Impl>(rules.compiled())} {}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

std::vector<Match> Matcher::match(const Article& article, const Feed& feed) {
    impl_->read(article, feed);
    impl_->ask_called();
    std::vector<Match> matches;
    LateDocument document{article, feed};
    for (const std::uint32_t number : impl_->held) {
        const Rule& rule = impl_->compiled.rules()[number];
        if (!admits(rule.feeds, feed)) {
            continue;
        }
        const Reading reading{document.get(), impl_->compiled.regexes()};
        const Node& tree = impl_->tree_of(number);
        if (!impl_->index.is_whole(number) && !holds(tree, reading)) {
            continue;
        }
        ++impl_->counters[number].matches;
        matches.push_back({&rule, hit_of(tree, reading)});
        matches.back().hit.rule_id = rule.id;
    }
    return matches;
}

const std::vector<RuleCounters>& Matcher::counters() const {
    return impl_->counters;
}

WordFrequencies Matcher::frequencies() const {
    WordFrequencies found{.articles = impl_->seen.articles(), .articles_with = {}};
    const Vocabulary& vocabulary = impl_->index.vocabulary();
    for (WordId word = 0; word < vocabulary.size(); ++word) {
        if (const std::uint32_t articles = impl_->seen.articles_with(word); articles > 0) {
            found.articles_with.emplace(vocabulary.key(word), articles);
        }
    }
    return found;
}

std::size_t Matcher::bytes() const {
    std::size_t bytes = impl_->seen.bytes() + impl_->asked.capacity() * sizeof(std::uint64_t) +
                        impl_->counters.capacity() * sizeof(RuleCounters);
    for (const auto& [language, forms] : impl_->forms) {
        bytes += forms.bytes();
    }
    return bytes;
}

}  // namespace wirewatch::rules
