// SPDX-License-Identifier: MIT
#include "review/hit_output.hpp"

#include <catch2/catch.hpp>

#include <sstream>
#include <string>

#include <nlohmann/json.hpp>

using namespace wirewatch;
using namespace wirewatch::review;

namespace {

history::HitRow row(const std::string& title) {
    history::HitRow row;
    row.article = {.key = "00ff", .feed_id = "voa", .url = "https://example.org/a", .title = title};
    row.feed_title = "Voice of America";
    history::HitRow::Found found;
    found.rule = {.id = "energy", .title = "Energy", .severity = Severity::high};
    found.hit.spans = {{.field = Field::title, .start = 0, .end = 3, .text = "gas", .term = "gas"}};
    found.seq = 7;
    row.hits = {found};
    return row;
}

}  // namespace

TEST_CASE("hits in JSON are an array that any parser reads, an article a line") {
    std::ostringstream out;
    write_json(out, {row("gas \"deal\""), row("bad \xFF byte")});
    const auto json = nlohmann::json::parse(out.str());
    REQUIRE(json.size() == 2);
    CHECK(json[0]["article"]["title"] == "gas \"deal\"");
    CHECK(json[0]["article"]["published"].is_null());
    CHECK(json[0]["hits"][0]["rule"]["severity"] == "high");
    CHECK(json[0]["hits"][0]["seq"] == 7);
    CHECK(json[0]["hits"][0]["matches"][0]["text"] == "gas");

    std::ostringstream none;
    write_json(none, std::vector<history::HitRow>{});
    CHECK(nlohmann::json::parse(none.str()).empty());
}

TEST_CASE("a cell of CSV is quoted, and never a formula") {
    std::ostringstream out;
    write_csv(out, {row("=HYPERLINK(\"http://evil\")"), row("two\nlines, \"quoted\"")});
    CHECK_THAT(out.str(), Catch::Contains("\"'=HYPERLINK(\"\"http://evil\"\")\""));
    CHECK_THAT(out.str(), Catch::Contains("\"two\nlines, \"\"quoted\"\"\""));
    CHECK_THAT(out.str(), Catch::StartsWith(
                              "found,article,severity,rule,feed,title,url,published,matched\r\n"));
}
