// SPDX-License-Identifier: MIT
#include "feeds/request_headers.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

namespace {

bool has(const std::vector<std::string>& lines, const std::string& line) {
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

}  // namespace

TEST_CASE("a feed may have headers of its own") {
    const auto [name, value] = GENERATE(table<std::string, std::string>({
        {"X-Api-Key", "k-1"},
        {"Accept-Language", "ur, en;q=0.5"},
        {"accept", "application/json"},
        {"X-Empty", ""},
        {"X-Tab", "a\tb"},
    }));
    CAPTURE(name);
    CHECK(check_header({name, value}));
}

TEST_CASE("a header that cannot be set says why, and never what it holds") {
    const auto [name, value, words] = GENERATE(table<std::string, std::string, std::string>({
        {"", "secret", "is no name of a header"},
        {"X Key", "secret", "is no name of a header"},
        {"X-Key:", "secret", "is no name of a header"},
        {"X\r\nHost", "secret", "is no name of a header"},
        {"X-\xC3\xA9", "secret", "is no name of a header"},
        {"Host", "secret", "wirewatch writes it itself"},
        {"content-length", "secret", "wirewatch writes it itself"},
        {"TRANSFER-ENCODING", "secret", "wirewatch writes it itself"},
        {"Connection", "secret", "wirewatch writes it itself"},
        {"If-None-Match", "secret", "wirewatch writes it itself"},
        {"Accept-Encoding", "secret", "wirewatch writes it itself"},
        {"Authorization", "secret", "'token_file'"},
        {"Cookie", "secret", "sends no cookies"},
        {"Referer", "secret", "does not say where"},
        {"X-Key", "secret\r\nHost: other", "one line"},
        {"X-Key", std::string("secret\0", 7), "one line"},
        {"X-Key", "secret" + std::string(4096, 'x'), "at most 4 KiB"},
    }));
    CAPTURE(name);
    const auto checked = check_header({name, value});
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == Errc::invalid);
    CHECK_THAT(checked.error().text, Catch::Contains(words) && !Catch::Contains("secret"));
}

TEST_CASE("the origin gets all, a stranger what any server may see") {
    const FetchRequest request{.etag = "\"e\"",
                               .last_modified = "yesterday",
                               .headers = {{"X-Api-Key", "k"}, {"X-Empty", ""}}};
    const auto origin = header_lines(request, Audience::origin);
    const auto stranger = header_lines(request, Audience::stranger);
    for (const auto& lines : {origin, stranger}) {
        CHECK(has(lines, "If-None-Match: \"e\""));
        CHECK(has(lines, "If-Modified-Since: yesterday"));
    }
    CHECK(has(origin, "X-Api-Key: k"));
    CHECK(has(origin, "X-Empty;"));
    CHECK(origin.size() == 5);
    CHECK(stranger.size() == 3);
}

TEST_CASE("a feed's own Accept takes the place of ours, at its origin") {
    const FetchRequest request{.headers = {{"accept", "application/json"}}};
    CHECK(header_lines(request, Audience::origin) ==
          std::vector<std::string>{"accept: application/json"});
    const auto stranger = header_lines(request, Audience::stranger);
    REQUIRE(stranger.size() == 1);
    CHECK_THAT(stranger[0], Catch::StartsWith("Accept: application/atom+xml"));
}
