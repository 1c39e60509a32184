// SPDX-License-Identifier: MIT
#include "corpus.hpp"
#include "base/utf8.hpp"
#include "feeds/dates.hpp"
#include "feeds/parser.hpp"

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

TEST_CASE("real feeds give the articles that a person counted in them") {
    const auto folder = corpus() / "real";
    if (!std::filesystem::exists(folder / "manifest.tsv")) {
        WARN("skipped: no feeds under " << folder);
        return;
    }
    for (const auto& row : rows_of(folder / "manifest.tsv")) {
        REQUIRE(row.size() >= 12);
        CAPTURE(row[0]);
        const auto feed = parse_feed(read_file(folder / row[0]), {row[6], ""});
        CHECK(row[4].empty() == false);
        if (row[4] == "-") {
            CHECK_FALSE(feed);
            if (!feed) WARN(row[0] << " " << feed.error().text);
            continue;
        }
        if (!feed) { FAIL_CHECK(feed.error().text); continue; }
        std::string rep;
        for (auto& r : feed->repaired) rep += " | " + r;
        if (!rep.empty()) WARN(row[0] << " " << feed->encoding << rep);
        CHECK(feed->format == row[4]);
        CHECK(std::to_string(feed->articles.size()) == row[8]);
        if (feed->articles.empty()) {
            continue;
        }
        const Article& first = feed->articles.front();
        CHECK(utf8::cut(first.title, row[9].size()) == row[9]);
        CHECK(first.url == row[10]);
        const auto d = first.published ? first.published : first.updated;
        CHECK((d ? to_rfc3339(*d) : "") == row[11]);
    }
}

TEST_CASE("date strings of other projects' tests are read as they say") {
    const auto table = corpus() / "dates" / "dates.tsv";
    if (!std::filesystem::exists(table)) {
        WARN("skipped: no " << table);
        return;
    }
    for (const auto& row : rows_of(table)) {
        REQUIRE(row.size() >= 2);
        const auto date = parse_date(row[0]);
        CAPTURE(row[0], row[1]);
        if (row[1].starts_with("valid") || row[1] == "parses") CHECK(date);
        else if (row[1].starts_with("unpars")) CHECK_FALSE(date);
        else if (row[1].starts_with("invalid")) WARN(row[0] << " -> " << (date ? to_rfc3339(*date) : "none"));
        else CHECK((date ? to_rfc3339(std::chrono::floor<std::chrono::seconds>(*date)) : "") == row[1]);
    }
}
