// SPDX-License-Identifier: MIT
#include "feeds/http_date.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

constexpr Instant kNow = sys_days{2021y / April / 7} + 12h;

std::string read(const std::string& text) {
    const auto date = parse_http_date(text, kNow);
    return date ? to_rfc3339(*date) : "none";
}

}  // namespace

TEST_CASE("an HTTP date is read in each of its three spellings") {
    const auto [text, expected] = GENERATE(table<std::string, std::string>({
        {"Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"},
        {"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"},
        {"Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"},
        {"Mon, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"},  // it was a Sunday
        {"Friday, 31-Dec-71 23:59:59 GMT", "2071-12-31T23:59:59Z"},
        {"Friday, 31-Dec-72 23:59:59 GMT", "1972-12-31T23:59:59Z"},
        {"Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00Z"},  // leap second
    }));
    CAPTURE(text);
    CHECK(read(text) == expected);
}

TEST_CASE("what is no HTTP date is none") {
    const std::string text =
        GENERATE(as<std::string>{}, "", "tomorrow", "120", "Sun, 06 Nov 1994 08:49:37 CET",
                 "Sun, 06 Nov 1994 08:49:37 GMT and more", "Sun, 06 Nov 1994",
                 "Sun, 31 Feb 2021 08:00:00 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
                 "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
                 "Sun, 06 Nov 1994 08:49:-7 GMT", "1994-11-06T08:49:37Z", std::string(100, 'x'));
    CAPTURE(text);
    CHECK(read(text) == "none");
}

TEST_CASE("a zero byte does not hide what stands behind an HTTP date") {
    CHECK(read(std::string{"Sun, 06 Nov 1994 08:49:37 GMT\0x", 31}) == "none");
}
