// SPDX-License-Identifier: MIT
// Documents as outlets really sent them, where the machine has them.
#include "corpus.hpp"
#include "base/utf8.hpp"
#include "feeds/dates.hpp"
#include "feeds/parser.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

namespace {

/// Where we read a feed otherwise than the manifest, on purpose (docs/formats.md, "Choices").
struct Choice {
    std::string_view file;
    std::string_view column;
    std::string_view value;
};

constexpr std::array kChoices{
    // feedburner:origLink before the link that counts clicks.
    Choice{"jornal_de_noticias.xml", "first_url",
           "https://www.jn.pt/nacional/interior/"
           "sonia-laig-e-a-nova-presidente-da-rarissimas-9021600.html"},
    // pheedo:origLink, likewise.
    Choice{"washington_post_wellness.xml", "first_url",
           "http://www.washingtonpost.com/lifestyle/wellness/"
           "schools-minister-to-kids-fitness-and-nutrition-needs/2012/08/21/"
           "0ca90d46-e6eb-11e1-936a-b801f1abab19_story.html?wprss=rss_wellness"},
};

std::string expected(const std::string& file, std::string_view column, const std::string& said) {
    const auto choice = std::find_if(kChoices.begin(), kChoices.end(), [&](const Choice& c) {
        return c.file == file && c.column == column;
    });
    return choice == kChoices.end() ? said : std::string{choice->value};
}

void check_first(const Article& first, const std::vector<std::string>& row) {
    CHECK(utf8::cut(first.title, row[9].size()) == row[9]);
    CHECK(first.url == expected(row[0], "first_url", row[10]));
    const auto date = first.published ? first.published : first.updated;
    CHECK((date ? to_rfc3339(*date) : "") == row[11]);
}

}  // namespace

TEST_CASE("real feeds give the articles that a person counted in them") {
    const auto folder = corpus() / "real";
    if (!std::filesystem::exists(folder / "manifest.tsv")) {
        WARN("skipped: no feeds in " << folder);
        return;
    }
    for (const auto& row : rows_of(folder / "manifest.tsv")) {
        REQUIRE(row.size() >= 12);
        CAPTURE(row[0]);
        const auto feed = parse_feed(read_file(folder / row[0]), {row[6], ""});
        if (row[4] == "-") {
            REQUIRE_FALSE(feed);
            CHECK(feed.error().code == Errc::not_a_feed);
            continue;
        }
        REQUIRE(feed);
        CHECK(feed->format == row[4]);
        CHECK(std::to_string(feed->articles.size()) == expected(row[0], "items", row[8]));
        if (!feed->articles.empty()) {
            check_first(feed->articles.front(), row);
        }
    }
}

TEST_CASE("date strings of other readers' tests are read as those say") {
    const auto table = corpus() / "dates" / "dates.tsv";
    if (!std::filesystem::exists(table)) {
        WARN("skipped: no " << table);
        return;
    }
    for (const auto& row : rows_of(table)) {
        REQUIRE(row.size() >= 2);
        const std::string& said = row[1];
        CAPTURE(row[0], said);
        const auto date = parse_date(row[0]);
        if (said.starts_with("valid") || said == "parses") {
            CHECK(date);
        } else if (said == "unparsable") {
            CHECK_FALSE(date);
        } else if (!said.starts_with("invalid")) {  // a lenient reader may take "invalid" ones
            REQUIRE(date);
            CHECK(to_rfc3339(std::chrono::floor<std::chrono::seconds>(*date)) == said);
        }
    }
}

TEST_CASE("no document of the suites brings the parser down, and all text is valid UTF-8") {
    if (!std::filesystem::exists(corpus())) {
        WARN("skipped: no suites in " << corpus());
        return;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator{corpus()}) {
        if (!entry.is_regular_file() || entry.path().extension() == ".tsv") {
            continue;
        }
        CAPTURE(entry.path());
        const auto feed = parse_feed(read_file(entry.path()), {});
        if (!feed) {
            CHECK_FALSE(feed.error().text.empty());
            continue;
        }
        const bool valid =
            std::all_of(feed->articles.begin(), feed->articles.end(), [](const Article& article) {
                return utf8::valid(article.title) && utf8::valid(article.summary) &&
                       utf8::valid(article.content) && utf8::valid(article.url);
            });
        CHECK(valid);
    }
}
