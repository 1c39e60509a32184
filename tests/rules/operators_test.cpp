// SPDX-License-Identifier: MIT
// Every line of the operator table of docs/rules.md, on titles that show its edges.
#include "tests/rules/query_cases.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

struct Case {
    const char* query;
    const char* title;
    bool expected;
};

void check(const Case& one) {
    CAPTURE(one.query, one.title);
    const Compilation compilation = RuleSet::compile({rule_of(one.query)}, {});
    for (const std::string& line : lines_of(compilation.problems)) {
        UNSCOPED_INFO(line);
    }
    REQUIRE(compilation.set.rules().size() == 1);
    CHECK(!compilation.set.match(titled(one.title), any_feed()).empty() == one.expected);
}

}  // namespace

TEST_CASE("words, exact words and phrases match what the operator table says") {
    const Case one = GENERATE(values<Case>({
        {"sanction", "New SANCTIONS imposed", true},
        {"sanctions", "They sanctioned it", true},
        {"sanction", "Sanctuary found", false},
        {"muller", "Herr Müller spricht", true},
        {"=SCO", "The SCO meets", true},
        {"=SCO", "The sco meets", false},
        {"=SCO", "The Sco meets", false},
        {"=US", "The US says", true},
        {"=US", "The U.S. says", true},
        {"=US", "Tell us more", false},
        {"us", "The U.S. says", true},
        {"=Müller", "Herr Muller spricht", false},
        {"=running", "He runs", false},
        {"=\"Gas Pipeline\"", "A Gas Pipeline", true},
        {"=\"Gas Pipeline\"", "A gas pipeline", false},
        {"\"gas pipeline\"", "A Gas Pipeline opens", true},
        {"\"gas pipeline\"", "A gas pipelines deal", false},
        {"\"gas pipeline\"", "The pipeline for gas", false},
        {"\"gas pipeline\"", "gas and pipeline", false},
        {"\"uber alles\"", "Über Alles", true},
        {"‹gas pipeline›", "a gas pipeline", true},
        {"＂gas pipeline＂", "a gas pipeline", true},
        {"“gas pipeline”", "a gas pipeline", true},
        {"„gas pipeline“", "a gas pipeline", true},
        {"«gas pipeline»", "a gas pipeline", true},
        {"‘gas pipeline’", "a gas pipeline", true},
        {"counter-terrorism", "Counter terrorism unit", true},
        {"counter-terrorism", "Counter-terrorism unit", true},
        {"counter-terrorism", "terrorism counter", false},
        {"sanctioned~", "sanctions", true},
    }));
    check(one);
}

TEST_CASE("a phrase with ~n matches its words in any order within n others") {
    const Case one = GENERATE(values<Case>({
        {"\"gas pipeline\"~4", "pipeline for the gas", true},
        {"\"gas pipeline\"~2", "gas one two pipeline", true},
        {"\"gas pipeline\"~1", "gas one two pipeline", false},
        {"\"gas pipeline\"~0", "pipeline gas", true},
        {"\"gas pipeline\"~3", "gas gas gas", false},
        {"\"new york new\"~3", "new york", false},
        {"\"new york new\"~3", "york is new and new", true},
        {"\"russia* russian\"~3", "russian gas", false},
        {"\"russia* russian\"~3", "russian gas for Russia", true},
        {"\"a b c\"~2", "c x b y a", true},
        {"\"a b c\"~1", "c x b y a", false},
        {"\"a b c\"~1", "c x b y a b c", true},
    }));
    check(one);
}

TEST_CASE("wildcards stand for letters of one word") {
    const Case one = GENERATE(values<Case>({
        {"russia*", "Russian gas", true},
        {"russia*", "Russia", true},
        {"russia*", "Prussia", false},
        {"defen?e", "defence", true},
        {"defen?e", "defense", true},
        {"defen?e", "defene", false},
        {"*stan", "Uzbekistan wins", true},
        {"*stan", "standing", false},
        {"r*ia", "RUSSIA", true},
        {"\"nord stream*\"", "Nord Streams", true},
        {"\"defen?e minist*\"", "Defense Ministry", true},
        {"\"defen?e minist*\"", "Defense of a Ministry", false},
        {"counter-terror*", "counter-terrorists", true},
        {"m?ller", "Müller", true},
    }));
    check(one);
}

TEST_CASE("regular expressions look into the text as it stands") {
    const Case one = GENERATE(values<Case>({
        {"/LNG|liquefied\\s+gas/", "LNG deal", true},
        {"/LNG|liquefied\\s+gas/", "lng deal", false},
        {"/LNG|liquefied\\s+gas/i", "Liquefied   Gas", true},
        {"/a\\/b/", "say a/b", true},
        {"/a#b c/", "a#b c", true},
        {"/x.y/", "x\ny", false},
        {"/x.y/s", "x\ny", true},
        {"/^second/m", "first\nsecond", true},
        {"/\\bgas\\b/ AND deal", "gas deal", true},
        {"title:/ga./", "gas", true},
        {"summary:/ga./", "gas", false},
    }));
    check(one);
}

TEST_CASE("NEAR, ONEAR, SAME and their other spellings look at distance and order") {
    const Case one = GENERATE(values<Case>({
        {"gas NEAR/2 deal", "gas a b deal", true},
        {"gas NEAR/2 deal", "deal a b gas", true},
        {"gas NEAR/2 deal", "gas a b c deal", false},
        {"gas near/2 deal", "gas a b deal", true},
        {"gas w/2 deal", "gas a b deal", true},
        {"gas W/2 deal", "gas a b c deal", false},
        {"gas NEAR/0 deal", "deal gas", true},
        {"gas NEAR deal", "gas 1 2 3 4 5 6 7 8 9 10 deal", true},
        {"gas NEAR deal", "gas 1 2 3 4 5 6 7 8 9 10 11 deal", false},
        {"gas near deal", "gas deal", false},
        {"gas near deal", "gas deal is near", true},
        {"gas ONEAR/2 deal", "gas a deal", true},
        {"gas ONEAR/2 deal", "deal a gas", false},
        {"gas pre/2 deal", "deal a gas", false},
        {"gas pre/2 deal", "gas deal", true},
        {"gas NEAR/3 gas", "gas", false},
        {"gas NEAR/3 gas", "gas and gas", true},
        {"(gas OR oil) NEAR/1 (deal OR pact)", "oil x pact", true},
        {"(gas OR oil) NEAR/1 (deal OR pact)", "oil x y pact", false},
        {"\"gas pipeline\" NEAR/1 russia*", "Russian x gas pipeline", true},
        {"\"gas pipeline\" NEAR/1 pipeline", "gas pipeline", false},
        {"pipeline NEAR/5 (north south)", "north south pipeline", true},
        {"pipeline NEAR/5 (north south)", "north pipeline", false},
        {"pipeline NEAR/1 (north south)", "north pipeline 1 2 3 4 pipeline south", false},
        {"(north south) NEAR/1 pipeline", "north pipeline 1 2 3 4 pipeline south", false},
        {"(north south) NEAR/1 pipeline", "north pipeline 1 south", true},
        {"a1 NEAR/1 b1 NEAR/1 c1", "a1 b1 c1", true},
        {"a1 NEAR/1 b1 NEAR/1 c1", "a1 b1 x y z b1 c1", false},
        {"a1 ONEAR/1 b1 ONEAR/1 c1", "c1 b1 a1", false},
        {"gas SAME deal", "The gas came. A deal followed.", false},
        {"gas SAME deal", "The gas came, a deal followed.", true},
        {"gas w/s deal", "The gas of the U.S. Senate deal.", true},
        {"gas w/p deal", "The gas came. A deal followed.", true},
        {"gas w/p deal", "The gas came.\n\nA deal followed.", false},
        {"same", "the same", true},
        {"gas ONEAR deal", "gas 1 2 3 4 5 6 7 8 9 10 deal", true},
        {"gas ONEAR deal", "gas 1 2 3 4 5 6 7 8 9 10 11 deal", false},
        {"gas ONEAR deal", "deal gas", false},
        {"gas oNeAr/2 deal", "gas a deal", true},
        {"=US NEAR/2 gas", "US and gas", true},
        {"=US NEAR/2 gas", "us and gas", false},
        {"defen?e NEAR/1 minist*", "ministers of defense", true},
        {"title:gas NEAR/2 deal", "gas deal", true},
        {"summary:gas NEAR/2 deal", "gas deal", false},
        {"NOT gas NEAR/1 deal AND oil", "oil, gas and no good deal", true},
        {"gas W/S deal", "A gas deal", true},
        {"gas PRE/1 deal", "deal gas", false},
    }));
    check(one);
}

TEST_CASE("NOT, AND, OR and parentheses combine, and bind as strongly as the table says") {
    const Case one = GENERATE(values<Case>({
        {"gas NOT cricket", "gas deal", true},
        {"gas NOT cricket", "gas and cricket", false},
        {"gas -cricket", "gas and cricket", false},
        {"gas !cricket", "gas and cricket", false},
        {"gas AND NOT cricket", "gas", true},
        {"gas not (cricket or hockey)", "gas hockey", false},
        {"gas NOT (cricket hockey)", "gas hockey", true},
        {"gas deal", "deal on gas", true},
        {"gas deal", "gas", false},
        {"gas & deal", "gas", false},
        {"gas AND deal", "gas deal", true},
        {"gas | deal", "deal", true},
        {"gas or deal", "gas", true},
        {"gas Or deal", "deal", true},
        {"gas aNd deal", "gas", false},
        {"gas nOt deal", "gas deal", false},
        {"gas && deal", "gas", false},
        {"gas || deal", "deal", true},
        {"gas OR deal", "oil", false},
        {"gas OR oil AND deal", "gas", true},
        {"gas OR oil AND deal", "oil", false},
        {"(gas OR oil) AND deal", "gas", false},
        {"(gas OR oil) AND deal", "oil deal", true},
        {"gas NOT oil NEAR/1 deal", "gas oil x x x deal", true},
        {"gas NOT oil NEAR/1 deal", "gas oil deal", false},
        {"\"and\"", "salt and pepper", true},
        {"\"or\" OR \"not\"", "salt and pepper", false},
        {"gas # a comment OR deal\nAND oil", "gas", false},
        {"gas # a comment\n", "gas", true},
    }));
    check(one);
}

TEST_CASE("NOT is about the whole article, and nothing runs across its parts") {
    Article article = titled("gas");
    article.summary = "pipeline and cricket";
    article.authors = {"Anna Gas", "Deal Khan"};
    CHECK_FALSE(matches("gas NOT cricket", article));
    CHECK(matches("gas NOT summary:gas", article));
    CHECK(matches("gas pipeline", article));
    CHECK_FALSE(matches("\"gas pipeline\"", article));
    CHECK_FALSE(matches("gas NEAR/9 pipeline", article));
    CHECK_FALSE(matches("gas w/p pipeline", article));
    CHECK_FALSE(matches("author:\"gas deal\"", article));
    CHECK_FALSE(matches("author:(gas NEAR/9 deal)", article));
    CHECK(matches("author:(gas deal)", article));
}

TEST_CASE("ATLEAST counts and SCORE adds") {
    const Case one = GENERATE(values<Case>({
        {"ATLEAST/2(gas, oil, coal)", "gas oil", true},
        {"ATLEAST/2(gas, oil, coal)", "gas gas gas", false},
        {"atleast/2(gas, (oil OR coal), \"a deal\")", "coal a deal", true},
        {"SCORE/20(russia^5, energy^10, cricket^-50)", "russia energy", false},
        {"SCORE/15(russia^5, energy^10, cricket^-50)", "russia energy", true},
        {"SCORE/15(russia^5, energy^10, cricket^-50)", "russia energy cricket", false},
        {"SCORE/10(russia^5, energy^10)", "russia russia", false},
        {"SCORE/2.5(russia^2.5)", "russia", true},
    }));
    check(one);
}

TEST_CASE("the sum of a SCORE comes with the hit") {
    const auto [set, problems] =
        RuleSet::compile({rule_of("SCORE/5(russia^5, energy^2.5, deal^-1)")}, {});
    const auto hits = set.match(titled("Russia energy deal deal"), any_feed());
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].hit.score == 6.5);
}

TEST_CASE("a set stands for its query in parentheses") {
    const std::vector<NamedSet> sets{set_of("russia", "russia* OR moscow"),
                                     set_of("both", "@russia AND pakistan*")};
    CHECK(matches("@russia gas", titled("Moscow gas"), sets));
    CHECK_FALSE(matches("@russia gas", titled("Moscow"), sets));
    CHECK(matches("@both", titled("Pakistani in Moscow"), sets));
    CHECK_FALSE(matches("@both", titled("Pakistani"), sets));
    CHECK(matches("gas NEAR/1 @russia", titled("gas from Moscow"), sets));
    CHECK_FALSE(matches(
        "title:@russia",
        [] {
            Article article = titled("nothing");
            article.summary = "Moscow";
            return article;
        }(),
        sets));
}

TEST_CASE("without stemming a bare word is exact in form, and word~ asks for inflections") {
    Rule rule = rule_of("sanction");
    rule.stemming = false;
    Rule asked = rule_of("sanction~");
    asked.id = "asked";
    asked.stemming = false;
    const RuleSet set = RuleSet::compile({rule, asked}, {}).set;
    const auto hits = set.match(titled("SANCTIONS"), any_feed());
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].rule->id == "asked");
    CHECK(set.match(titled("Sanction"), any_feed()).size() == 2);
}

TEST_CASE("the example of the specification matches and is kept out by cricket") {
    const std::vector<NamedSet> sets{set_of("russia", "russia* OR moscow OR kremlin OR lavrov"),
                                     set_of("pakistan", "pakistan* OR islamabad")};
    const std::string query =
        "@pakistan AND @russia\nAND (energy OR \"gas pipeline\" OR LNG OR \"Pakistan Stream\" OR "
        "pipeline NEAR/5 (north south))\nNOT cricket\n";
    const Compilation compilation = RuleSet::compile({rule_of(query)}, sets);
    CHECK(lines_of(compilation.problems).empty());
    const std::string title = "Pakistan, Russia agree to build economic, energy and defence ties";
    CHECK(matches(query, titled(title), sets));
    CHECK_FALSE(matches(query, titled(title + " over cricket"), sets));
    CHECK_FALSE(matches(query, titled("Pakistan, Russia agree to build ties"), sets));
    CHECK(matches(query, titled("Lavrov in Islamabad: North–South gas pipeline"), sets));
    CHECK(matches(query, titled("Moscow and Islamabad on the pipeline from north to south"), sets));
}
