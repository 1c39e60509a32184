// SPDX-License-Identifier: MIT
#include "history/schema.hpp"

#include "history/sql.hpp"
#include "history/statement.hpp"
#include "support/temp_dir.hpp"

#include <array>

#include <catch2/catch.hpp>

namespace wirewatch::history {

namespace {

constexpr const char* kOne = "CREATE TABLE one (a INTEGER) STRICT; INSERT INTO one VALUES (1)";
constexpr const char* kTwo = "ALTER TABLE one ADD COLUMN b TEXT; UPDATE one SET b = 'two'";
constexpr const char* kBroken =
    "CREATE TABLE three (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1)";

}  // namespace

TEST_CASE("each step is taken once, whether at once or over the years") {
    support::TempDir directory;
    const std::array steps = {kOne, kTwo};
    const auto first = GENERATE(0u, 1u, 2u);
    CAPTURE(first);
    Sql sql{directory / "wirewatch.db"};
    REQUIRE(migrate(sql.handle(), std::span{steps}.first(first)));
    REQUIRE(migrate(sql.handle(), steps));
    REQUIRE(migrate(sql.handle(), steps));
    CHECK(sql("SELECT b FROM one") == "two");
    CHECK(sql("SELECT count(*) FROM one") == "1");
    CHECK(pragma(sql.handle(), "user_version") == 2);
    CHECK(pragma(sql.handle(), "application_id") == kApplicationId);
}

TEST_CASE("a step that fails leaves nothing of itself, and the steps before it whole") {
    support::TempDir directory;
    const std::array steps = {kOne, kTwo, kBroken};
    Sql sql{directory / "wirewatch.db"};
    const auto done = migrate(sql.handle(), steps);
    REQUIRE_FALSE(done);
    CHECK_THAT(done.error().text, Catch::Contains("version 3") && Catch::Contains("nowhere"));
    CHECK(pragma(sql.handle(), "user_version") == 2);
    CHECK(sql("SELECT b FROM one") == "two");
    CHECK(sql("SELECT count(*) FROM sqlite_schema WHERE name = 'three'") == "0");
}

TEST_CASE("every table of ours is strict") {
    support::TempDir directory;
    Sql sql{directory / "wirewatch.db"};
    REQUIRE(migrate(sql.handle(), schema_steps()));
    CHECK(sql("SELECT count(*) FROM pragma_table_list"
              " WHERE schema = 'main' AND type = 'table' AND strict = 1") == "13");
    CHECK(sql("SELECT group_concat(name) FROM pragma_table_list WHERE schema = 'main'"
              " AND type = 'table' AND strict = 0 AND name <> 'sqlite_schema'") == "");
}

}  // namespace wirewatch::history
