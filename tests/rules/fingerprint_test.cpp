// SPDX-License-Identifier: MIT
#include "rules/fingerprint.hpp"

#include "tests/rules/query_cases.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::rules;

namespace {

std::string of(const std::string& query, const std::string& set = "gas OR oil") {
    const auto compiled = RuleSet::compile({rule_of(query)}, {set_of("s", set), set_of("t", set)});
    REQUIRE(compiled.set.rules().size() == 1);
    const std::string text = compiled.set.fingerprint(rule_of(query).id);
    REQUIRE_FALSE(text.empty());
    return text;
}

}  // namespace

TEST_CASE("texts that look for the same in the same way have one fingerprint") {
    const auto [one, other] = GENERATE(table<const char*, const char*>({
        {"gas AND oil", "gas oil"},
        {"gas & oil", "gas\n  # a comment\n AND oil"},
        {"@s", "@t"},
        {"title:(gas OR oil)", "title:gas OR title:oil"},
        {"gas w/5 oil", "gas NEAR/5 oil"},
        {"gas NOT coal", "gas -coal"},
        {"\"gas deal\"", "“gas deal”"},
    }));
    CAPTURE(one, other);
    CHECK(of(one) == of(other));
}

TEST_CASE("texts that look for something else have another") {
    const auto [one, other] = GENERATE(table<const char*, const char*>({
        {"gas", "oil"},
        {"gas", "=gas"},
        {"gas", "gas*"},
        {"gas", "\"gas\""},
        {"gas", "title:gas"},
        {"gas oil", "gas OR oil"},
        {"gas oil coal", "gas (oil OR coal)"},
        {"gas NEAR/5 oil", "gas NEAR/6 oil"},
        {"gas NEAR/5 oil", "gas ONEAR/5 oil"},
        {"gas SAME oil", "gas w/p oil"},
        {"\"gas deal\"~2", "\"gas deal\"~3"},
        {"\"gas deal\"", "\"gas deal\"~0"},
        {"/gas/", "/gas/i"},
        {"ATLEAST/1(gas, oil)", "ATLEAST/2(gas, oil)"},
        {"SCORE/5(gas^5, oil^1)", "SCORE/5(gas^5, oil^2)"},
        {"domain:a.example", "domain:b.example"},
        {"gas NOT oil", "gas oil"},
        {"gas oil", "gasoil"},
    }));
    CAPTURE(one, other);
    CHECK(of(one) != of(other));
    CHECK(of("@s") != of("@s", "gas OR coal"));
}

TEST_CASE("stemming is part of it, the title of the rule is not") {
    Rule rule = rule_of("pipelines");
    const std::string with = RuleSet::compile({rule}, {}).set.fingerprint(rule.id);
    rule.title = "Another";
    CHECK(RuleSet::compile({rule}, {}).set.fingerprint(rule.id) == with);
    rule.stemming = false;
    CHECK(RuleSet::compile({rule}, {}).set.fingerprint(rule.id) != with);
    CHECK(RuleSet::compile({rule}, {}).set.fingerprint("no-such-rule").empty());
}
