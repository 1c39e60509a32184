// SPDX-License-Identifier: MIT
// Rules that add nothing to others: found where their shape tells, and never wrongly.
#include "rules/redundancy.hpp"
#include "tests/rules/query_cases.hpp"

#include "rules/containment.hpp"

#include <algorithm>
#include <array>
#include <random>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

Rule named(std::string id, std::string query) {
    Rule rule = rule_of(std::move(query));
    rule.id = std::move(id);
    return rule;
}

/// "narrow: all that this rule finds, 'wide' finds too"
std::vector<std::string> warnings(std::vector<Rule> rules, std::vector<NamedSet> sets = {}) {
    std::vector<std::string> lines;
    for (const Problem& problem :
         RuleSet::compile(std::move(rules), std::move(sets)).set.redundant()) {
        CHECK(problem.weight == Weight::warning);
        lines.push_back(problem.rule_id + ": " + problem.text);
    }
    return lines;
}

/// Whether `narrow` is seen to lie within `wide`, and not the other way round.
bool is_seen_within(const std::string& narrow, const std::string& wide) {
    const auto lines = warnings({named("wide", wide), named("narrow", narrow)},
                                {set_of("russia", "russia* OR moscow"),
                                 set_of("kremlin", "=Kremlin OR moscow OR \"russia today\"")});
    return lines == std::vector<std::string>{"narrow: all that this rule finds, 'wide' finds too"};
}

}  // namespace

TEST_CASE("a query that another contains is seen where the shapes tell") {
    const auto [narrow, wide] = GENERATE(table<const char*, const char*>({
        {"gas deal", "gas"},
        {"gas AND deal NOT cricket", "gas"},
        {"gas", "gas OR oil"},
        {"\"gas pipeline\"", "pipeline*"},
        {"\"the gas pipeline\"", "\"gas pipeline\""},
        {"\"gas pipeline\"", "\"gas pipeline\"~3"},
        {"\"gas pipeline\"~1", "\"gas pipeline\"~3"},
        {"russian*", "russia*"},
        {"=US", "us"},
        {"title:gas", "gas"},
        {"gas NEAR/3 deal", "gas NEAR/5 deal"},
        {"gas ONEAR/3 deal", "gas NEAR/3 deal"},
        {"gas SAME deal", "gas w/p deal"},
        {"gas NEAR/3 deal", "gas deal"},
        {"gas NEAR/3 (deal OR pact)", "gas"},
        {"gas deal pact", "gas (deal OR treaty)"},
        {"(gas OR oil) deal", "(gas OR oil OR coal) deal"},
        {"ATLEAST/2(gas, oil, coal)", "gas OR oil OR coal"},
        {"ATLEAST/2(gas, oil, coal)", "gas OR coal"},
        {"ATLEAST/3(gas, oil, coal, peat)", "ATLEAST/2(gas, oil, coal, peat)"},
        {"gas oil", "ATLEAST/2(gas, oil, coal)"},
        {"gas NOT (cricket OR tennis)", "gas NOT cricket"},
        {"SCORE/9(gas^5, oil^5)", "SCORE/5(gas^5, oil^5)"},
        {"domain:news.example.com", "domain:example.com"},
        {"domain:a.gov", "domain:.gov"},
        {"@kremlin", "@russia OR kremlin"},
        {"/ga+s/ AND oil", "/ga+s/"},
    }));
    CAPTURE(narrow, wide);
    CHECK(is_seen_within(narrow, wide));
}

TEST_CASE("a query that finds something of its own is left alone") {
    const auto [one, other] = GENERATE(table<const char*, const char*>({
        {"gas", "oil"},
        {"energy", "energy*"},  // "energies"
        {"Россия", "россия*"},  // "России"
        {"\"gas pipelines\"", "pipeline~ NOT gas"},
        {"gas", "title:gas"},
        {"gas NEAR/5 deal", "gas NEAR/3 deal"},
        {"gas NEAR/3 deal", "gas ONEAR/3 deal"},
        {"\"gas pipeline\" NEAR/5 deal", "gas NEAR/5 deal"},
        {"gas w/p deal", "gas SAME deal"},
        {"gas SAME deal", "gas NEAR/900 deal"},
        {"ATLEAST/2(gas, oil, coal)", "gas"},
        {"ATLEAST/2(gas, oil, coal)", "gas oil"},
        {"gas NOT cricket", "gas NOT (cricket OR tennis)"},
        {"\"gas pipeline\"~3", "\"gas pipeline\""},
        {"\"pipeline gas\"", "\"gas pipeline\""},
        {"SCORE/5(gas^5, oil^5)", "SCORE/5(gas^5, oil^4)"},
        {"domain:myexample.com", "domain:example.com"},
        {"/ga+s/", "/ga+s/i"},
        {"us", "=US"},
        {"defen?e", "defen?es"},
    }));
    CAPTURE(one, other);
    for (const std::string& line : warnings({named("other", other), named("one", one)})) {
        CHECK_FALSE(line.starts_with("one: "));
    }
}

TEST_CASE("of two equal rules the later one is told") {
    CHECK(warnings({named("a", "gas AND oil"), named("b", "oil gas"), named("c", "coal")}) ==
          std::vector<std::string>{"b: all that this rule finds, 'a' finds too"});
}

TEST_CASE("two rules together can make a third needless") {
    CHECK(
        warnings({named("both", "deal (gas OR oil)"), named("g", "gas deal OR gas pact"),
                  named("o", "oil OR peat")}) ==
        std::vector<std::string>{"both: all that this rule finds, 'g' and 'o' together find too"});
    CHECK(
        warnings(
            {named("both", "@fuel"), named("g", "gas OR lng OR x1"), named("o", "oil OR peat")},
            {set_of("fuel", "gas OR oil OR LNG")}) ==
        std::vector<std::string>{"both: all that this rule finds, 'g' and 'o' together find too"});
    CHECK(warnings({named("all", "gas OR oil OR coal"), named("g", "gas OR x1"),
                    named("o", "oil OR x2")})
              .empty());
}

TEST_CASE("a rule that says more than its query is not needless") {
    Rule wide = named("wide", "gas");
    Rule narrow = named("narrow", "gas deal");
    SECTION("more severe") {
        narrow.severity = Severity::critical;
    }
    SECTION("a tag of its own") {
        narrow.tags = {"energy"};
    }
    SECTION("of more feeds") {
        wide.feeds = {"voa-*"};
    }
    SECTION("of other feeds") {
        wide.feeds = {"voa-*"};
        narrow.feeds = {"dawn"};
    }
    CHECK(warnings({wide, narrow}).empty());
}

TEST_CASE("a rule of fewer feeds and fewer tags is") {
    Rule wide = named("wide", "gas");
    Rule narrow = named("narrow", "gas deal");
    wide.feeds = {"voa-*", "dawn"};
    narrow.feeds = {"dawn"};
    wide.tags = {"energy"};
    wide.severity = Severity::high;
    CHECK(warnings({wide, narrow}).size() == 1);
}

TEST_CASE("what is called needless never finds an article alone") {
    constexpr std::array<const char*, 10> kPieces{"gas",
                                                  "oil",
                                                  "coal",
                                                  "\"gas oil\"",
                                                  "gas NEAR/1 oil",
                                                  "oil ONEAR/2 coal",
                                                  "NOT coal",
                                                  "(gas OR coal)",
                                                  "ATLEAST/2(gas, oil, coal)",
                                                  "(oil coal)"};
    constexpr std::array<const char*, 4> kWords{"gas ", "oil ", "coal ", "peat "};
    std::mt19937 random{1126};
    int told = 0;
    for (int round = 0; round < 150; ++round) {
        std::vector<Rule> rules;
        for (int i = 0; i < 4; ++i) {
            std::string query = kPieces[random() % 6];
            for (auto more = random() % 3; more > 0; --more) {
                query += (random() % 2 == 0 ? " OR (gas " : " AND (oil ") +
                         std::string{kPieces[random() % kPieces.size()]} + ")";
            }
            rules.push_back(named("r" + std::to_string(i), query));
        }
        const RuleSet set = RuleSet::compile(rules, {}).set;
        REQUIRE(set.rules().size() == 4);
        const auto problems = set.redundant();
        told += static_cast<int>(problems.size());
        for (int article = 0; article < 20; ++article) {
            std::string title;
            for (auto words = random() % 7; words > 0; --words) {
                title += kWords[random() % kWords.size()];
            }
            const auto matches = set.match(titled(title), any_feed());
            for (const Problem& problem : problems) {
                const bool found = std::any_of(
                    matches.begin(), matches.end(),
                    [&](const Match& match) { return match.rule->id == problem.rule_id; });
                CAPTURE(title, problem.rule_id, problem.text);
                for (const Rule& rule : rules) {
                    UNSCOPED_INFO(rule.id << ": " << rule.query);
                }
                const bool named_found =
                    std::any_of(matches.begin(), matches.end(), [&](const Match& match) {
                        return problem.text.find("'" + match.rule->id + "'") != std::string::npos;
                    });
                REQUIRE((!found || named_found));
            }
        }
    }
    CHECK(told > 50);
}

TEST_CASE("the search for needless rules is bounded, and says where it gave up") {
    std::string list = "x0";
    for (int i = 1; i < 5'000; ++i) {
        list += " OR x" + std::to_string(i);
    }
    std::vector<Rule> rules;
    for (int i = 0; i < 8; ++i) {
        rules.push_back(named("r" + std::to_string(i), list + " OR y" + std::to_string(i)));
    }
    const auto lines = warnings(rules);
    REQUIRE(lines.size() == 1);
    CHECK(lines[0].find("too many rules") != std::string::npos);
}
