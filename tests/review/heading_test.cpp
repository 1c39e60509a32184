// SPDX-License-Identifier: MIT
#include "review/heading.hpp"

#include "review/found_output.hpp"

#include <catch2/catch.hpp>

#include <sstream>
#include <string>

using namespace wirewatch;
using namespace wirewatch::review;

TEST_CASE("an article without a title is called by its first words, else by its address") {
    Article article{.url = "https://example.org/1", .title = "Talks"};
    CHECK(heading(article) == "Talks");
    article.title = "";
    CHECK(heading(article) == "(untitled) https://example.org/1");
    article.content = "what\nhappened \t next";
    CHECK(heading(article) == "(untitled) what happened next");
    article.summary = " in short ";
    CHECK(heading(article) == "(untitled) in short");
    article.summary.clear();
    for (int i = 0; i < 200; ++i) {
        article.summary += "я";
    }
    CHECK(heading(article).size() == std::string{"(untitled) …"}.size() + 100 * 2);
    CHECK(heading(Article{}) == "(untitled)");
}

TEST_CASE("a copy without a title is called by its address") {
    CHECK(heading(history::Copy{.title = "Talks", .url = "https://example.org/1"}) == "Talks");
    CHECK(heading(history::Copy{.url = "https://example.org/1"}) ==
          "(untitled) https://example.org/1");
}

TEST_CASE("a list shows what an article without a title begins with") {
    std::ostringstream out;
    history::HitRow row;
    row.article = {.key = "00ff", .feed_id = "voa", .summary = "Talks\nin \x1B[2J Islamabad"};
    print_found({out, out}, {{.row = row}});
    CHECK_THAT(out.str(), Catch::Contains("00ff") &&
                              Catch::Contains("(untitled) Talks in \\u{1B}[2J Islamabad  voa\n"));
}
