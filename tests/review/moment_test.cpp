// SPDX-License-Identifier: MIT
#include "review/moment.hpp"

#include "support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <tuple>

using namespace wirewatch;
using namespace wirewatch::review;

TEST_CASE("a moment is how long ago, or a date") {
    const Instant now = support::ManualClock{}.now();  // 2021-04-07T12:00:00Z
    const auto [text, moment] = GENERATE(table<std::string, std::string>({
        {"24h", "2021-04-06T12:00:00Z"},
        {"7d", "2021-03-31T12:00:00Z"},
        {"90m", "2021-04-07T10:30:00Z"},
        {"2021-04-06T12:30Z", "2021-04-06T12:30:00Z"},
        {"2021-04-06T12:30:15Z", "2021-04-06T12:30:15Z"},
        {"2021-04-06T12:30:15.25Z", "2021-04-06T12:30:15.250Z"},
        {"2021-04-06T12:30:15.123456+02:00", "2021-04-06T10:30:15.123Z"},
        {"2021-04-06T12:30:15-0330", "2021-04-06T16:00:15Z"},
        {"2021-04-06T01:30+02", "2021-04-05T23:30:00Z"},
        {"2021-04-06 12:30:15Z", "2021-04-06T12:30:15Z"},
        {"2021-04-06 12:30+0000", "2021-04-06T12:30:00Z"},
    }));
    CAPTURE(text);
    const auto parsed = parse_moment(text, now);
    REQUIRE(parsed);
    CHECK(to_rfc3339(*parsed) == moment);
}

TEST_CASE("a date without a zone is meant where the command is run") {
    const auto midnight = parse_moment("2021-04-06", Instant{});
    const auto noon = parse_moment("2021-04-06T12:00", Instant{});
    REQUIRE(midnight);
    REQUIRE(noon);
    CHECK(*noon - *midnight == std::chrono::hours{12});
}

TEST_CASE("a time as it is written out is read as the same") {
    const Instant moment = support::ManualClock{}.now() + std::chrono::milliseconds{7};
    CHECK(parse_moment(to_rfc3339(moment), Instant{}).value() == moment);
}

TEST_CASE("what is no moment is refused with the forms that are") {
    const auto text =
        GENERATE(as<std::string>{}, "", "yesterday", "2021-13-01", "2021-02-31",
                 "2021-02-29T12:00Z", "2021-04-06T", "06/04/2021", "7 d", "2021-04-06+02:00",
                 "2021-04-06T12:00.5Z", "2021-04-06T12:00:00.", "2021-04-06T12:00+2",
                 "2021-04-06T12:00+25:00", "2021-04-06T12:00+02:60", "2021-04-06T12:00ZZ");
    CAPTURE(text);
    const auto parsed = parse_moment(text, Instant{});
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::invalid);
    CHECK_THAT(parsed.error().text, Catch::Contains("2021-04-06"));
}
