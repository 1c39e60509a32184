// SPDX-License-Identifier: MIT
// The fast matcher against the plain one. WIREWATCH_MATCH_RULES and WIREWATCH_MATCH_ARTICLES make
// it longer, WIREWATCH_SEED chooses the world beside the fixed one.
#include "rules/matcher.hpp"

#include "rules/article_parts.hpp"
#include "rules/compiled_rules.hpp"
#include "rules/form_table.hpp"
#include "rules/hooks.hpp"
#include "rules/language.hpp"
#include "rules/plain_matcher.hpp"
#include "rules/seen_words.hpp"
#include "rules/segmenter.hpp"
#include "rules/word_scanner.hpp"
#include "rules/word_sink.hpp"
#include "tests/rules/query_cases.hpp"
#include "tests/rules/random_rules.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

std::size_t from_environment(const char* name, std::size_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoul(text, nullptr, 10);
}

RuleSet random_set(RandomRules& random, std::size_t count) {
    std::vector<Rule> some;
    while (some.size() < count) {
        some.push_back(random.rule(some.size()));
    }
    return RuleSet::compile(std::move(some), RandomRules::sets()).set;
}

std::string text_of(const std::vector<Match>& matches) {
    std::string text;
    for (const Match& match : matches) {
        text += match.rule->id + " " + match.rule->query + " " +
                (match.hit.score ? std::to_string(*match.hit.score) : "-") + "\n";
        for (const Span& span : match.hit.spans) {
            text += "  " + std::string{to_text(span.field)} + " " + std::to_string(span.item) +
                    " " + std::to_string(span.start) + "-" + std::to_string(span.end) + " '" +
                    span.text + "' " + span.term + "\n";
        }
    }
    return text;
}

/// The first rule that only one of them has; both in the order of the rules.
std::string first_difference(const std::vector<const Rule*>& found,
                             const std::vector<const Rule*>& expected) {
    const auto [one, other] =
        std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
    if (one != found.end()) {
        return "found: " + (*one)->id + " " + (*one)->query;
    }
    return other != expected.end() ? "missing: " + (*other)->id + " " + (*other)->query : "";
}

// Which rules match is compared for every pair; where and why, which takes most of the time, for
// every so many articles.
constexpr std::size_t kSpansOfEvery = 16;
constexpr std::size_t kSpansUpTo =
    10'000;  // rules; more of these may not get all of their spans in time

/// Tells which rules the matcher gave up at its last article.
class GivenUp {
  public:
    std::set<const Rule*> at_last_article(Matcher& matcher, const RuleSet& set) {
        std::set<const Rule*> rules;
        if (matcher.take_troubles().empty()) {
            return rules;
        }
        const std::vector<const Rule*> all = set.rules();
        const std::vector<RuleCounters> counters = matcher.counters();
        before_.resize(counters.size());
        for (std::size_t i = 0; i < counters.size(); ++i) {
            if (counters[i].given_up != before_[i]) {
                rules.insert(all[i]);
            }
            before_[i] = counters[i].given_up;
        }
        return rules;
    }

  private:
    std::vector<std::uint32_t> before_;
};

/// Returns how many hits there were.
std::size_t hold_against_each_other(std::uint32_t seed, std::size_t rule_count,
                                    std::size_t article_count) {
    RandomRules random{seed};
    const RuleSet set = random_set(random, rule_count);
    REQUIRE(set.rules().size() > rule_count / 4);  // the others say what is no rule
    PlainMatcher plain{set};
    Matcher fast{set};
    std::size_t hits = 0;
    std::size_t unknown = 0;
    GivenUp given_up;
    for (std::size_t i = 0; i < article_count; ++i) {
        if (i == article_count / 2) {  // what was learnt must change nothing but the time
            fast = Matcher{set, fast.frequencies()};
            given_up = {};
        }
        const Article article = random.article();
        CAPTURE(seed, article.language, article.title, article.summary, article.content);
        auto expected = plain.matching(article, any_feed());
        const auto found = fast.matching(article, any_feed());
        hits += expected.size();
        const std::set<const Rule*> without_answer = given_up.at_last_article(fast, set);
        std::erase_if(expected, [&](const Rule* rule) { return without_answer.contains(rule); });
        unknown += without_answer.size();
        if (found != expected) {
            REQUIRE(first_difference(found, expected).empty());
        }
        if (i % kSpansOfEvery == 0 && rule_count <= kSpansUpTo) {
            const std::string why = text_of(fast.match(article, any_feed()));
            REQUIRE(why == text_of(plain.match(article, any_feed())));
        }
    }
    // All rules together may take some milliseconds of an article, and 100,000 of these, which
    // nobody would write, want more: some get no answer. Those that do must be right.
    CHECK(unknown <= (rule_count > 10'000 ? hits / 4 : 0));
    std::printf("seed %u: %zu rules, %zu articles: %zu hits, %zu questions given up\n", seed,
                set.rules().size(), article_count, hits, unknown);
    return hits;
}

}  // namespace

TEST_CASE("the fast matcher finds what the plain one finds, spans and scores included") {
    const std::size_t rule_count = from_environment("WIREWATCH_MATCH_RULES", 2'000);
    const std::size_t article_count = from_environment("WIREWATCH_MATCH_ARTICLES", 2'000);
    const auto fresh =
        static_cast<std::uint32_t>(from_environment("WIREWATCH_SEED", std::random_device{}()));
    for (const std::uint32_t seed : {20261126u, fresh}) {
        INFO("WIREWATCH_SEED=" << seed);
        CHECK(hold_against_each_other(seed, rule_count, article_count) > article_count);
    }
}

TEST_CASE("what a rule hangs on is there whenever it holds") {
    RandomRules random{1126};
    const RuleSet set = random_set(random, 500);
    const RuleIndex& index = set.compiled().index();
    PlainMatcher plain{set};
    const Hooks hooks{index, [](WordId) { return -1.0F; }};
    std::vector<bool> always(index.size(), false);
    for (const std::uint32_t rule : hooks.always()) {
        always[rule] = true;
    }
    std::size_t proven = 0;
    for (int i = 0; i < 200; ++i) {
        const Article article = random.article();
        SeenWords seen{index, hooks};
        seen.begin_article();
        const std::string language = language_of(article, any_feed());
        FormTable forms{index.vocabulary(), language};
        WordSink sink{forms, index.vocabulary(), seen};
        const ArticleParts texts{article, any_feed(), language, FieldSet{index.fields()}};
        for (const PartText& part : texts.parts()) {
            seen.begin_part(static_cast<std::uint16_t>(1u << index_of(part.field)));
            WordScanner{part.text, sink}.run();
        }
        for (const Match& match : plain.match(article, any_feed())) {
            const auto number = set.compiled().find(match.rule->id);
            REQUIRE(number);
            if (always[*number]) {
                continue;
            }
            bool called = false;
            for (const WordId word : seen.calling()) {
                for (const Hooks::Call& call : hooks.calls_of(word)) {
                    called = called || (call.rule == *number &&
                                        (call.second == kNoWord || seen.has(call.second)));
                }
            }
            CAPTURE(match.rule->query, article.title, article.summary, article.content);
            REQUIRE(called);
            ++proven;
        }
    }
    CHECK(proven > 200);
}

TEST_CASE("the words of a text are the same on the quick way and through the segmenter") {
    struct Collecting {
        std::vector<std::string> words;
        void ascii(const AsciiWord& word) { words.emplace_back(word.written); }
        void region(std::string_view text, std::size_t /*begin*/) {
            for (const Segment& segment : segments(text, Wildcards::apart)) {
                words.push_back(segment.text);
            }
        }
    };
    constexpr std::array<std::string_view, 30> kPieces{
        "a",      "B", "us", "S", "1",   "90", ".",  "'",    "’",      "s",
        " ",      "-", "é",  "ß", "я",   "中", "国", "ا",    "\u0301", "\u00AD",
        "\u200C", "“", "–",  "…", "ไทย", "\n", "ー", "U.S.", "\u00A0", "ʼ"};
    std::mt19937 random{7};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto count = random() % 12; count > 0; --count) {
            text += kPieces[random() % kPieces.size()];
        }
        std::vector<std::string> expected;
        for (const Segment& segment : segments(text, Wildcards::apart)) {
            expected.push_back(segment.text);
        }
        Collecting found;
        WordScanner{text, found}.run();
        CAPTURE(text);
        REQUIRE(found.words == expected);
    }
}

TEST_CASE("forms are forgotten rather than kept without end, and found again") {
    const auto [set, problems] = RuleSet::compile({rule_of("wirewatch*")}, {});
    Matcher matcher{set};
    Article article = titled("");
    std::size_t most = 0;
    for (int round = 0; round < 30; ++round) {
        article.content.clear();
        for (int i = 0; i < 20'000; ++i) {
            article.content += "w" + std::to_string(round * 20'000 + i) + " ";
        }
        CHECK(matcher.match(article, any_feed()).empty());
        most = std::max(most, matcher.bytes());
    }
    CHECK(most < std::size_t{64} << 20);
    CHECK(matcher.match(titled("Wirewatching"), any_feed()).size() == 1);
}

TEST_CASE("a rule that hangs on nothing is asked every time, and is told") {
    const auto compilation = RuleSet::compile({rule_of("/\\d\\d\\d/")}, {});
    REQUIRE(compilation.set.always_asked().size() == 1);
    const auto warnings = compilation.set.unanchored();
    REQUIRE(warnings.size() == 1);
    CHECK(warnings[0].weight == Weight::warning);
    CHECK(warnings[0].rule_id == compilation.set.rules().front()->id);
    CHECK_THAT(warnings[0].text, Catch::Contains("asked about every article"));
    Matcher matcher{compilation.set};
    CHECK(matcher.match(titled("Gaz"), any_feed()).empty());
    CHECK(matcher.match(titled("in 1947"), any_feed()).size() == 1);
    CHECK(matcher.counters().front().evaluations == 2);
    CHECK(matcher.counters().front().matches == 1);
}

TEST_CASE("expressions and hosts hang on letters that they cannot do without") {
    const auto [query, title] = GENERATE(table<const char*, const char*>({
        {"/LNG|liquefied\\s+gas/i", "Liquefied  Gas from Qatar"},
        {"/LNG|liquefied\\s+gas/i", "an lng terminal"},
        {"/[Pp]ipelines?\\b/", "the Gaspipeline"},
        {"/(gazprom|rosneft).{1,20}deal/", "rosneft has a deal"},
        {"/kelvin/i", "\u212Aelvin"},
        {"domain:news.example", "any"},
        {"domain:example", "any"},
    }));
    CAPTURE(query, title);
    const auto compilation = RuleSet::compile({rule_of(query)}, {});
    CHECK(compilation.set.always_asked().empty());
    CHECK(compilation.set.unanchored().empty());
    Article article = titled(title);
    article.url = "https://www.news.example/x";
    Matcher matcher{compilation.set};
    CHECK(matcher.match(article, any_feed()).size() == 1);
    CHECK(matcher.match(titled("no such words"), any_feed()).empty());
    CHECK(matcher.counters().front().evaluations == 1);
}
