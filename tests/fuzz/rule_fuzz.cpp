// SPDX-License-Identifier: MIT
// Any bytes as the text of a rule: problems at places inside it, or a rule that can be read back,
// matched and explained, and lies within itself.
#include "base/utf8.hpp"
#include "rules/lexer.hpp"
#include "rules/rule_set.hpp"
#include "tests/fuzz/expect.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace wirewatch;
using fuzz::expect;

namespace {

Article article_of(std::string_view text) {
    Article article;
    article.title = "Gas and oil in the U.S.: 中国政府, پاکستان и России";
    article.summary = utf8::repair(text.substr(0, 200));  // the rule's own words are in it
    article.content = "oil gas.\n\nประเทศไทย Pakistan's pipeline";
    article.url = "https://news.example.com/gas?x=1";
    article.authors = {"A. Khan", "B"};
    return article;
}

void expect_tokens(std::string_view query) {
    const rules::Lexed lexed = rules::tokens(query);
    expect(!lexed.tokens.empty() && lexed.tokens.back().type == rules::Token::Type::end,
           "tokens end");
    std::size_t at = 0;
    for (const rules::Token& token : lexed.tokens) {
        expect(at <= token.place.begin && token.place.begin <= token.place.end &&
                   token.place.end <= query.size(),
               "tokens stand one behind the other");
        at = token.place.begin;
    }
}

void expect_problem(const rules::Problem& problem, std::string_view query) {
    const auto lines = 1 + std::count(query.begin(), query.end(), '\n');
    expect(!problem.text.empty(), "a problem is told in words");
    expect(problem.at.line >= 1 && problem.at.line <= lines, "a line of the text");
    expect(problem.caret >= 1 &&
               static_cast<std::size_t>(problem.caret) <= utf8::length(problem.source) + 1,
           "a column of that line");
    expect(utf8::valid(rules::to_text(problem)), "valid UTF-8");
}

bool is_error(const rules::Problem& problem) {
    return problem.weight == rules::Weight::error;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string query{reinterpret_cast<const char*>(data), size};
    if (utf8::valid(query)) {
        expect_tokens(query);
    }
    Rule rule;
    rule.id = "r";
    rule.query = query;
    Rule same = rule;
    same.id = "same";
    const std::vector<NamedSet> sets{{"s", "gas OR (oil NOT coal)", {}, {}},
                                     {"cycle", "@cycle x1", {}, {}}};
    const auto compiled = rules::RuleSet::compile({rule, same}, sets);
    bool refused = false;
    for (const rules::Problem& problem : compiled.problems) {
        if (problem.rule_id == "r") {
            expect_problem(problem, query);
            refused = refused || is_error(problem);
        }
    }
    expect(compiled.set.rules().size() == (refused ? 0u : 2u), "refused with an error, or good");
    if (refused) {
        return 0;
    }
    const Article article = article_of(query);
    const Feed feed{.id = "voa"};
    const bool matched = !compiled.set.match(article, feed).empty();
    const std::string explained = compiled.set.explain("r", article, feed);
    expect(explained.starts_with(matched ? "✓" : "✗"), "explained as it was matched");
    expect((explained.find("why not: ") == std::string::npos) == matched, "why not, where not");
    expect(utf8::valid(explained), "valid UTF-8");
    const std::string words = compiled.set.in_words("r");
    expect(!words.empty() && utf8::valid(words), "read back in words");
    (void)compiled.set.wildcards("r");
    (void)compiled.set.redundant();
    return 0;
}
