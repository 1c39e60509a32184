// SPDX-License-Identifier: MIT
#include "base/columns.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;

TEST_CASE("text is as wide as a terminal shows it") {
    CHECK(columns("") == 0);
    CHECK(columns("gas Öl ж") == 8);
    CHECK(columns("中国") == 4);
    CHECK(columns("ﾛｼｱ") == 3);
    CHECK(columns("ＡＢ") == 4);
    CHECK(columns("e\u0301") == 1);
    CHECK(columns("پاکِستان") == 7);
    CHECK(columns("a\u200Db") == 2);
    CHECK(columns_of(U'한') == 2);
}
