// SPDX-License-Identifier: MIT
#include "history/search_text.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::history {

TEST_CASE("every word and phrase is quoted, so that no sign is an operator") {
    const auto [text, expression] = GENERATE(table<std::string, std::string>({
        {"", ""},
        {" \t\r\n", ""},
        {"\"\"", ""},
        {"\" \" \"", ""},
        {"russia", R"("russia")"},
        {"russia pakistan", R"("russia" "pakistan")"},
        {R"("foreign minister" lavrov)", R"("foreign minister" "lavrov")"},
        {R"(lavrov"foreign minister"talks)", R"("lavrov" "foreign minister" "talks")"},
        {R"("never closed)", R"("never closed")"},
        {"“curly quotes” „deutsche“", R"("curly quotes" "deutsche")"},
        {"a AND b OR NOT c NEAR(d e, 3)", R"x("a" "AND" "b" "OR" "NOT" "c" "NEAR(d" "e," "3)")x"},
        {"title:x ^y z* {a b}:c - + ( )", R"x("title:x" "^y" "z*" "{a" "b}:c" "-" "+" "(" ")")x"},
        {std::string{"nul\0here", 8}, R"("nul" "here")"},
        {"line\nfeed\x1b[31m", R"("line" "feed" "[31m")"},
        {"no\u00a0break\u3000ideographic", R"("no" "break" "ideographic")"},
        {"\"two\u00a0words\"", R"("two words")"},
        {"broken\xff utf-8\xc3", "\"broken\ufffd\" \"utf-8\ufffd\""},
        {"'; DROP TABLE hits; --", R"("';" "DROP" "TABLE" "hits;" "--")"},
    }));
    CAPTURE(text);
    CHECK(match_expression(text).value() == expression);
}

TEST_CASE("a search text past its limits is refused, not cut") {
    CHECK(match_expression(std::string(kMaxSearchBytes, 'x')));
    const auto long_text = GENERATE(std::string(kMaxSearchBytes + 1, 'x'),
                                    std::string(1 << 20, '"'), std::string(1 << 20, 'x'));
    const auto refused = match_expression(long_text);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::invalid);
    CHECK(refused.error().text.size() < 200);

    std::string words;
    for (std::size_t i = 0; i < kMaxSearchTerms; ++i) {
        words += "w ";
    }
    CHECK(match_expression(words));
    const auto many = match_expression(words + "w");
    REQUIRE_FALSE(many);
    CHECK(many.error().code == Errc::invalid);
}

}  // namespace wirewatch::history
