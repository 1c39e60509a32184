// SPDX-License-Identifier: MIT
// Random rows of tokens: each is read or refused in words, at a place inside its text.
#include "tests/rules/query_cases.hpp"

#include "base/utf8.hpp"

#include <array>
#include <random>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

constexpr std::array<const char*, 44> kPieces{"gas",
                                              "oil*",
                                              "=US",
                                              "\"gas oil\"",
                                              "\"gas oil\"~3",
                                              "/ga./i",
                                              "title:",
                                              "domain:x",
                                              "(",
                                              ")",
                                              "(",
                                              ")",
                                              "AND",
                                              "OR",
                                              "NOT",
                                              "-",
                                              "!",
                                              "&",
                                              "|",
                                              "NEAR/2",
                                              "ONEAR/3",
                                              "SAME",
                                              "w/p",
                                              "ATLEAST/1(",
                                              "SCORE/2(",
                                              ",",
                                              "^3",
                                              "^-1",
                                              "@s",
                                              "@cycle",
                                              "@none",
                                              "\"",
                                              "/",
                                              "#",
                                              "\n",
                                              "~",
                                              "中国政府",
                                              "ประเทศไทย",
                                              "پاكستان",
                                              "Россия",
                                              "\u0640",
                                              "*",
                                              "\xF0\x9F\x98\x80",
                                              "U.S.'s"};

std::string soup(std::mt19937& random) {
    std::string query;
    for (auto count = 1 + random() % 12; count > 0; --count) {
        query += kPieces[random() % kPieces.size()];
        query += random() % 4 == 0 ? "" : " ";
    }
    return query;
}

}  // namespace

TEST_CASE("rows of random tokens are read or refused, and what is read can be evaluated") {
    std::mt19937 random{1123};
    const std::vector<NamedSet> sets{set_of("s", "gas OR (oil NOT coal)"),
                                     set_of("cycle", "@cycle x1")};
    Article article = titled("Gas and oil in the U.S.: 中国政府, پاکستان и России");
    article.content = "oil gas.\n\nประเทศไทย";
    article.url = "https://x/y";
    int read = 0;
    for (int round = 0; round < 4'000; ++round) {
        const std::string query = soup(random);
        CAPTURE(query);
        const auto [set, problems] = RuleSet::compile({rule_of(query)}, sets);
        bool refused = false;
        for (const Problem& problem : problems) {
            REQUIRE_FALSE(problem.text.empty());
            REQUIRE(problem.caret >= 1);
            REQUIRE(static_cast<std::size_t>(problem.caret) <= utf8::length(problem.source) + 1);
            REQUIRE(utf8::valid(to_text(problem)));
            refused = refused || (problem.weight == Weight::error && problem.rule_id == "r");
        }
        REQUIRE(set.rules().size() == (refused ? 0 : 1));
        if (refused) {
            continue;
        }
        ++read;
        const bool matched = !set.match(article, any_feed()).empty();
        const std::string explained = set.explain("r", article, any_feed());
        REQUIRE(explained.starts_with(matched ? "✓" : "✗"));
        REQUIRE((explained.find("why not: ") == std::string::npos) == matched);
        REQUIRE_FALSE(set.in_words("r").empty());
    }
    CHECK(read > 200);
}
