// SPDX-License-Identifier: MIT
// A word, phrase or shape of a rule against a title in one language.
#pragma once

#include "tests/rules/query_cases.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::rules {

struct LanguageCase {
    const char* query;
    const char* title;
    bool expected;
};

inline void check(const char* language, const LanguageCase& one) {
    CAPTURE(language, one.query, one.title);
    REQUIRE(RuleSet::compile({rule_of(one.query)}, {}).set.rules().size() == 1);
    CHECK(matches(one.query, titled(one.title, language)) == one.expected);
}

}  // namespace wirewatch::rules
