// SPDX-License-Identifier: MIT
#include "history/article_search.hpp"

#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "support/temp_dir.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();

    void store(const std::string& name) {
        REQUIRE(writer.commit({turn({matched(article(name, "Pipeline " + name), {})})}, at()));
    }

    /// The next article stored gets the id behind this one.
    void leave_out_up_to(int id) const {
        Sql{file}("INSERT INTO articles (id, key, feed_id, first_seen, revision, story) SELECT " +
                  std::to_string(id) + ", printf('%032x', " + std::to_string(id) +
                  "), feed_id, first_seen, 1, " + std::to_string(id) + " FROM articles LIMIT 1");
    }

    /// The titles of all articles with the word, batch by batch.
    [[nodiscard]] std::vector<std::string> titles(std::size_t looks) const {
        const auto reader = Reader::open(file).value();
        ArticleSearch search;
        search.filter.words = {.kind = Requirement::Kind::word};
        search.filter.words.spellings.push_back({Spelling::Kind::word, "pipeline"});
        search.filter.words.fields = {Field::title, Field::summary, Field::content};
        search = reader.find_articles(std::move(search)).value();
        search.looks = looks;
        std::vector<std::string> titles;
        for (bool over = false; !over;) {
            auto batch = reader.candidates(search).value();
            for (const Candidate& one : batch.articles) {
                titles.push_back(one.article.title);
            }
            search = std::move(batch.rest);
            over = batch.over;
        }
        return titles;
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "words are found newest first, however far apart the articles lie") {
    store("a");
    store("b");
    for (const auto& [id, name] : {std::pair{4'000, "c"}, std::pair{40'000, "d"},
                                   std::pair{300'000, "e"}, std::pair{5'000'000, "f"}}) {
        leave_out_up_to(id);
        store(name);
    }
    const std::vector<std::string> all{"Pipeline f", "Pipeline e", "Pipeline d",
                                       "Pipeline c", "Pipeline b", "Pipeline a"};
    CHECK(titles(GENERATE(1u, 2u, 200u)) == all);
}

}  // namespace wirewatch::history
