// SPDX-License-Identifier: MIT
#include "feeds/url.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch::feeds;

TEST_CASE("references resolve as RFC 3986 section 5.4 says") {
    const auto [reference, expected] = GENERATE(table<const char*, const char*>({
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {"g?y#s", "http://a/b/c/g?y#s"},
        {";x", "http://a/b/c/;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y#s"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
        {"g#s/../x", "http://a/b/c/g#s/../x"},
    }));
    CAPTURE(reference);
    CHECK(resolve_url("http://a/b/c/d;p?q", reference) == expected);
}

TEST_CASE("addresses are taken as feeds write them") {
    const auto [base, reference, expected] = GENERATE(table<const char*, const char*, const char*>({
        {"https://example.org", "news", "https://example.org/news"},
        {"https://example.org/feed", " \n /a\n b ", "https://example.org/a b"},
        {"https://example.org/", "HTTP://Other.ORG/x/../y", "HTTP://Other.ORG/x/../y"},
        {"https://example.org/", "/a?b=1&amp;c=2", "https://example.org/a?b=1&c=2"},
        {"", "/news/1", "/news/1"},
        {"", "www.example.org/a?b#c", "http://www.example.org/a?b#c"},
        {"https://example.org/a", "WWW.example.org", "http://WWW.example.org"},
        {"https://example.org/a/", "www.html", "https://example.org/a/www.html"},
        {"relative", "news", "news"},
        {"https://example.org/", "", ""},
        {"https://example.org/", "mailto:a@example.org", "mailto:a@example.org"},
        {"https://example.org/", "JavaScript:alert(1)", ""},
        {"https://example.org/", "java\nscript:alert(1)", ""},
        {"https://example.org/", "data:text/html,x", ""},
        {"https://example.org/", "/新闻", "https://example.org/新闻"},
    }));
    CAPTURE(base, reference);
    CHECK(resolve_url(base, reference) == expected);
}

TEST_CASE("a web address has a host and http or https in front") {
    CHECK(is_web_url("HTTPS://example.org"));
    CHECK(is_web_url("http://example.org/a b"));
    CHECK_FALSE(is_web_url("http:///path"));
    CHECK_FALSE(is_web_url("//example.org/"));
    CHECK_FALSE(is_web_url("tag:example.org,2021:1"));
    CHECK_FALSE(is_web_url("ftp://example.org/"));
}
