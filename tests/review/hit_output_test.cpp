// SPDX-License-Identifier: MIT
#include "review/hit_output.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

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

std::string written(ListFormat format, const std::vector<history::HitRow>& rows) {
    std::ostringstream out;
    ListWriter writer{out, format};
    for (const history::HitRow& row : rows) {
        writer.add({.row = row});
    }
    writer.finish();
    return out.str();
}

}  // namespace

TEST_CASE("hits in JSON are an array that any parser reads, an article a line") {
    const auto json = nlohmann::json::parse(
        written(ListFormat::json, {row("gas \"deal\""), row("bad \xFF byte")}));
    REQUIRE(json.size() == 2);
    CHECK(json[0]["article"]["title"] == "gas \"deal\"");
    CHECK(json[0]["article"]["published"].is_null());
    CHECK(json[0]["hits"][0]["rule"]["severity"] == "high");
    CHECK(json[0]["hits"][0]["seq"] == 7);
    CHECK(json[0]["hits"][0]["matches"][0]["text"] == "gas");
    CHECK(json[0]["mark"].is_null());
    CHECK(nlohmann::json::parse(written(ListFormat::json, {})).empty());
}

TEST_CASE("marks, and what a query found, stand beside the hits") {
    history::HitRow marked = row("gas");
    marked.mark = Mark{.starred = true, .note = "ask\nthem", .by = "ann"};
    std::ostringstream out;
    ListWriter writer{out, ListFormat::jsonl};
    writer.add(
        {.row = marked, .answer = Hit{"query", {{Field::title, 0, 0, 3, "gas", "ga*"}}, 2.5}});
    writer.finish();
    const std::string line = out.str();
    CHECK(std::count(line.begin(), line.end(), '\n') == 1);
    const auto json = nlohmann::json::parse(line);
    CHECK(json["mark"]["starred"] == true);
    CHECK(json["mark"]["note"] == "ask\nthem");
    CHECK(json["mark"]["by"] == "ann");
    CHECK(json["matches"][0]["term"] == "ga*");
    CHECK(json["score"] == 2.5);
}

TEST_CASE("a line of CSV stands for each hit, and for an article that has none") {
    history::HitRow none = row("silent");
    none.hits.clear();
    const std::string csv = written(ListFormat::csv, {row("one"), none});
    CHECK_THAT(csv,
               Catch::StartsWith("found,article,severity,rule,feed,title,url,published,matched,"
                                 "first_seen,language,marks,note\r\n"));
    CHECK(std::count(csv.begin(), csv.end(), '\r') == 3);
    CHECK_THAT(csv, Catch::Contains("\"\",\"00ff\",\"\",\"\",\"voa\",\"silent\""));
}

TEST_CASE("a cell of CSV is quoted, never a formula, and can be read back") {
    const auto [text, cell] = GENERATE(table<std::string, std::string>({
        {"=HYPERLINK(\"http://evil\")", "\"'=HYPERLINK(\"\"http://evil\"\")\""},
        {"+1", "\"'+1\""},
        {"-1", "\"'-1\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""},
        {"\t=1", "\"'\t=1\""},
        {"\r=1", "\"'\r=1\""},
        {"\n=1", "\"'\n=1\""},
        {"＝1", "\"'＝1\""},
        {"'=1", "\"''=1\""},
        {"'tis", "\"'tis\""},
        {"a=b", "\"a=b\""},
        {"", "\"\""},
        {"two\nlines, \"quoted\"", "\"two\nlines, \"\"quoted\"\"\""},
        {"\x1B[31mred", "\"\uFFFD[31mred\""},
    }));
    CAPTURE(text);
    CHECK(csv_cell(text) == cell);
}
