// SPDX-License-Identifier: MIT
// The answers beyond yes and no, as an analyst reads them.
#include "tests/rules/query_cases.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

std::string words_for(const std::string& query, std::vector<NamedSet> sets = {}) {
    return RuleSet::compile({rule_of(query)}, std::move(sets)).set.in_words("r");
}

std::string explained(const std::string& query, const Article& article,
                      std::vector<NamedSet> sets = {}) {
    return RuleSet::compile({rule_of(query)}, std::move(sets))
        .set.explain("r", article, any_feed());
}

}  // namespace

TEST_CASE("a rule is read back in words") {
    const auto [query, words] = GENERATE(table<const char*, const char*>({
        {"pakistan", "'pakistan'"},
        {"pakistan (energy OR gas OR LNG) NOT cricket",
         "'pakistan' and one of 3 and not 'cricket'\n  one of 3: 'energy', 'gas', 'LNG'"},
        {"\"gas pipeline\" NEAR/5 russia* gas",
         "'gas pipeline' within 5 words of 'russia*' and "
         "'gas'"},
        {"a1 ONEAR/2 b1", "'a1' within 2 words before 'b1'"},
        {"a1 SAME b1 w/p c1", "'a1' in one sentence with 'b1' in one paragraph with 'c1'"},
        {"title:gas domain:BBC.com", "'gas' in title and 'bbc.com' in domain"},
        {"ATLEAST/2(a1, b1, c1)", "at least 2 of 3\n  at least 2 of 3: 'a1', 'b1', 'c1'"},
        {"SCORE/2.5(a1^5, b1^-0.5)",
         "a score of 2.5 from 2\n  a score of 2.5 from 2: 'a1' (5), 'b1' (-0.5)"},
        {"@russia NOT @russia", "@russia and not @russia\n  @russia: 'russia*' or 'moscow'"},
        {"gas OR (oil deal)", "'gas' or all of 2\n  all of 2: 'oil', 'deal'"},
    }));
    CAPTURE(query);
    CHECK(words_for(query, {set_of("russia", "russia* OR moscow")}) == words);
}

TEST_CASE("a rule that nobody has is neither explained nor put in words") {
    CHECK(RuleSet{}.in_words("r").empty());
    CHECK(RuleSet{}.explain("r", titled("x"), any_feed()).empty());
}

TEST_CASE("a match is explained by what stands where") {
    Article article = titled("Russia and Pakistan");
    article.summary = "Gas for Russians, in Russia";
    CHECK(explained("@russia AND title:pakistan NOT cricket", article,
                    {set_of("russia", "russia* OR moscow")}) ==
          "✓ all of\n"
          "  ✓ @russia\n"
          "    ✓ one of\n"
          "      ✓ russia*  title: 'Russia', summary: 'Russians', summary: 'Russia'\n"
          "      ✗ moscow\n"
          "  ✓ in title\n"
          "    ✓ pakistan  title: 'Pakistan'\n"
          "  ✓ not\n"
          "    ✗ cricket");
}

TEST_CASE("a rule that did not match says what failed first") {
    const auto [query, reasons] = GENERATE(table<const char*, const char*>({
        {"gas oil", "why not: 'oil' is not in title, summary, content"},
        {"gas author:khan", "why not: 'khan' is not in author"},
        {"gas (oil OR coal)", "why not: none of 2: 'oil', 'coal'"},
        {"gas (oil OR coal OR peat)", "why not: none of 3: 'oil', 'coal', …"},
        {"gas NOT deal", "why not: not 'deal', but title has 'deal'"},
        {"gas NEAR/1 deal", "why not: not so close together: 'gas' within 1 word of 'deal'"},
        {"gas NEAR/1 oil", "why not: 'oil' is not in title, summary, content"},
        {"ATLEAST/2(gas, oil)", "why not: not reached: at least 2 of 2: 1"},
        {"SCORE/9(gas^5, oil^5)", "why not: not reached: score of 9: 5"},
        {"oil NOT deal",
         "why not: 'oil' is not in title, summary, content\n"
         "why not: not 'deal', but title has 'deal'"},
    }));
    CAPTURE(query);
    const std::string text = explained(query, titled("gas a b deal"));
    CHECK(text.substr(std::min(text.find("why not"), text.size())) == reasons);
}

TEST_CASE("a rule about other feeds says so") {
    Rule rule = rule_of("gas");
    rule.feeds = {"dawn"};
    const RuleSet set = RuleSet::compile({rule}, {}).set;
    CHECK(set.explain("r", titled("gas"), any_feed()) ==
          "✓ gas  title: 'gas'\nwhy not: the rule is not about the feed 'voa-world'");
}

TEST_CASE("what lies beyond the part that rules look at is no riddle") {
    const std::string text = explained("gas", titled(std::string(200'000, 'x') + " gas"));
    CHECK_THAT(text, Catch::Contains("why not") && Catch::Contains("its end is left out"));
}

TEST_CASE("control characters of an article do not reach the terminal through an explanation") {
    const std::string text = explained("/gas.deal/s", titled("gas\x1B"
                                                             "deal"));
    CHECK(text.find('\x1B') == std::string::npos);
}
