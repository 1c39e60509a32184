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

TEST_CASE("a URL's user name and password are read as they are meant") {
    const auto found = target_of("http://ann:p%40ss%3A@example.org/");
    REQUIRE(found);
    CHECK(found->userinfo == Credentials{.user = "ann", .secret = "p@ss:"});
    CHECK(found->url == "http://example.org/");
    CHECK(found->address.text() == "example.org:80");
    const auto plain = target_of("http://example.org/@");
    REQUIRE(plain);
    CHECK_FALSE(plain->userinfo);
    CHECK(plain->url == "http://example.org/@");
    CHECK_FALSE(target_of("ftp://example.org/"));
}

TEST_CASE("a Location is resolved as a browser would, without a user name") {
    const auto [location, expected] = GENERATE(table<std::string, std::string>({
        {"/b", "https://a.example/b"},
        {"b", "https://a.example/x/b"},
        {"?q", "https://a.example/x/feed?q"},
        {"//b.example/c", "https://b.example/c"},
        {"http://b.example", "http://b.example/"},
        {"http://ann:secret@b.example/", "http://b.example/"},
        {"/a b\xC3\xA9", "https://a.example/a%20b%c3%a9"},
        {"file:///etc/passwd", "file:///etc/passwd"},
        {"http://", ""},
        {"http://b.example:99999/", ""},
        {"", ""},
        {"/" + std::string(9000, 'x'), ""},
        {"/" + std::string(4000, ' '), ""},
    }));
    CAPTURE(location);
    CHECK(redirect_target("https://a.example/x/feed", location) == expected);
}

TEST_CASE("a proxy is host and port, of a kind that resolves names itself") {
    for (const char* good :
         {"http://proxy.example:3128", "https://10.0.0.7:443/", "socks5h://[::1]:1080"}) {
        CAPTURE(good);
        CHECK(check_proxy(good));
    }
    const auto [proxy, words] = GENERATE(table<std::string, std::string>({
        {"proxy.example:3128", "like http://proxy.example:3128"},
        {"socks5://proxy.example:1080", "begins with http://"},
        {"http://proxy.example", "host and port"},
        {"http://proxy.example:3128/pac", "host and port"},
        {"http://ann:secret@proxy.example:3128", "wants a password"},
    }));
    CAPTURE(proxy);
    const auto checked = check_proxy(proxy);
    REQUIRE_FALSE(checked);
    CHECK_THAT(checked.error().text, Catch::Contains(words) && !Catch::Contains("secret"));
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
