// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <tuple>

using namespace wirewatch;

TEST_CASE("ill-formed sequences are found, and each maximal part becomes one U+FFFD") {
    const auto [bytes, repaired] = GENERATE(table<std::string, std::string>({
        {"\xFF", "\uFFFD"},
        {"a\x80z", "a\uFFFDz"},
        {"\xC0\xAF", "\uFFFD\uFFFD"},                      // overlong '/'
        {"\xE0\x80\xAF", "\uFFFD\uFFFD\uFFFD"},            // overlong '/'
        {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},            // a surrogate
        {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},  // past U+10FFFF
        {"\xE2\x82", "\uFFFD"},                            // cut short
        {"\xE2\x82z", "\uFFFDz"},
    }));
    CHECK_FALSE(utf8::valid(bytes));
    CHECK(utf8::repair(bytes) == repaired);
    CHECK(utf8::valid(utf8::repair(bytes)));
}

TEST_CASE("text is counted, found and cut at code points") {
    const std::string text = "aж漢😀";  // 1 + 2 + 3 + 4 bytes
    REQUIRE(utf8::valid(text));
    CHECK(utf8::length(text) == 4);
    CHECK(utf8::offset(text, 0) == 0);
    CHECK(utf8::offset(text, 2) == 3);
    CHECK(utf8::offset(text, 4) == 10);
    CHECK(utf8::offset(text, 99) == 10);
    utf8::Offsets offsets{text};
    for (const std::size_t count : {0U, 0U, 2U, 3U, 4U, 99U}) {
        CHECK(offsets.of(count) == utf8::offset(text, count));
    }
    CHECK(utf8::cut(text, 2) == "a");
    CHECK(utf8::cut(text, 3) == "aж");
    CHECK(utf8::cut(text, 9) == "aж漢");
    CHECK(utf8::cut(text, 10) == text);
}

TEST_CASE("every code point is encoded as it is decoded") {
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        std::string text;
        utf8::append(text, c);
        std::size_t at = 0;
        if (utf8::next(text, at) != c || at != text.size()) {
            FAIL("code point " << static_cast<unsigned>(c));
        }
    }
}

TEST_CASE("a surrogate or a number past Unicode is encoded as U+FFFD") {
    std::string text;
    utf8::append(text, 0xD800);
    utf8::append(text, 0x110000);
    CHECK(text == "\uFFFD\uFFFD");
}

TEST_CASE("long texts are checked, counted and repaired as if byte by byte") {
    // Eight bytes of ASCII are skipped at a time: every place must do for what is not.
    for (const std::string& odd : {std::string{"ж"}, std::string{"漢"}, std::string{"\xFF"},
                                   std::string{"\xE2\x82"}, std::string{"😀"}}) {
        const bool good = utf8::valid(odd);
        for (std::size_t before = 0; before < 20; ++before) {
            for (std::size_t after = 0; after < 10; ++after) {
                const std::string text = std::string(before, 'a') + odd + std::string(after, 'b');
                CAPTURE(text);
                CHECK(utf8::valid(text) == good);
                CHECK(utf8::count_sequences(text).well_formed == (good ? 1 : 0));
                CHECK(utf8::count_sequences(text).ill_formed == (good ? 0 : 1));
                CHECK(utf8::repair(text) ==
                      std::string(before, 'a') + (good ? odd : "\uFFFD") + std::string(after, 'b'));
            }
        }
    }
}
