// SPDX-License-Identifier: MIT
#include "rules/feed_filter.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

const std::vector<Feed> kFeeds{{.id = "voa-world", .tags = {"world"}},
                               {.id = "dawn", .tags = {"local"}}};

Rule about(std::vector<std::string> feeds) {
    return {.id = "r", .query = "moscow", .feeds = std::move(feeds)};
}

}  // namespace

TEST_CASE("a rule whose feeds are none of those there gets a warning: it could never match") {
    const auto patterns =
        GENERATE(as<std::vector<std::string>>{}, std::vector<std::string>{"tag:locla"},
                 std::vector<std::string>{"vao-*", "tag:wrold"});
    const auto problems = rules_without_feeds({about(patterns)}, kFeeds);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].weight == Weight::warning);
    CHECK(problems[0].rule_id == "r");
}

TEST_CASE("a rule that some feed can reach gets no warning, nor does any without feeds at hand") {
    CHECK(rules_without_feeds(
              {about({}), about({"voa-*"}), about({"tag:local"}), about({"x", "dawn"})}, kFeeds)
              .empty());
    CHECK(rules_without_feeds({about({"tag:locla"})}, {}).empty());
}
