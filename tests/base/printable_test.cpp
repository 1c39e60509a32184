// SPDX-License-Identifier: MIT
#include "base/printable.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <tuple>

using namespace wirewatch;

TEST_CASE("no control character of a feed reaches a terminal or a log raw") {
    const auto [raw, safe] = GENERATE(table<std::string, std::string>({
        {"plain text", "plain text"},
        {"Пакистан и Россия", "Пакистан и Россия"},
        {"two\nlines", "two\\nlines"},
        {"a\tb", "a\\tb"},
        {"\033[31mred", "\\u{1B}[31mred"},
        {"\r\nforged: line", "\\u{0D}\\nforged: line"},
        {std::string{"a\0b", 3}, "a\\u{00}b"},
        {"del\x7F", "del\\u{7F}"},
        {"\xC2\x9B\x31m", "\\u{9B}1m"},               // C1: CSI in one character
        {"\xE2\x80\xAEgnp.exe", "\\u{202E}gnp.exe"},  // right-to-left override
        {"bad \xFF\xFE bytes", "bad \uFFFD\uFFFD bytes"},
    }));
    CAPTURE(raw);
    CHECK(printable(raw) == safe);
}

TEST_CASE("a long text is cut and says so") {
    const std::string cut = printable(std::string(1 << 20, 'x'), 100);
    CHECK(cut == std::string(100, 'x') + "…");
}
