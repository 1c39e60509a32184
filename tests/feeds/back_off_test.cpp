// SPDX-License-Identifier: MIT
#include "feeds/back_off.hpp"

#include <chrono>
#include <optional>
#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;

}  // namespace

TEST_CASE("Retry-After is seconds or an HTTP date, up to a week") {
    const auto [header, expected] = GENERATE(table<std::string, std::optional<seconds>>({
        {"0", 0s},
        {"120", 120s},
        {"604801", 604800s},
        {"Wed, 07 Apr 2021 12:00:30 GMT", 30s},
        {"Wed, 07 Apr 2021 11:00:00 GMT", 0s},
        {"Wed, 07 Apr 2031 12:00:00 GMT", 604800s},
        {"-1", std::nullopt},
        {"1.5", std::nullopt},
        {"120 seconds", std::nullopt},
        {"", std::nullopt},
    }));
    CAPTURE(header);
    const auto wait = retry_after(header, kNow);
    CHECK(wait.has_value() == expected.has_value());
    CHECK(wait.value_or(0s) == expected.value_or(0s));
    if (!wait) {
        CHECK(wait.error().code == Errc::invalid);
    }
}

TEST_CASE("waits say why") {
    CHECK(back_off(15min, 1, {}).reason == "it failed");
    CHECK(back_off(15min, 4, {}).reason == "it failed 4 times in a row");
    CHECK(rest_of_server(429, "7200", 1, kNow).reason ==
          "asked by the server: 429, Retry-After 2h");
    CHECK(rest_of_server(503, "soon", 2, kNow).reason ==
          "the server said 503, and not for how long: 2h");
}
