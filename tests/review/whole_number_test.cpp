// SPDX-License-Identifier: MIT
#include "review/whole_number.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace wirewatch::review;

TEST_CASE("a count is a whole number from its least on") {
    CHECK(check_whole_number("1", 1).empty());
    CHECK(check_whole_number("0", 0).empty());
    CHECK(check_whole_number("9999999999999999999", 1).empty());
    CHECK(check_whole_number("0", 1) == "'0' is too small; write 1 or more");
    CHECK(check_whole_number("18446744073709551617", 1) ==
          "'18446744073709551617' is too large; write 1 or more");
}

TEST_CASE("what is no whole number is refused in words") {
    const auto text = GENERATE(as<std::string>{}, "", "-1", "+1", "abc", "1.5", "1 ", "0x10");
    CAPTURE(text);
    CHECK(check_whole_number(text, 0) == "'" + text + "' is no whole number; write 0 or more");
}
