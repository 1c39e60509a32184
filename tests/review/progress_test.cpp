// SPDX-License-Identifier: MIT
#include "review/progress.hpp"

#include "support/manual_clock.hpp"

#include <chrono>
#include <sstream>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::review;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    std::ostringstream out;
    std::ostringstream err;
    support::ManualClock clock;
    Terminal terminal{out, err, false, 80};
};

}  // namespace

TEST_CASE_METHOD(Fixture, "work of less than a second shows no bar") {
    {
        Progress progress{terminal, clock, "matching", 100};
        clock.advance(999ms);
        progress.advance(50);
    }
    CHECK(err.str().empty());
}

TEST_CASE_METHOD(Fixture, "longer work shows how far it is, and cleans up behind itself") {
    {
        Progress progress{terminal, clock, "matching", 100};
        clock.advance(1s);
        progress.advance(25);
        CHECK(err.str() == "\r\033[Kmatching  [######                  ] 25 %  about 4 s left");
        clock.advance(99ms);
        progress.advance(26);  // too soon to draw again
        clock.advance(1ms);
        progress.advance(200);  // more than there was to do
    }
    CHECK(err.str().find("26 %") == std::string::npos);
    CHECK(err.str().find("100 %") != std::string::npos);
    CHECK(err.str().ends_with("\r\033[K"));
    CHECK(out.str().empty());
}

TEST_CASE_METHOD(Fixture, "without a terminal, or without a total, there is no bar") {
    terminal.width = GENERATE(0u, 80u);
    const std::size_t total = terminal.width == 0 ? 100 : 0;
    {
        Progress progress{terminal, clock, "matching", total};
        clock.advance(10s);
        progress.advance(50);
    }
    CHECK(err.str().empty());
}
