// SPDX-License-Identifier: MIT
#include "feeds/address.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

TEST_CASE("an address is the server that a URL speaks to") {
    const auto [url, expected] = GENERATE(table<std::string, std::string>({
        {"http://example.org/feed", "example.org:80"},
        {"https://example.org/feed", "example.org:443"},
        {"HTTPS://News.Example.ORG:8443/a?b#c", "news.example.org:8443"},
        {"http://ann:secret@example.org/", "example.org:80"},
        {"http://[::1]:8080/", "[::1]:8080"},
    }));
    CAPTURE(url);
    const auto address = address_of(url);
    REQUIRE(address);
    CHECK(address->text() == expected);
}

TEST_CASE("what is no http or https URL is refused in words that do not quote it") {
    const auto [url, words] = GENERATE(table<std::string, std::string>({
        {"ftp://ann:secret@example.org/feed", "not 'ftp'"},
        {"file:///etc/secret", "not 'file'"},
        {"javascript:secret", "no URL"},
        {"example.org/secret", "no URL"},
        {"http://ann:secret@/", "no URL"},
        {"http://example.org:99999/secret", "no URL"},
        {"http://example.org/secret\r\nHost: x", "no URL"},
        {"", "no URL"},
        {std::string("http://example.org/\0secret", 26), "zero byte"},
        {"http://example.org/" + std::string(9000, 'x') + "secret", "8 KiB"},
    }));
    CAPTURE(url);
    const auto address = address_of(url);
    REQUIRE_FALSE(address);
    CHECK(address.error().code == Errc::refused);
    CHECK_THAT(address.error().text, Catch::Contains(words) && !Catch::Contains("secret"));
}

TEST_CASE("user name and password are taken out of a URL and nothing else is") {
    const auto [url, expected] = GENERATE(table<std::string, std::string>({
        {"http://ann:secret@example.org/a?b=c#d", "http://example.org/a?b=c#d"},
        {"https://ann@example.org:8443/a", "https://example.org:8443/a"},
        {"https://example.org/a@b", "https://example.org/a@b"},
        {"file:///etc/passwd", "file:///etc/passwd"},
        {"not a URL with secret@", ""},
    }));
    CAPTURE(url);
    CHECK(without_userinfo(url) == expected);
}
