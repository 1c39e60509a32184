// SPDX-License-Identifier: MIT
#include "review/terminal.hpp"

#include <catch2/catch.hpp>

#include <sstream>
#include <string>

using namespace wirewatch;
using namespace wirewatch::review;
using namespace std::chrono_literals;

namespace {

struct Printed {
    std::ostringstream out;
    Terminal terminal;
    explicit Printed(bool colour = false, std::size_t width = 0)
        : terminal{out, out, colour, width} {}
};

Span span(std::uint32_t start, std::uint32_t end, Field field = Field::title) {
    return {.field = field, .start = start, .end = end};
}

}  // namespace

TEST_CASE("matched words stand between asterisks without colour, in colour with it") {
    const Printed plain;
    CHECK(highlighted(plain.terminal, "Russia and Pakistan", Field::title,
                      {span(0, 6), span(11, 19)}) == "*Russia* and *Pakistan*");
    const Printed colour{true};
    CHECK(highlighted(colour.terminal, "Russia", Field::title, {span(0, 6)}) ==
          "\033[1;33mRussia\033[0m");
}

TEST_CASE("spans count code points, and those that overlap are joined") {
    const Printed printed;
    CHECK(highlighted(printed.terminal, "Визит в Исламабад", Field::title, {span(8, 17)}) ==
          "Визит в *Исламабад*");
    CHECK(highlighted(printed.terminal, "gas pipeline deal", Field::title,
                      {span(0, 12), span(4, 17), span(4, 8)}) == "*gas pipeline deal*");
}

TEST_CASE("spans of other fields and beyond the text change nothing") {
    const Printed printed;
    CHECK(highlighted(printed.terminal, "Russia", Field::title, {span(0, 6, Field::summary)}) ==
          "Russia");
    CHECK(highlighted(printed.terminal, "Russia", Field::title, {span(90, 95)}) == "Russia");
}

TEST_CASE(
    "text from a feed reaches the terminal without its control characters, but with its lines") {
    const Printed printed{true};
    CHECK(highlighted(printed.terminal, "a\033[2Jb\nc", Field::content, {}) == "a\\u{1B}[2Jb\nc");
}

TEST_CASE("a table lines up its columns and fits the terminal") {
    Printed printed{false, 24};
    Table table{{"FEED", "TITLE"}};
    table.add({"voa", "A long title that does not fit"});
    table.add({"日本語", "short"});
    table.print(printed.terminal);
    CHECK(printed.out.str() ==
          "FEED    TITLE\n"
          "voa     A long title th…\n"
          "日本語  short\n");
}

TEST_CASE("a table that goes into a file is not cut") {
    Printed printed;
    Table table{{"FEED", "TITLE"}};
    table.add({"voa", std::string(300, 'x')});
    table.print(printed.terminal);
    CHECK_THAT(printed.out.str(), Catch::Contains(std::string(300, 'x')));
}

TEST_CASE("a very long cell pads no other line of a table that goes into a file") {
    Printed printed;
    const std::string title(300, 'x');
    Table table{{"TITLE", "FEED"}};
    table.add({"short", "voa"});
    table.add({title, "voa"});
    table.print(printed.terminal);
    CHECK(printed.out.str() == "TITLE  FEED\nshort  voa\n" + title + "  voa\n");
}

TEST_CASE("sizes are rounded for people") {
    CHECK(human_bytes(0) == "0 B");
    CHECK(human_bytes(1536) == "1.5 KiB");
    CHECK(human_bytes(5u << 20) == "5.0 MiB");
}

TEST_CASE("a word for the shell cannot become two words or another command") {
    CHECK(shell_word("https://a.example/rss") == "https://a.example/rss");
    CHECK(shell_word("https://a.example/?a=1&b=2") == "'https://a.example/?a=1&b=2'");
    CHECK(shell_word("x'; rm -rf ~; '") == R"('x'\''; rm -rf ~; '\''')");
    CHECK(shell_word("$(x) `y`") == "'$(x) `y`'");
    CHECK(shell_word("a\x1B[2J") == "'a\\u{1B}[2J'");
    CHECK(shell_word("") == "''");
}
