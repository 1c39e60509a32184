// SPDX-License-Identifier: MIT
#include "daemon/rule_tally.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::daemon {

namespace {

rules::RuleCounters counted(std::uint32_t matches) {
    return {.candidates = 10 * matches, .evaluations = 2 * matches, .matches = matches};
}

}  // namespace

TEST_CASE("counts of a rule go on over reloads, and those of all rules never go back") {
    const Rule one{.id = "one"};
    const Rule two{.id = "two"};
    const Rule three{.id = "three"};
    RuleTally tally{2};
    tally.begin({&one, &two, &three});
    tally.take({counted(1), counted(2), counted(4)});
    tally.take({counted(2), counted(3), counted(5)});  // what the matcher says is a sum already
    REQUIRE(tally.counts().first.size() == 2);
    CHECK(tally.counts().first[1].rule_id == "two");
    CHECK(tally.counts().first[1].candidates == 30);
    CHECK(tally.counts().all.matches == 10);

    tally.begin({&two, &three});
    CHECK(tally.counts().first[0].matches == 3);
    tally.take({counted(1), counted(1)});
    CHECK(tally.counts().first[0].matches == 4);
    CHECK(tally.counts().first[1].rule_id == "three");
    CHECK(tally.counts().first[1].matches == 1);  // it was not kept apart before
    CHECK(tally.counts().all.matches == 12);
    CHECK(tally.counts().all.evaluations == 24);
}

}  // namespace wirewatch::daemon
