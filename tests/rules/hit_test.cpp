// SPDX-License-Identifier: MIT
// What comes with a hit: spans, to the code point; and which field, feed and language it looks at.
#include "tests/rules/query_cases.hpp"

#include "rules/document.hpp"
#include "rules/feed_filter.hpp"

#include <array>
#include <thread>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

Article energy_article() {
    Article article;
    article.key = "k";
    article.url = "https://user@www.News.Example.com:8443/world/russia-gas?x=1#top";
    article.title = "Größe: Russia’s gas";
    article.summary = "Russia and Pakistan agree";
    article.content = "The gas pipeline.\n\nNo gas in Moscow";
    article.authors = {"Anna Gas", "Ben Khan"};
    article.categories = {"World", "Energy policy", "Energy"};
    article.language = "en-GB";
    return article;
}

/// "field[item] start-end 'text' term" for each span of the one hit.
std::vector<std::string> spans_of(const std::string& query, const Article& article,
                                  std::vector<NamedSet> sets = {}) {
    const auto [set, problems] = RuleSet::compile({rule_of(query)}, std::move(sets));
    const auto matches = set.match(article, any_feed());
    REQUIRE(matches.size() == 1);
    std::vector<std::string> lines;
    for (const Span& span : matches[0].hit.spans) {
        lines.push_back(std::string{to_text(span.field)} + "[" + std::to_string(span.item) + "] " +
                        std::to_string(span.start) + "-" + std::to_string(span.end) + " '" +
                        span.text + "' " + span.term);
    }
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("spans say where each term stands, to the code point and as written in the rule") {
    const auto [query, spans] = GENERATE(table<const char*, Lines>({
        {"russia", Lines{"title[0] 7-13 'Russia' russia", "summary[0] 0-6 'Russia' russia"}},
        {"\"gas pipeline\"", Lines{"content[0] 4-16 'gas pipeline' \"gas pipeline\""}},
        {"moscow OR \"pipeline gas\"~1",
         Lines{"content[0] 4-16 'gas pipeline' \"pipeline gas\"~1",
               "content[0] 8-25 'pipeline.\n\nNo gas' \"pipeline gas\"~1",
               "content[0] 29-35 'Moscow' moscow"}},
        {"pakist* NOT cricket", Lines{"summary[0] 11-19 'Pakistan' pakist*"}},
        {"russia NEAR/1 gas", Lines{"title[0] 7-13 'Russia' russia", "title[0] 16-19 'gas' gas"}},
        {"pakistan NEAR/2 (moscow OR agree)",
         Lines{"summary[0] 11-19 'Pakistan' pakistan", "summary[0] 20-25 'agree' agree"}},
        {"/gr[oö]ße/i", Lines{"title[0] 0-5 'Größe' /gr[oö]ße/i"}},
        {"/s g/", Lines{"title[0] 14-17 's g' /s g/"}},
        {"category:energy", Lines{"category[1] 0-6 'Energy' energy",
                                  "category[2] 0-6 'Energy' "
                                  "energy"}},
        {"author:(khan OR gas)", Lines{"author[0] 5-8 'Gas' gas", "author[1] 4-8 'Khan' khan"}},
        {"domain:example.com", Lines{"domain[0] 5-16 'example.com' example.com"}},
        {"title:größe", Lines{"title[0] 0-5 'Größe' größe"}},
        {"ATLEAST/1(pakistan, cricket, moscow)",
         Lines{"summary[0] 11-19 'Pakistan' pakistan", "content[0] 29-35 'Moscow' moscow"}},
        {"SCORE/1(pakistan^2, moscow^-1)", Lines{"summary[0] 11-19 'Pakistan' pakistan"}},
        {"moscow OR =Moscow",
         Lines{"content[0] 29-35 'Moscow' =Moscow", "content[0] 29-35 'Moscow' moscow"}},
        {"moscow AND moscow", Lines{"content[0] 29-35 'Moscow' moscow"}},
    }));
    CAPTURE(query);
    CHECK(spans_of(query, energy_article()) == spans);
}

TEST_CASE("a set's terms give the spans, as the set wrote them") {
    CHECK(spans_of("@cities", energy_article(), {set_of("cities", "Moscow OR Kiev")}) ==
          Lines{"content[0] 29-35 'Moscow' Moscow"});
}

TEST_CASE("a hit has at most 200 spans, the first ones") {
    Article article = titled("gas");
    for (int i = 0; i < 1'000; ++i) {
        article.content += "gas oil ";
    }
    const auto [set, problems] = RuleSet::compile({rule_of("gas oil")}, {});
    const auto matches = set.match(article, any_feed());
    REQUIRE(matches.size() == 1);
    const std::vector<Span>& spans = matches[0].hit.spans;
    REQUIRE(spans.size() == 200);
    CHECK(spans[0].field == Field::title);
    CHECK(spans[199].start == 4 * 198);
}

TEST_CASE("a field restricts where a term looks, the innermost one counts") {
    const auto [query, expected] = GENERATE(table<const char*, bool>({
        {"title:pakistan", false},
        {"summary:pakistan", true},
        {"SUMMARY:pakistan", true},
        {"summary:(pakistan gas)", false},
        {"summary:(pakistan title:gas)", true},
        {"khan", false},
        {"author:khan", true},
        {"author:\"gas ben\"", false},
        {"category:\"world energy\"", false},
        {"category:(world energy)", true},
        {"category:world NEAR/900 category:policy", false},
        {"url:russia-gas", true},
        {"domain:example.com", true},
        {"domain:news.example.com", true},
        {"domain:(bbc.com OR Example.com)", true},
        {"domain:example", true},
        {"domain:exam*", true},
        {"domain:ample.com", false},
        {"domain:example.co", false},
        {"domain:news.example", false},
        {"domain:www.news.example.com", true},
        {"domain:.com", true},
        {"domain:.example", false},
        {"feed:voa", true},
        {"feed:voa-world", true},
        {"feed:\"world news\"", true},
        {"feed:english", false},
        {"lang:en", true},
        {"lang:ur", false},
        {"lang:gb", false},
        {"russia NEAR/900 pakistan", true},
        {"größe NEAR/900 pakistan", false},
        {"title:größe NEAR/3 gas", true},
    }));
    CAPTURE(query);
    CHECK(matches(query, energy_article()) == expected);
}

TEST_CASE("the host of a URL") {
    const auto [url, host] = GENERATE(table<const char*, const char*>({
        {"https://www.BBC.co.uk/news", "bbc.co.uk"},
        {"http://a:b@example.com:80", "example.com"},
        {"http://example.com?x", "example.com"},
        {"mailto:someone@example.com", ""},
        {"", ""},
        {"http://", ""},
        {"https://example.com\\@evil.net/", "example.com"},
    }));
    CAPTURE(url);
    CHECK(host_of(url) == host);
}

TEST_CASE("a rule may be about some feeds only") {
    using Patterns = std::vector<std::string>;
    const auto [patterns, expected] = GENERATE(table<Patterns, bool>({
        {Patterns{}, true},
        {Patterns{"voa-world"}, true},
        {Patterns{"voa-*"}, true},
        {Patterns{"voa"}, false},
        {Patterns{"tag:world"}, true},
        {Patterns{"tag:wor*"}, true},
        {Patterns{"tag:sport"}, false},
        {Patterns{"world"}, false},
        {Patterns{"dawn", "tag:english"}, true},
    }));
    CAPTURE(patterns);
    CHECK(admits(patterns, any_feed()) == expected);
    Rule rule = rule_of("gas");
    rule.feeds = patterns;
    const RuleSet set = RuleSet::compile({rule}, {}).set;
    CHECK(!set.match(titled("gas"), any_feed()).empty() == expected);
}

TEST_CASE("many threads may match at once") {
    const RuleSet set =
        RuleSet::compile({rule_of("/gas+/ OR энергия OR รัฐบาล OR sanction NEAR/3 russia*")}, {})
            .set;
    std::array<std::size_t, 4> counts{};
    {
        std::vector<std::jthread> threads;
        for (std::size_t& count : counts) {
            threads.emplace_back([&set, &count] {
                for (const char* title :
                     {"gasss", "о энергии", "รัฐบาลไทย", "Sanctions on Russia", "nothing"}) {
                    count += set.match(titled(title, "ru"), any_feed()).size();
                    count += set.match(titled(title, "en"), any_feed()).size();
                }
            });
        }
    }
    for (const std::size_t count : counts) {
        CHECK(count == 6);
    }
}

TEST_CASE("matches come in the order of the rules and point at them") {
    std::vector<Rule> rules;
    for (const char* id : {"c", "a", "b"}) {
        rules.push_back(rule_of(std::string{"gas OR "} + id));
        rules.back().id = id;
        rules.back().title = std::string{"rule "} + id;
    }
    const RuleSet set = RuleSet::compile(rules, {}).set;
    const auto matches = set.match(titled("gas"), any_feed());
    REQUIRE(matches.size() == 3);
    CHECK(matches[0].rule->id == "c");
    CHECK(matches[0].hit.rule_id == "c");
    CHECK(matches[2].rule->title == "rule b");
    CHECK(RuleSet{}.match(titled("gas"), any_feed()).empty());
}
