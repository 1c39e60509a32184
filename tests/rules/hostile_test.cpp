// SPDX-License-Identifier: MIT
// Rules and articles made to hurt: refused in words, or done in bounded time.
#include "tests/rules/query_cases.hpp"

#include "rules/glob.hpp"
#include "rules/query.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) {
        out += text;
    }
    return out;
}

std::vector<std::string> problems_of(const std::string& query, std::vector<NamedSet> sets = {}) {
    return lines_of(RuleSet::compile({rule_of(query)}, std::move(sets)).problems);
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a long list of alternatives is a rule like any other") {
    std::string query = "w0";
    for (int i = 1; i < 6'000; ++i) {
        query += " OR w" + std::to_string(i);
    }
    REQUIRE(query.size() < kMaxQueryBytes);
    const auto [set, problems] = RuleSet::compile({rule_of(query)}, {});
    CHECK(problems.empty());
    CHECK(set.match(titled("x w5999"), any_feed()).size() == 1);
    CHECK(set.match(titled("x w6000"), any_feed()).empty());
}

TEST_CASE("ten thousand alternatives fit into sets, twenty thousand do not") {
    std::vector<NamedSet> sets;
    std::string query;
    for (int set = 0; set < 4; ++set) {
        std::string text;
        for (int i = 0; i < 5'000; ++i) {
            text += (i == 0 ? "w" : " OR w") + std::to_string(5'000 * set + i);
        }
        sets.push_back(set_of("s" + std::to_string(set), text, set + 1));
        query += (set == 0 ? "@s" : " OR @s") + std::to_string(set);
    }
    CHECK(problems_of("@s0 OR @s1", sets).empty());
    CHECK(matches("@s0 OR @s1", titled("w9999"), sets));
    CHECK(problems_of(query, sets) ==
          Lines{"10:5 error with its sets this rule has more than 20000 parts"});
}

TEST_CASE("ten thousand alternatives in one text are read, or refused for their length alone") {
    std::string query = "w0";
    for (int i = 1; i < 10'000; ++i) {
        query += "|w" + std::to_string(i);
    }
    REQUIRE(query.size() < kMaxQueryBytes);
    CHECK(problems_of(query).empty());
    CHECK(matches(query, titled("x w9999")));
    CHECK_FALSE(matches(query, titled("x w10000")));
    CHECK(problems_of(query + repeated(" ", kMaxQueryBytes)) ==
          Lines{"10:5 error the query is longer than 64 KiB"});
}

TEST_CASE("lists of thousands of parts are counted and added up") {
    std::string counted = "ATLEAST/2(w0";
    std::string scored = "SCORE/2(w0^1";
    for (int i = 1; i < 5'000; ++i) {
        counted += ",w" + std::to_string(i);
        scored += ",w" + std::to_string(i) + "^1";
    }
    for (const std::string& query : {counted + ")", scored + ")"}) {
        CHECK(problems_of(query).empty());
        CHECK(matches(query, titled("w1 w4999")));
        CHECK_FALSE(matches(query, titled("w1 w1 w5000")));
    }
}

TEST_CASE("NEAR over groups of a thousand words each finds the two that stand close") {
    std::string left = "(a0";
    std::string right = "(b0";
    for (int i = 1; i < 1'000; ++i) {
        left += "|a" + std::to_string(i);
        right += "|b" + std::to_string(i);
    }
    const std::string query = left + ") NEAR/3 " + right + ")";
    Article article = titled("x");
    for (int i = 0; i < 300; ++i) {
        article.content += "a" + std::to_string(i) + " x x x x b" + std::to_string(i) + " y y y y ";
    }
    CHECK_FALSE(matches(query, article));
    article.content += "a999 x x x b998";
    const auto found = RuleSet::compile({rule_of(query)}, {}).set.match(article, any_feed());
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].hit.spans.size() == 2);
    CHECK(found[0].hit.spans[0].text == "a999");
    CHECK(found[0].hit.spans[1].text == "b998");
}

TEST_CASE("a wildcard over everything is refused, in phrases and under fields too") {
    const std::string query =
        GENERATE("*", "**", "?", "??", "?*", "*?*", "a*", "*a", "?a?", "\"* gas\"", "title:*",
                 "\"gas a*\"", "gas NEAR/5 *", "*中", "@all");
    CAPTURE(query);
    const auto [set, problems] = RuleSet::compile({rule_of(query)}, {set_of("all", "*")});
    const bool han = query == "*中";  // stands for words with this character, as 中 alone does
    CHECK(set.rules().empty() != han);
}

TEST_CASE("an expression over everything is bounded in what it finds") {
    Article article = titled("x");
    article.content = repeated("gas ", 20'000);
    for (const char* query :
         {"/./s", "/\\w/", "/[^x]/", "/.{1,400}/s", "/gas /", "/(?:g?a?s?)+ /"}) {
        CAPTURE(query);
        const auto found = RuleSet::compile({rule_of(query)}, {}).set.match(article, any_feed());
        REQUIRE(found.size() == 1);
        CHECK(found[0].hit.spans.size() <= 200);
    }
}

TEST_CASE("a text of nothing but mistakes tells the first hundred") {
    for (const char* mistake : {"a* ", "@none ", "- ", ") ", "titel:x ", "NEAR/x ", "x~2 ", "/(/ ",
                                "(NOT x) ", "x NEAR/1 /y/ "}) {
        CAPTURE(mistake);
        const Lines problems = problems_of(repeated(mistake, 4'000));
        CHECK(!problems.empty());
        CHECK(problems.size() <= 101);
    }
    const Lines many = problems_of(repeated("a* ", 4'000));
    REQUIRE(many.size() == 101);
    CHECK(many.back().ends_with("and more: the rest shows when these are mended"));
    CHECK(
        lines_of(RuleSet::compile({}, {set_of("s", repeated("@none ", 4'000))}).problems).size() ==
        100);
    // A hundred warnings are enough too, and refuse nothing.
    const auto warned = RuleSet::compile({rule_of(repeated("*stan ", 4'000))}, {});
    CHECK(warned.problems.size() == 100);
    CHECK(warned.set.rules().size() == 1);
}

TEST_CASE("groups are read 200 deep and no deeper") {
    const auto nested = [](std::size_t depth) {
        return repeated("(", depth) + "gas" + repeated(")", depth);
    };
    CHECK(matches(nested(199), titled("gas")));
    CHECK(problems_of(nested(200)) == Lines{"10:205 error more than 200 groups inside each other"});
    CHECK(problems_of(nested(1'000)) ==
          Lines{"10:205 error more than 200 groups inside each other"});
    CHECK(problems_of(repeated("(", 60'000)).size() == 1);
    CHECK(problems_of(repeated("title:", 10'000) + "x").size() == 1);
    CHECK(problems_of(repeated("-(", 1'000)).size() == 1);
    CHECK(problems_of(repeated("(", 100'000)) ==
          Lines{"10:5 error the query is longer than 64 KiB"});
}

TEST_CASE("nested NOTs and ORs at full depth are evaluated") {
    std::string query = "gas";
    for (int i = 0; i < 190; ++i) {
        query = "(x OR y z NOT q NEAR/1 w " + query + ")";
    }
    CHECK_FALSE(matches(query, titled("y z")));
    CHECK(matches(query, titled("y z gas")));
}

TEST_CASE("sets that double each other are refused before they are copied") {
    std::vector<NamedSet> sets{set_of("s0", "gas OR oil")};
    for (int i = 1; i <= 60; ++i) {
        const std::string below = "@s" + std::to_string(i - 1);
        sets.push_back(set_of("s" + std::to_string(i), below + " AND " + below, i + 1));
    }
    CHECK(problems_of("@s60", sets) ==
          Lines{"10:5 error with its sets this rule has more than 20000 parts"});
    CHECK(matches("@s8", titled("gas"), sets));
}

TEST_CASE("a long chain of sets is refused, not followed") {
    std::vector<NamedSet> sets{set_of("s0", "gas")};
    for (int i = 1; i < 5'000; ++i) {
        sets.push_back(set_of("s" + std::to_string(i), "@s" + std::to_string(i - 1), i + 1));
    }
    CHECK_FALSE(problems_of("@s4999", sets).empty());
    CHECK(matches("@s100", titled("gas"), {sets.begin(), sets.begin() + 101}));
}

TEST_CASE("a regular expression is linear, and refused where it would be large") {
    const std::string as = repeated("a", 100'000);
    CHECK_FALSE(matches("/(a+)+$b/", titled(as)));
    CHECK_FALSE(matches("/(a|aa)+c/", titled(as)));
    CHECK(matches("/a{2}/", titled(as)));
    const Lines problems = problems_of("/((a{100}){100}){100}/");
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].starts_with("10:5 error the regular expression cannot be read: "));
    CHECK_FALSE(matches("/\\b/ gas", titled(as)));
}

TEST_CASE("wildcards that could try for ever come to an end") {
    const std::string word = repeated("a", 200);
    CHECK_FALSE(glob(repeated("a*", 100) + "b", word));
    CHECK(glob(repeated("a*", 100), word));
    CHECK_FALSE(matches(repeated("a*", 100) + "b", titled(word)));
}

TEST_CASE("an article that repeats the terms of NEAR thousands of times is answered") {
    Article article = titled("x");
    article.content = repeated("gas oil ", 10'000);
    std::vector<Rule> rules;
    for (const char* query : {"gas NEAR/900 (coal OR peat)", "gas NEAR/1 oil NEAR/1 gas",
                              "gas SAME oil", "\"gas oil gas oil\"~10"}) {
        rules.push_back(rule_of(query));
        rules.back().id = "r" + std::to_string(rules.size());
    }
    const RuleSet set = RuleSet::compile(rules, {}).set;
    REQUIRE(set.rules().size() == 4);
    const auto found = set.match(article, any_feed());
    REQUIRE(found.size() == 3);
    CHECK(found[0].rule->id == "r2");
}

TEST_CASE("text that is not UTF-8 is refused in rules and survived in articles") {
    CHECK(problems_of("gas \xFF\xFE") == Lines{"10:5 error the query is not valid UTF-8"});
    CHECK(matches("gas", titled("\xE0\x80 gas \xF0\x9F")));
    CHECK_FALSE(matches("/x+/ OR gas*", titled("\xFF\xC0\x80")));
}

TEST_CASE("a phrase has at most 100 words") {
    CHECK(problems_of("\"" + repeated("gas ", 100) + "\"").empty());
    CHECK(problems_of("\"" + repeated("gas ", 101) + "\"") ==
          Lines{"10:5 error a phrase may have at most 100 words; this one has 101"});
}
