// SPDX-License-Identifier: MIT
#include "review/article_file.hpp"

#include "support/temp_dir.hpp"

#include <fstream>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::review;

TEST_CASE("an article is read from the keys that people use") {
    const auto full = article_in(
        R"({"title":"Gas","summary":"Deal","body":"Text","url":"https://a.example/1",)"
        R"("date":"2021-04-07","lang":"en","feed":"voa","author":"A","category":"energy"})");
    REQUIRE(full);
    CHECK(full->title == "Gas");
    CHECK(full->summary == "Deal");
    CHECK(full->content == "Text");
    CHECK(full->url == "https://a.example/1");
    CHECK(to_rfc3339(full->published.value()) == "2021-04-07T00:00:00Z");
    CHECK(full->language == "en");
    CHECK(full->feed_id == "voa");
    CHECK(full->authors == std::vector<std::string>{"A"});
    CHECK(full->categories == std::vector<std::string>{"energy"});
    CHECK(full->key.size() == 32);

    const auto other = article_in(
        R"({"title":null,"description":"Deal","content_html":"<p>One</p><p>Two &amp; x</p>",)"
        R"("link":"https://b.example","pubDate":"Wed, 07 Apr 2021 09:30:00 GMT","language":"ur",)"
        R"("source":{"name":"Dawn"},"authors":[{"name":"A"},{"name":"B"},7],"tags":["x","y"]})");
    REQUIRE(other);
    CHECK(other->title.empty());
    CHECK(other->summary == "Deal");
    CHECK(other->content == "One\n\nTwo & x");
    CHECK(to_rfc3339(other->published.value()) == "2021-04-07T09:30:00Z");
    CHECK(other->feed_id == "Dawn");
    CHECK(other->authors == std::vector<std::string>{"A", "B", "7"});
    CHECK(other->categories == std::vector<std::string>{"x", "y"});
}

TEST_CASE("an alert and a row of the history are articles too") {
    CHECK(article_in(R"({"data":{"article":{"title":"Gas","feed":{"id":"voa"}}}})")->title ==
          "Gas");
    CHECK(article_in(R"({"article":{"title":"Gas","feed":{"id":"voa"}},"hits":[]})")->feed_id ==
          "voa");
}

TEST_CASE("a line that holds no article is refused in words") {
    for (const char* line : {"", "gas", "[1]", "7", "{\"title\":\"gas\"", "{}", "{\"url\":\"x\"}",
                             "{\"title\":\"\"}", "{\"title\":{}}"}) {
        CAPTURE(line);
        const auto article = article_in(line);
        REQUIRE_FALSE(article);
        CHECK(article.error().code == Errc::invalid);
    }
    CHECK(article_in(std::string(1'000'000, '[')).has_value() == false);
}

TEST_CASE("a file is read line by line, past what cannot be read") {
    const support::TempDir directory;
    const auto path = directory / "a.jsonl";
    std::ofstream{path, std::ios::binary} << "\xEF\xBB\xBF{\"title\":\"one\"}\r\n\n"
                                          << "nonsense\n"
                                          << std::string(kMaxArticleLine + 10, 'x') << '\n'
                                          << "{\"title\":\"two\"}";
    auto file = ArticleFile::open(path.string()).value();
    CHECK(file.bytes() == std::filesystem::file_size(path));
    CHECK(file.next().value()->title == "one");
    const auto nonsense = file.next();
    REQUIRE_FALSE(nonsense);
    CHECK(nonsense.error().text.starts_with("line 3: this is no JSON object"));
    const auto long_line = file.next();
    REQUIRE_FALSE(long_line);
    CHECK(long_line.error().text == "line 4: this line is longer than 8 MiB");
    CHECK(file.next().value()->title == "two");
    CHECK_FALSE(file.next().value().has_value());
    CHECK(file.bytes_read() == file.bytes());
    CHECK_FALSE(ArticleFile::open((directory / "none").string()));
}
