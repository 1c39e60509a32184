// SPDX-License-Identifier: MIT
#include "feeds/file_source.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace wirewatch::feeds;

TEST_CASE("a file URL names a path") {
    const auto [url, path] = GENERATE(table<std::string, std::string>({
        {"file:///srv/feeds/a.xml", "/srv/feeds/a.xml"},
        {"file://localhost/srv/a.xml", "/srv/a.xml"},
        {"FILE:///srv/a.xml", "/srv/a.xml"},
        {"file:/srv/a.xml", "/srv/a.xml"},
        {"file:///srv/a%20b%C3%A9.xml", "/srv/a bé.xml"},
        {"file:///srv//./feeds/", "/srv/feeds"},
        {"file:///srv/100%25.xml", "/srv/100%.xml"},
        {"file:///srv/..a/b..xml", "/srv/..a/b..xml"},
    }));
    CAPTURE(url);
    CHECK(is_file_url(url));
    CHECK(path_of_file_url(url).value() == path);
}

TEST_CASE("what could mean another file than it seems to is refused, with the form to write") {
    const auto url =
        GENERATE(as<std::string>{}, "file://server/share/a.xml", "file://a.xml", "file:a.xml",
                 "file:///srv/../etc/passwd", "file:///srv/%2e%2e/etc", "file:///srv/a.xml?b",
                 "file:///srv/a.xml#b", "file:///srv/a%", "file:///srv/a%2", "file:///srv/a%zz",
                 "file:///srv/a%00b", "https://a.example/", "file:");
    CAPTURE(url);
    const auto path = path_of_file_url(url);
    REQUIRE_FALSE(path);
    CHECK_THAT(path.error().text, Catch::Contains("file:///srv/feeds/news.xml"));
}

TEST_CASE("web addresses and look-alikes are no file URLs") {
    CHECK_FALSE(is_file_url("https://a.example/file:///etc"));
    CHECK_FALSE(is_file_url("files:///srv"));
    CHECK_FALSE(is_file_url("file"));
    CHECK_FALSE(is_file_url(""));
}

TEST_CASE("a root holds what is below it, by whole names") {
    const std::vector<std::string> roots{"/srv/feeds/", "/srv/feeds/own", "/home/a"};
    CHECK(root_of("/srv/feeds/a.xml", roots) == "/srv/feeds");
    CHECK(root_of("/srv/feeds", roots) == "/srv/feeds");
    CHECK(root_of("/srv/feeds/own/a/b.xml", roots) == "/srv/feeds/own");
    CHECK_FALSE(root_of("/srv/feeds2/a.xml", roots));
    CHECK_FALSE(root_of("/srv", roots));
    CHECK_FALSE(root_of("/srv/feeds/a.xml", {}));
}

TEST_CASE("documents of a directory are known by their names") {
    for (const char* name : {"a.xml", "a.rss", "a.atom", "a.json", "a.b.xml"}) {
        CHECK(is_document_name(name));
    }
    for (const char* name : {".a.xml", ".xml", "xml", "a.xml~", "a.xml.tmp", "a.txt", "a", ""}) {
        CAPTURE(name);
        CHECK_FALSE(is_document_name(name));
    }
}
