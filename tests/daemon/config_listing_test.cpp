// SPDX-License-Identifier: MIT
#include "daemon/config_listing.hpp"

#include "daemon/config.hpp"
#include "support/temp_dir.hpp"

#include <regex>
#include <string>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::daemon;
using support::TempDir;

namespace {

std::string listed(const TempDir& directory, const std::string& text) {
    ConfigListing listing;
    const auto reading = read_config(directory.write("wirewatch.toml", text),
                                     {.secrets = SecretUse::leave, .listing = &listing});
    REQUIRE(reading);
    CHECK(reading->problems.empty());
    return std::regex_replace(listing.text(), std::regex{"  +"}, "  ");  // wherever remarks begin
}

}  // namespace

TEST_CASE("the listing has every key with the value in force, and its default") {
    const TempDir directory;
    const std::string text = listed(directory, R"(
[fetch]
timeout = "12s"
interval = "7m"
[history]
database = "my.db"
)");
    CHECK_THAT(text, Catch::Contains("timeout = \"12s\"  # default: \"30s\"\n"));
    CHECK_THAT(text, Catch::Contains("interval = \"7m\"  # default: \"adaptive\"\n"));
    CHECK_THAT(text, Catch::Contains("max_body = \"16MiB\"  # the default\n"));
    CHECK_THAT(text, Catch::Contains("level = \"info\"  # the default\n"));
    CHECK_THAT(text, Catch::Contains("database = \"" + (directory / "my.db").string() + "\""));
    CHECK_THAT(text, Catch::Contains("socket = \"" + (directory / "my.db.sock").string() + "\""));
}

TEST_CASE("what includes bring is listed under their names, tables in tables under both names") {
    const TempDir directory;
    directory.write("more.toml", R"(
[[feed]]
id = "voa"
url = "https://voa.example/feed"
headers = { X-Key = "s3cret" }
token_file = "token"
[sets]
"odd name" = 'say "gas"'
)");
    const std::string text = listed(directory, R"(
include = ["more.toml"]
[fetch.interval_by_tag]
world = "5m"
)");
    CHECK_THAT(text, Catch::Contains("more.toml\n[[feed]]\nid = \"voa\"\n"));
    CHECK_THAT(text, Catch::Contains("include = []  # [\"more.toml\"] stands below\n"));
    CHECK_THAT(text, Catch::Contains("token_file = \"token\"\n"));
    CHECK_THAT(text, Catch::Contains("\n[feed.headers]\nX-Key = \"(not shown)\"\n"));
    CHECK_THAT(text, !Catch::Contains("s3cret"));
    CHECK_THAT(text, Catch::Contains("\n[fetch.interval_by_tag]\nworld = \"5m\"\n"));
    CHECK_THAT(text, Catch::Contains("\"odd name\" = \"say \\\"gas\\\"\"\n"));
}

TEST_CASE("the listing is a configuration that says the same") {
    const TempDir directory;
    directory.write("feeds.toml", R"(
[[feed]]
id = "one"
url = "https://one.example/feed"
headers = { X-Key = "s3cret" }
[[feed]]
id = "two"
url = "https://two.example/feed"
interval = "adaptive"
[sets]
gas = "gas OR oil"
)");
    directory.write("rules.toml", R"(
stemming = false
dedupe = "article"
[sets]
places = 'moscow OR "new york"'
[[rule]]
id = "plain"
query = "@gas @places"
[[rule]]
id = "stemmed"
query = '''
talks
AND gas'''
stemming = true
backfill = "30d"
)");
    const std::string first = listed(directory, R"(
include = ["feeds.toml", "rules.toml"]
[[feed]]
id = "own"
url = "https://own.example/feed"
[sets]
own = "kabul"
[[rule]]
id = "own"
query = "@own"
)");
    const auto plain = [](const std::string& text) {
        return std::regex_replace(text, std::regex{"(^|\n)# .*|  # .*"}, "");
    };
    CHECK_THAT(first, Catch::Contains("# curve_key_file = \"\"\n"));
    CHECK_THAT(first, Catch::Contains(".backups\"\n"));
    const std::string second = listed(directory, first);
    CHECK(plain(second) == plain(first));
    CHECK(listed(directory, second) == second);
}

TEST_CASE("TOML texts and lists escape what would end them") {
    CHECK(toml_text("a\"b\\c\nd\x01\x7F") == R"("a\"b\\c\nd\u0001\u007F")");
    CHECK(toml_list({}) == "[]");
    CHECK(toml_list({"a", "b\""}) == R"(["a", "b\""])");
}
