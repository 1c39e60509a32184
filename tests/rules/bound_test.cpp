// SPDX-License-Identifier: MIT
// An article takes bounded work, whatever rules and it look like; where the bound is hit it is
// told, and other rules go on. How long it takes in milliseconds: bench/match_bench, "hostile".
#include "rules/matcher.hpp"

#include "rules/article_parts.hpp"
#include "tests/rules/query_cases.hpp"

#include <algorithm>
#include <random>
#include <string>

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

Rule named(std::string id, std::string query) {
    Rule rule = rule_of(std::move(query));
    rule.id = std::move(id);
    return rule;
}

Article with_content(std::string content) {
    Article article = titled("Gas talks");
    article.url = "https://news.example/gas";
    article.content = std::move(content);
    return article;
}

std::vector<std::string> ids(const std::vector<Match>& matches) {
    std::vector<std::string> found;
    for (const Match& match : matches) {
        found.push_back(match.rule->id);
    }
    return found;
}

/// "given_up: id", in the order in which they came.
std::vector<std::string> told(Matcher& matcher) {
    std::vector<std::string> lines;
    for (const MatchTrouble& trouble : matcher.take_troubles()) {
        const std::string what = trouble.kind == MatchTrouble::Kind::given_up ? "given up"
                                 : trouble.kind == MatchTrouble::Kind::slow   ? "slow"
                                                                              : "cut";
        lines.push_back(trouble.rule == nullptr ? what : what + ": " + trouble.rule->id);
    }
    return lines;
}

using Lines = std::vector<std::string>;

/// Two groups of wildcards, each of which stands for every word of the article.
std::string near_over_groups(int size) {
    std::string left = "(";
    std::string right = "(";
    for (int i = 0; i < size; ++i) {
        const std::string stars = repeated("*", static_cast<std::size_t>(i + 1));
        left += (i == 0 ? "" : " OR ") + ("al" + stars);
        right += (i == 0 ? "" : " OR ") + ("zu" + stars);
    }
    return left + ") ONEAR/1 " + right + ")";
}

}  // namespace

TEST_CASE("a rule that would take too long is given up, told and counted; the others match") {
    // The automaton of this one outgrows its memory, and every byte takes microseconds.
    const std::string slow_regex = "/[a-q][^u-z]{200}\\d/";
    std::mt19937 random{1};
    std::string text;
    while (text.size() < 100'000) {
        for (auto letters = 1 + random() % 9; letters > 0; --letters) {
            text += static_cast<char>('a' + random() % 20);
        }
        text += ' ';
    }
    const auto [set, problems] = RuleSet::compile(
        {named("a", "gas"), named("b", slow_regex), named("c", "talks NOT cricket")}, {});
    REQUIRE(problems.empty());
    Matcher matcher{set};
    CHECK(ids(matcher.match(with_content(text), any_feed())) == Lines{"a", "c"});
    CHECK(told(matcher) == Lines{"given up: b"});
    CHECK(matcher.counters()[1].given_up == 1);
    CHECK(matcher.counters()[0].given_up == 0);
    // The next article is asked about as ever.
    CHECK(ids(matcher.match(with_content("one line"), any_feed())) == Lines{"a", "c"});
    CHECK(told(matcher).empty());
    CHECK(matcher.counters()[1].evaluations == 2);
}

TEST_CASE("NEAR over groups of words that stand everywhere is answered or given up") {
    const Article article = with_content(repeated("zulu alpha ", 1'000) + "end");
    const auto [set, problems] =
        RuleSet::compile({named("few", near_over_groups(3)), named("many", near_over_groups(100)),
                          named("gas", "gas")},
                         {});
    Matcher matcher{set};
    const auto found = ids(matcher.match(article, any_feed()));
    CHECK(std::find(found.begin(), found.end(), "gas") != found.end());
    CHECK(std::find(found.begin(), found.end(), "few") != found.end());
    const Lines lines = told(matcher);
    CHECK(std::find(lines.begin(), lines.end(), "given up: many") != lines.end());
}

TEST_CASE("a phrase of a hundred words that stand everywhere is found in one walk") {
    const Article article = with_content(repeated("a ", 10'000) + "b");
    const auto [set, problems] = RuleSet::compile({named("no", "\"b " + repeated("a ", 99) + "\""),
                                                   named("yes", "\"" + repeated("a ", 99) + "b\"")},
                                                  {});
    Matcher matcher{set};
    CHECK(ids(matcher.match(article, any_feed())) == Lines{"yes"});
    CHECK(told(matcher).empty());
}

TEST_CASE("ten thousand alternatives, groups in groups and long lists are no trouble") {
    std::string many = "w0";
    for (int i = 1; i < 10'000; ++i) {
        many += "|w" + std::to_string(i);
    }
    std::string nested = "gas";
    for (int i = 0; i < 190; ++i) {
        nested = "(x OR y z NOT q OR " + nested + ")";
    }
    const auto [set, problems] =
        RuleSet::compile({named("many", many), named("nested", nested)}, {});
    Matcher matcher{set};
    CHECK(ids(matcher.match(with_content(repeated("word after word ", 5'000) + "w9999"),
                            any_feed())) == Lines{"many", "nested"});
    CHECK(told(matcher).empty());
}

TEST_CASE("thirty hostile rules do not keep a plain one from matching") {
    std::vector<Rule> rules;
    for (int i = 0; i < 30; ++i) {
        rules.push_back(
            named("h" + std::to_string(i), "/[a-q][^u-z]{" + std::to_string(150 + i) + "}\\d/"));
    }
    rules.push_back(named("plain", "gas NEAR/3 talks"));
    rules.push_back(named("expression", "/[Gg]as t/"));
    std::mt19937 random{2};
    std::string text;
    while (text.size() < 50'000) {
        text += static_cast<char>('a' + random() % 20);
    }
    const RuleSet set = RuleSet::compile(rules, {}).set;
    Matcher matcher{set};
    const auto found = ids(matcher.match(with_content(text), any_feed()));
    CHECK(std::find(found.begin(), found.end(), "plain") != found.end());
    CHECK(told(matcher).size() >= 25);
}

TEST_CASE("a rule that took over a millisecond is told once, as slow") {
    const auto [set, problems] =
        RuleSet::compile({named("slow", "\"gas oil coal peat\"~9 OR /ga[sz]{2}/")}, {});
    Matcher matcher{set};
    const Article article = with_content(repeated("gas oil talk ", 8'000));
    static_cast<void>(matcher.match(article, any_feed()));
    CHECK(told(matcher).empty());  // no coal: nothing was asked
    const Article coal =
        with_content(repeated("gas oil talk ", 8'000) + repeated("x ", 9) + "coal gazz");
    CHECK(matcher.match(coal, any_feed()).size() == 1);
    CHECK(told(matcher) == Lines{"slow: slow"});
    CHECK(matcher.match(coal, any_feed()).size() == 1);
    CHECK(told(matcher).empty());
    CHECK(matcher.counters()[0].slow);
    CHECK(matcher.counters()[0].matches == 2);
}

TEST_CASE("of an article that is too long the end is not looked at, and that is told") {
    const std::string text = repeated("news ", kMaxTextWeight / 5 - 10);
    const auto [set, problems] = RuleSet::compile(
        {named("end", "zebra"), named("title", "title:gas"), named("host", "domain:news.example"),
         named("lang", "lang:en"), named("expression", "/zebr[ab]/")},
        {});
    Matcher matcher{set};
    Article article = with_content(text + repeated("x ", 100) + "zebra");
    article.authors = {repeated("a", kMaxNamesWeight), "Zebra"};
    CHECK(ids(matcher.match(article, any_feed())) == Lines{"title", "host", "lang"});
    CHECK(told(matcher) == Lines{"cut"});
    CHECK(matcher.cut_articles() == 1);
    article.content = text + "zebra";
    article.authors.clear();
    CHECK(ids(matcher.match(article, any_feed())) ==
          Lines{"end", "title", "host", "lang", "expression"});
    CHECK(told(matcher).empty());
    CHECK(matcher.cut_articles() == 1);
    CHECK(matcher.articles() == 2);
}

TEST_CASE("letters beyond ASCII weigh more, and are cut between two of them") {
    const auto [set, problems] = RuleSet::compile({named("r", "конец")}, {});
    Matcher matcher{set};
    std::string text = repeated("слово ", kMaxTextWeight / (10 * kBeyondAsciiWeight) - 10);
    CHECK(matcher.match(with_content(text.substr(0, text.size() / 2) + " конец"), any_feed())
              .size() == 1);
    CHECK(told(matcher).empty());
    CHECK(matcher.match(with_content(text + repeated("ё", 100) + " конец"), any_feed()).empty());
    CHECK(told(matcher) == Lines{"cut"});
}

TEST_CASE("in a long text an expression is found wherever it stands, up to half a stretch long") {
    const std::string filling = repeated("abcdefgh ", 1'000);
    const auto [set, problems] =
        RuleSet::compile({named("r", "/x[a-z]{300,400}y/"), named("line", "/(?m)^talk$/")}, {});
    REQUIRE(problems.empty());
    for (std::size_t at = 0; at < 9'000; at += 487) {
        CAPTURE(at);
        std::string text = repeated(filling, 4);
        text.insert(at, "x" + repeated("m", 350) + "y");
        text.insert(at + 400, "\ntalk\n");
        Matcher matcher{set};
        const auto found = matcher.match(with_content(text), any_feed());
        REQUIRE(ids(found) == Lines{"r", "line"});
        CHECK(found[0].hit.spans.at(0).text == "x" + repeated("m", 350) + "y");
        CHECK(found[1].hit.spans.at(0).text == "talk");
    }
}

TEST_CASE("the largest expressions are asked about the articles of every day") {
    const auto [set, problems] = RuleSet::compile(
        {named("first", "/(?s)gas.{1,490}summit/"), named("second", "/(?s)coal.{1,400}summit/")},
        {});
    REQUIRE(problems.empty());
    const std::string report =
        repeated("The ministers spoke about trade and visas for hours. ", 200);
    for (const std::size_t bytes : {2'000U, 8'000U}) {
        CAPTURE(bytes);
        Matcher matcher{set};
        const Article article =
            with_content(report.substr(0, bytes) + " gas and coal at the summit");
        CHECK(ids(matcher.match(article, any_feed())) == Lines{"first", "second"});
        for (const std::string& line : told(matcher)) {
            CHECK(line.starts_with("slow"));
        }
    }
}

TEST_CASE("an expression whose program is too large is refused in words") {
    const auto compiled = RuleSet::compile({rule_of("gas /.{1,1000}/")}, {});
    REQUIRE(compiled.problems.size() == 1);
    CHECK_THAT(compiled.problems[0].text,
               Catch::Contains("too large") && Catch::Contains("4000") && Catch::Contains("NEAR"));
}

TEST_CASE("counters tell who was called, asked and matched") {
    const auto [set, problems] =
        RuleSet::compile({named("sure", "gas"), named("pair", "gas talks"),
                          named("closer", "gas NEAR/1 talks NOT x"), named("never", "cricket")},
                         {});
    Matcher matcher{set};
    static_cast<void>(matcher.match(titled("gas talks"), any_feed()));
    static_cast<void>(matcher.match(titled("gas and oil talks"), any_feed()));
    static_cast<void>(matcher.match(titled("nothing"), any_feed()));
    const auto counters = matcher.counters();
    const auto line = [&](std::size_t rule) {
        return std::to_string(counters[rule].candidates) + " " +
               std::to_string(counters[rule].evaluations) + " " +
               std::to_string(counters[rule].matches);
    };
    CHECK(line(0) == "2 0 2");
    CHECK(line(1) == "2 0 2");
    CHECK(line(2) == "2 2 1");
    CHECK(line(3) == "0 0 0");
    CHECK(counters[2].time.count() > 0);
}

TEST_CASE("an article that has words of rules without end is cut too") {
    std::string query = "(zebra OR talks)";
    for (int i = 0; i < 60; ++i) {
        query += " NOT (cricket al" + repeated("*", static_cast<std::size_t>(i + 1)) + ")";
    }
    const auto [set, problems] = RuleSet::compile({named("r", query)}, {});
    REQUIRE(set.rules().size() == 1);
    Matcher matcher{set};
    CHECK(matcher.match(with_content(repeated("alpha ", 3'200) + "zebra"), any_feed())[0]
              .hit.spans.size() == 2);
    CHECK(told(matcher).empty());
    CHECK(matcher.match(with_content(repeated("alpha ", 3'600) + "zebra"), any_feed())[0]
              .hit.spans.size() == 1);
    CHECK(told(matcher) == Lines{"cut"});
}
