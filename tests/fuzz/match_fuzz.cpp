// SPDX-License-Identifier: MIT
// A rule and an article: the fast matcher finds what the plain one finds. The input is the rule, a
// line of dashes, then the article: its first line is the title, the rest the summary.
#include "base/utf8.hpp"
#include "rules/matcher.hpp"
#include "rules/plain_matcher.hpp"
#include "rules/rule_set.hpp"
#include "tests/fuzz/expect.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace wirewatch;
using fuzz::expect;

namespace {

constexpr std::string_view kLine = "\n---\n";

Article article_of(std::string_view text) {
    constexpr std::array<const char*, 4> kLanguages{"en", "ru", "tr", ""};
    Article article;
    article.language = kLanguages[text.size() % kLanguages.size()];
    const std::size_t end = std::min(text.find('\n'), text.size());
    article.title = utf8::repair(text.substr(0, end));
    article.summary = utf8::repair(text.substr(end));
    article.authors = {article.title};
    article.url = "https://news.example.com/gas";
    return article;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input{reinterpret_cast<const char*>(data), size};
    const std::size_t line = std::min(input.find(kLine), input.size());
    Rule rule;
    rule.id = "r";
    rule.query = input.substr(0, line);
    const auto compiled = rules::RuleSet::compile({rule}, {{"s", "gas OR (oil NOT coal)", {}, {}}});
    const Article article = article_of(input.substr(std::min(line + kLine.size(), size)));
    rules::Matcher fast{compiled.set};
    const auto expected = rules::PlainMatcher{compiled.set}.match(article, {});
    const auto found = fast.match(article, {});
    for (const rules::MatchTrouble& trouble : fast.take_troubles()) {
        if (trouble.kind == rules::MatchTrouble::Kind::given_up) {
            return 0;  // it said so
        }
    }
    expect(found.size() == expected.size(), "the same rules match");
    for (std::size_t i = 0; i < found.size(); ++i) {
        expect(found[i].hit.spans == expected[i].hit.spans, "the same words are why");
        expect(found[i].hit.score == expected[i].hit.score, "the same score");
    }
    expect(fast.matching(article, {}).size() == expected.size(), "and a second time");
    return 0;
}
