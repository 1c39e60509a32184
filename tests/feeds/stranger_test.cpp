// SPDX-License-Identifier: MIT
#include "feeds/stranger.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace wirewatch::feeds;

namespace {

std::string link(const std::string& href) {
    return "<link rel=alternate type=application/rss+xml href=" + href + ">";
}

}  // namespace

TEST_CASE("a page is told with the feeds that it names, at most three of them") {
    const std::string head = "<!doctype html><title>Front page</title>";
    const auto words = [&](const std::string& links) {
        return describe_stranger(head + links, "https://example.org/");
    };
    CHECK(words("") == "this is an HTML page titled 'Front page'");
    CHECK(words("<a href=/feed>maybe</a>") == "this is an HTML page titled 'Front page'");
    CHECK(words(link("/a")) ==
          "this is an HTML page titled 'Front page'; it links to the feed https://example.org/a");
    CHECK_THAT(words(link("/a") + link("/b") + link("/c")),
               Catch::EndsWith("it links to the feeds https://example.org/a, "
                               "https://example.org/b and https://example.org/c"));
    CHECK_THAT(words(link("/a") + link("/b") + link("/c") + link("/d") + link("/e")),
               Catch::EndsWith("https://example.org/b, https://example.org/c and 2 more"));
}

TEST_CASE("what a page says of itself cannot write to a terminal") {
    const std::string words = describe_stranger(
        "<html><title>a\x1B[2J\xC2\x9B"
        "b</title></html>",
        "");
    CHECK_THAT(words, !Catch::Contains("\x1B") && !Catch::Contains("\xC2\x9B"));
}
