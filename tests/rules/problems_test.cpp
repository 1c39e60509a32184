// SPDX-License-Identifier: MIT
// What is wrong with a rule, and where: the words, the line and the column are what users see.
#include "tests/rules/query_cases.hpp"

#include "rules/nearest.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

/// All problems of one query that begins at line 10, column 5.
std::string problems_of(const std::string& query, std::vector<NamedSet> sets = {}) {
    std::string text;
    for (const std::string& line :
         lines_of(RuleSet::compile({rule_of(query)}, std::move(sets)).problems)) {
        text += (text.empty() ? "" : "\n") + line;
    }
    return text;
}

}  // namespace

TEST_CASE("a query that cannot be read is refused at the place where reading stopped") {
    const auto [query, problem] = GENERATE(table<const char*, const char*>({
        {"", "10:5 error the query is empty"},
        {"  # nothing", "10:16 error the query is empty"},
        {"(gas OR oil", "10:5 error this '(' is never closed"},
        {"gas OR oil)", "10:15 error this ')' closes nothing"},
        {"gas ()", "10:10 error nothing stands between these parentheses"},
        {"gas AND", "10:9 error 'AND' has nothing to its right"},
        {"gas AND (oil OR )", "10:21 error a word was expected before this ')'"},
        {"OR gas",
         "10:5 error 'OR' has nothing to its left; to search for the word itself, put it "
         "in quotes"},
        {"NEAR/5 gas",
         "10:5 error 'NEAR/5' has nothing to its left; to search for the word "
         "itself, put it in quotes"},
        {"gas NEAR/5", "10:9 error 'NEAR/5' has nothing to its right"},
        {"gas\nAND\nOR oil",
         "12:1 error 'OR' has nothing to its left; to search for the word "
         "itself, put it in quotes"},
        {"gas \"oil", "10:9 error this quote is never closed"},
        {"gas /oil", "10:9 error this regular expression is never closed; it ends in / too"},
        {"'gas oil'", "10:5 error write double quotes around a phrase: \"gas pipeline\""},
        {"gas NEAR/x oil", "10:9 error NEAR/ takes a number of words, 0 to 1000: NEAR/5"},
        {"gas NEAR/1001 oil", "10:9 error NEAR/ takes a number of words, 0 to 1000: NEAR/5"},
        {"gas w/q oil", "10:9 error w/ takes a number of words, 0 to 1000: w/5"},
        {"\"gas oil\"~x",
         "10:14 error after a phrase, ~ takes how many other words may stand "
         "between, 0 to 1000: \"gas pipeline\"~4"},
        {"gas~2", "10:8 error after a word, ~ stands alone and asks for its inflections"},
        {"Russia - Pakistan", "10:12 error '-' stands alone; write -cricket or NOT cricket"},
        {"gas NOT NOT oil", "10:13 error NOT twice in a row; leave both out"},
        {"gas NEAR/5 NOT oil", "10:16 error NOT cannot stand beside NEAR; write a NEAR/5 b NOT c"},
        {"gas, oil", "10:8 error a comma separates only the parts of ATLEAST and SCORE; write OR"},
        {"gas^5", "10:8 error weights belong into SCORE/20(russia^5, energy^10)"},
        {"ATLEAST(a, b)", "10:5 error ATLEAST takes a number: ATLEAST/2(a, b, c)"},
        {"ATLEAST/2 a b",
         "10:5 error after 'ATLEAST/2' comes a list in parentheses: "
         "ATLEAST/2(a, b)"},
        {"ATLEAST/3(gas, oil)", "10:5 error this can never match: there are only 2 parts"},
        {"ATLEAST/0(gas, oil)",
         "10:5 error the number must be above 0, or every article would match"},
        {"SCORE/5(gas^5, oil)", "10:20 error each part of SCORE takes a weight: russia^5"},
        {"SCORE/5(gas^x)",
         "10:16 error after ^ comes a weight, at most 1000000: russia^5, cricket^-50"},
        {"gas http://x.com/a",
         "10:9 error put a URL in quotes, or search for its host: "
         "domain:example.com"},
        {"gas @Russia",
         "10:9 error after @ comes the name of a set: small letters, digits, - and _"},
    }));
    CAPTURE(query);
    CHECK(problems_of(query) == problem);
}

TEST_CASE("a comment that looks like a hashtag is told in a query of one line") {
    const auto told = [](const std::string& at, const std::string& word) {
        return at + " warning '#" + word +
               "' is no hashtag here: '#' begins a comment, to the end " + "of the line; write " +
               word + ", which finds #" + word + " too, or /#" + word + "/i to ask for the sign";
    };
    CHECK(problems_of("#gas") == told("10:5", "gas") + "\n10:9 error the query is empty");
    CHECK(problems_of("\n#gas\n") == told("11:1", "gas") + "\n12:1 error the query is empty");
    CHECK(problems_of("oil #газ_1/x") == told("10:9", "газ_1"));
    CHECK(problems_of("oil AND #gas") ==
          "10:9 error 'AND' has nothing to its right\n" + told("10:13", "gas"));
    for (const char* query : {"oil # gas", "oil #", "oil #1", "oil \"#gas\"", "/#gas/i", "C#",
                              "oil #OR gas\nOR coal", "oil\n#OR gas"}) {
        CAPTURE(query);
        CHECK(problems_of(query).empty());
    }
}

TEST_CASE("what is wrong inside a term is reported, and reading goes on") {
    const auto [query, problem] = GENERATE(table<const char*, const char*>({
        {"titel:gas", "10:5 error there is no field 'titel'; did you mean 'title'?"},
        {"gas Moscow: oil",
         "10:9 error there is no field 'Moscow'; to search for the colon, put "
         "it all in quotes"},
        {"gas @russa", "10:9 error there is no set @russa; did you mean @russia?"},
        {"gas @qqqqqq", "10:9 error there is no set @qqqqqq"},
        {"gas a*", "10:9 error the wildcard 'a*' needs at least 2 letters beside its * and ?"},
        {"gas *", "10:9 error the wildcard '*' needs at least 2 letters beside its * and ?"},
        {"gas =ru*", "10:9 error = takes no wildcards; leave the = out"},
        {"gas ...", "10:9 error there is no letter and no digit in '...'"},
        {"gas \"\"", "10:9 error there is no letter and no digit in ''"},
        {"/(gas/", "10:5 error the regular expression cannot be read: missing ): (gas"},
        {"/gas*?|/",
         "10:5 error the regular expression matches the empty text, and so every "
         "article"},
        {"/gas/x", "10:5 error after a regular expression only the flags i, m and s are read"},
        {"a* titel:b*",
         "10:5 error the wildcard 'a*' needs at least 2 letters beside its * and ?\n"
         "10:8 error there is no field 'titel'; did you mean 'title'?\n"
         "10:14 error the wildcard 'b*' needs at least 2 letters beside its * and "
         "?"},
        {"gas NEAR/5 /oil/",
         "10:16 error beside NEAR stand words, phrases, wildcards, sets and "
         "groups of these"},
        {"gas NEAR/5 (oil NOT coal)",
         "10:21 error beside NEAR stand words, phrases, wildcards, "
         "sets and groups of these"},
        {"(gas NEAR/5 oil) NEAR/5 coal",
         "10:5 error beside NEAR stand words, phrases, wildcards, sets and groups of these; write "
         "a chain: a NEAR/5 b NEAR/5 c"},
        {"gas NEAR/5 @odd",
         "10:16 error beside NEAR stand words, phrases, wildcards, sets and "
         "groups of these; the set @odd holds something else"},
    }));
    CAPTURE(query);
    CHECK(problems_of(query, {set_of("russia", "moscow"), set_of("odd", "/x+/")}) == problem);
}

TEST_CASE("every problem of a query is told at once, none of them twice") {
    using Lines = std::vector<std::string>;
    const auto [query, problems] = GENERATE(table<const char*, Lines>({
        {"titel:gas AND (oil OR ) AND @none AND a* AND /(x/",
         {"10:5 error there is no field 'titel'; did you mean 'title'?",
          "10:27 error a word was expected before this ')'", "10:33 error there is no set @none",
          "10:43 error the wildcard 'a*' needs at least 2 letters beside its * and ?",
          "10:50 error the regular expression cannot be read: missing ): (x"}},
        {"(gas OR ) (oil AND ) NOT NOT coal AND NEAR/x peat",
         {"10:13 error a word was expected before this ')'",
          "10:24 error a word was expected before this ')'",
          "10:30 error NOT twice in a row; leave both out",
          "10:43 error NEAR/ takes a number of words, 0 to 1000: NEAR/5"}},
        {"gas) OR titel:oil",
         {"10:8 error this ')' closes nothing",
          "10:13 error there is no field 'titel'; did you mean 'title'?"}},
        {"gas, oil, coal, a*",
         {"10:8 error a comma separates only the parts of ATLEAST and SCORE; write OR",
          "10:21 error the wildcard 'a*' needs at least 2 letters beside its * and ?"}},
        {"(gas, titel:oil) AND )",
         {"10:9 error a comma separates only the parts of ATLEAST and SCORE; write OR",
          "10:11 error there is no field 'titel'; did you mean 'title'?",
          "10:26 error a word was expected before this ')'"}},
        {"SCORE/5(gas^x, oil, titel:coal^2) AND ATLEAST/2(gas^3)",
         {"10:16 error after ^ comes a weight, at most 1000000: russia^5, cricket^-50",
          "10:20 error each part of SCORE takes a weight: russia^5",
          "10:25 error there is no field 'titel'; did you mean 'title'?",
          "10:56 error weights belong into SCORE/20(russia^5, energy^10)"}},
        {"gas~2 AND oil~3 AND \"gas oil\"~x AND http://x.com AND @Bad",
         {"10:8 error after a word, ~ stands alone and asks for its inflections",
          "10:18 error after a word, ~ stands alone and asks for its inflections",
          "10:34 error after a phrase, ~ takes how many other words may stand between, 0 to 1000: "
          "\"gas pipeline\"~4",
          "10:41 error put a URL in quotes, or search for its host: domain:example.com",
          "10:58 error after @ comes the name of a set: small letters, digits, - and _"}},
        // what a quote that never ends has swallowed is not missed
        {"titel:gas AND (oil OR \"coal) AND peat",
         {"10:5 error there is no field 'titel'; did you mean 'title'?",
          "10:27 error this quote is never closed"}},
        {"gas AND (", {"10:13 error '(' has nothing to its right"}},
        {"((gas OR (oil", {"10:14 error this '(' is never closed"}},
        {"ATLEAST(a, b) AND ATLEAST/x((a OR b), c) AND titel:x",
         {"10:5 error ATLEAST takes a number: ATLEAST/2(a, b, c)",
          "10:23 error ATLEAST/ takes a number: ATLEAST/2(a, b, c)",
          "10:50 error there is no field 'titel'; did you mean 'title'?"}},
        // an error inside makes no warnings about its echo
        {"gas OR oil AND ) OR gas", {"10:20 error a word was expected before this ')'"}},
        {"(NOT a*) AND russia OR russia*",
         {"10:10 error the wildcard 'a*' needs at least 2 letters beside its * and ?"}},
    }));
    CAPTURE(query);
    CHECK(lines_of(RuleSet::compile({rule_of(query)}, {}).problems) == problems);
}

TEST_CASE("a set that cannot be read names its unknown sets all the same") {
    CHECK(lines_of(RuleSet::compile({}, {set_of("a", "(gas OR @none", 1)}).problems) ==
          std::vector<std::string>{"1:10 error this '(' is never closed",
                                   "1:18 error there is no set @none"});
}

TEST_CASE("a rule must have something positive to match, in each of its groups") {
    const auto [query, place] = GENERATE(table<const char*, const char*>({
        {"NOT gas", "10:5"},
        {"-gas", "10:5"},
        {"NOT gas NOT oil", "10:5"},
        {"gas OR NOT oil", "10:12"},
        {"gas AND (NOT oil)", "10:14"},
        {"gas (oil OR NOT coal)", "10:17"},
        {"gas NOT (NOT oil)", "10:14"},
        {"ATLEAST/1(gas, NOT oil)", "10:20"},
        {"SCORE/5(gas^5, NOT oil^5)", "10:20"},
    }));
    CAPTURE(query);
    CHECK(problems_of(query) == std::string{place} +
                                    " error nothing positive to match: NOT only takes away; put "
                                    "beside it what shall be found");
}

TEST_CASE("what is legal but seldom meant gives a warning, and the rule works") {
    const auto [query, problem] = GENERATE(table<const char*, const char*>({
        {"gas OR oil AND coal",
         "10:12 warning AND binds more strongly than OR; this is read as "
         "gas OR (oil AND coal)"},
        {"gas oil OR coal",
         "10:5 warning AND binds more strongly than OR; this is read as "
         "(gas oil) OR coal"},
        {"gas OR (oil AND coal)", ""},
        {"(gas OR oil) AND coal", ""},
        {"russia OR russia*", "10:5 warning 'russia' is contained in 'russia*'"},
        {"russia* OR russian*", "10:16 warning 'russian*' is contained in 'russia*'"},
        {"gas OR oil OR GAS", "10:19 warning 'GAS' is contained in 'gas'"},
        {"pipeline OR \"gas pipeline\"",
         "10:17 warning '\"gas pipeline\"' is contained in 'pipeline'"},
        {"\"pipelines\" OR \"gas pipeline\"", ""},
        {"=US OR us", "10:5 warning '=US' is contained in 'us'"},
        {"defen?e OR defen*", "10:5 warning 'defen?e' is contained in 'defen*'"},
        {"title:gas OR gas", ""},
        {"*stan",
         "10:5 warning a wildcard at the beginning matches the ends of many words: "
         "'*stan'"},
        {"gas AROUND(5) deal",
         "10:9 warning 'AROUND' is searched for as it stands; write NEAR/5 if that is meant, or "
         "put "
         "it in quotes"},
        {"gas adj5 deal",
         "10:9 warning 'adj5' is searched for as it stands; write ONEAR/4 if that is meant, or put "
         "it in quotes"},
        {"HEADLINE(gas)",
         "10:5 warning 'HEADLINE' is searched for as it stands; write title:(…) if that is meant, "
         "or put it in quotes"},
        {"hd=gas",
         "10:5 warning 'hd=gas' is searched for as it stands; write title:gas if that is meant, or "
         "put it in quotes"},
        {"pipelin$3",
         "10:5 warning 'pipelin$3' is searched for as it stands; write pipelin* if that is meant, "
         "or put it in quotes"},
        {"ATLEAST5(gas)",
         "10:5 warning 'ATLEAST5' is searched for as it stands; write ATLEAST/2(a, b, c), which "
         "counts what of them is there if that is meant, or put it in quotes"},
        {"\"near5\" headline around US$300 MI5 NEAR/5 caps", ""},
        {"SCORE/20(russia^5, energy^10, cricket^-50)",
         "10:5 warning this sum can never be reached: the weights add up to less"},
    }));
    CAPTURE(query);
    const Compilation compilation = RuleSet::compile({rule_of(query)}, {});
    CHECK(compilation.set.rules().size() == 1);
    CHECK(problems_of(query) == problem);
}

TEST_CASE("sets that cannot be used are reported once, and so are the rules that use them") {
    const auto [set, problems] =
        RuleSet::compile({rule_of("@a gas"), rule_of("oil @fine")},
                         {set_of("a", "x1 OR @b", 1), set_of("b", "@c y1", 2), set_of("c", "@a", 3),
                          set_of("fine", "moscow", 4), set_of("fine", "kremlin", 5),
                          set_of("Bad", "x1", 6), set_of("broken", "(x1", 7)});
    CHECK(lines_of(problems) ==
          std::vector<std::string>{
              "1:16 error the set @b cannot be used; see its own error",
              "2:10 error the set @c cannot be used; see its own error",
              "3:10 error this set contains itself: @a → @b → @c → @a",
              "5:10 error there is another set of this name",
              "6:10 error the name of a set has 1 to 64 small letters, digits, - and _",
              "7:10 error this '(' is never closed",
              "10:5 error the set @a cannot be used; see its own error",
              "10:5 error there is another rule with this id",
          });
    CHECK(set.rules().empty());
}

TEST_CASE("a bad rule never takes the others with it") {
    Rule bad = rule_of("(gas");
    bad.id = "bad";
    bad.at.line = 30;
    Rule off = rule_of("gas OR");
    off.id = "off";
    off.enabled = false;
    Rule odd = rule_of("gas");
    odd.id = "Not An Id";
    odd.at.line = 40;
    const auto [set, problems] = RuleSet::compile({rule_of("gas"), bad, off, odd}, {});
    REQUIRE(set.rules().size() == 1);
    CHECK(set.rules()[0]->id == "r");
    CHECK(lines_of(problems) ==
          std::vector<std::string>{
              "10:9 error 'OR' has nothing to its right",
              "30:5 error this '(' is never closed",
              "40:5 error the id of a rule has 1 to 64 small letters, digits, '.', '_' and '-'",
          });
}

TEST_CASE("a problem is shown with its line and a caret below the place") {
    const auto shown = [](const std::string& query) {
        const auto problems = RuleSet::compile({rule_of(query)}, {}).problems;
        REQUIRE_FALSE(problems.empty());
        return to_text(problems[0]);
    };
    CHECK(shown("gas AND titel:x") ==
          "rules.toml:10:13: error: r: there is no field 'titel'; did you mean 'title'?\n"
          "    gas AND titel:x\n"
          "            ^");
    CHECK(shown("gas\n\tAND Ж OR )") ==
          "rules.toml:11:11: error: r: a word was expected before this ')'\n"
          "     AND Ж OR )\n"
          "              ^");
    const std::string wide = "  " + std::string(100, 'x') + " AND )";
    CHECK(shown(wide) ==
          "rules.toml:10:112: error: r: a word was expected before this ')'\n"
          "    …" +
              std::string(55, 'x') +
              " AND )\n"
              "     " +
              std::string(60, ' ') + "^");
    // Han takes two columns each, a mark none, a control character what is shown for it.
    CHECK(shown("中国政府 )") ==
          "rules.toml:10:10: error: r: this ')' closes nothing\n"
          "    中国政府 )\n"
          "             ^");
    CHECK(shown("и\u0306\u200Dx )").ends_with("\n       ^"));
    CHECK_THAT(shown("gas\x01 )"), Catch::EndsWith("\n    gas\\u{01} )\n              ^"));
    Problem nowhere;
    nowhere.rule_id = "x";
    nowhere.weight = Weight::warning;
    nowhere.text = "odd\x1B[31m";
    CHECK(to_text(nowhere) == "warning: x: odd\\u{1B}[31m");
}

TEST_CASE("a query from nowhere counts its lines from 1") {
    Rule rule = rule_of("gas\nAND )");
    rule.at = {};
    CHECK(lines_of(RuleSet::compile({rule}, {}).problems) ==
          std::vector<std::string>{"2:5 error a word was expected before this ')'"});
}

TEST_CASE("the nearest name is at most a third of the letters away") {
    const std::vector<std::string> known{"title", "summary", "content", "url"};
    CHECK(nearest("titel", known) == "title");
    CHECK(nearest("sumary", known) == "summary");
    CHECK(nearest("ur", known) == "url");
    CHECK(nearest("pakistan", known).empty());
    CHECK(nearest(std::string(10'000, 'x'), known).empty());
}
