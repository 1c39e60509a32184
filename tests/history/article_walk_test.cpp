// SPDX-License-Identifier: MIT
#include "history/article_walk.hpp"

#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();
    Reader reader = Reader::open(file).value();

    void store(const std::string& name, int minutes, std::string content = "text") {
        Article one = article(name, "Title " + name);
        one.content = std::move(content);
        REQUIRE(writer.commit({turn({matched(one, {})})}, at(minutes)));
    }

    /// The names in a range, a "|" between two batches.
    std::string walked(ArticleRange range) const {
        std::string names;
        while (true) {
            const auto batch = reader.articles(range).value();
            if (batch.articles.empty()) {
                return names;
            }
            names += names.empty() ? "" : "|";
            for (const SeenArticle& one : batch.articles) {
                names += one.article.id.substr(5);
            }
            range = batch.rest;
        }
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "articles are walked in the order in which they came, from a time on") {
    for (const char* name : {"a", "b", "c", "d"}) {
        store(name, 10 * (name[0] - 'a'));
    }
    CHECK(walked(reader.articles_since(std::nullopt).value()) == "abcd");
    CHECK(reader.articles_since(std::nullopt)->count == 4);
    CHECK(walked(reader.articles_since(at(20)).value()) == "cd");
    CHECK(reader.articles_since(at(20))->count == 2);
    CHECK(walked(reader.articles_since(at(31)).value()).empty());
    CHECK(walked(reader.newest_articles(3).value()) == "bcd");
    CHECK(reader.newest_articles(9)->count == 4);
}

TEST_CASE_METHOD(Fixture, "an article is given as it reads now, with the time it was first seen") {
    store("a", 0, "first text");
    store("a", 30, "second text");
    const auto batch = reader.articles(reader.articles_since(std::nullopt).value()).value();
    REQUIRE(batch.articles.size() == 1);
    CHECK(batch.articles[0].article.content == "second text");
    CHECK(batch.articles[0].article.title == "Title a");
    CHECK(batch.articles[0].first_seen == at(0));
    CHECK(batch.rest.count == 0);
}

TEST_CASE_METHOD(Fixture, "what comes in during a walk lies beyond its end") {
    store("a", 0);
    const ArticleRange range = reader.articles_since(std::nullopt).value();
    store("b", 1);
    CHECK(walked(range) == "a");
}

TEST_CASE_METHOD(Fixture, "a batch is bounded in articles and in bytes") {
    std::vector<MatchedArticle> many;
    for (std::size_t i = 0; i < kBatchArticles + 3; ++i) {
        many.push_back(matched(article("n" + std::to_string(i)), {}));
    }
    REQUIRE(writer.commit({turn(std::move(many))}, at()));
    const auto first = reader.articles(reader.articles_since(std::nullopt).value()).value();
    CHECK(first.articles.size() == kBatchArticles);
    CHECK(first.rest.count == 3);
    CHECK(reader.articles(first.rest)->articles.size() == 3);

    const ArticleRange seen = reader.articles_since(std::nullopt).value();
    for (const char* name : {"a", "b", "c"}) {
        store(name, 1, std::string(kBatchBytes / 2 + 1, 'x'));
    }
    ArticleRange large = reader.articles_since(std::nullopt).value();
    large.after = seen.up_to;
    CHECK(walked(large) == "ab|c");
}

TEST_CASE_METHOD(Fixture, "a history without articles has nothing to walk over") {
    CHECK(reader.articles_since(std::nullopt)->count == 0);
    CHECK(walked(reader.newest_articles(10).value()).empty());
}

TEST_CASE_METHOD(Fixture, "the writer commits between two batches") {
    store("a", 0);
    const ArticleRange range = reader.articles_since(std::nullopt).value();
    REQUIRE(reader.articles(range));
    store("b", 1);
    CHECK(walked(reader.articles_since(std::nullopt).value()) == "ab");
}

}  // namespace wirewatch::history
