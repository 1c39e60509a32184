// SPDX-License-Identifier: MIT
#include "history/verify.hpp"

#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>

namespace wirewatch::history {

using namespace samples;

namespace fs = std::filesystem;

namespace {

struct Fixture {
    support::TempDir directory;
    fs::path file = directory / "wirewatch.db";
    std::optional<Writer> writer = Writer::open(file, {}).value();

    Fixture() {
        for (int i = 0; i < 60; ++i) {
            Article one = article(std::to_string(i));
            one.content += " " + std::string(2'000, 'x') + std::to_string(i);
            REQUIRE(writer->commit({turn({matched(one)})}, at(i)));
        }
    }

    [[nodiscard]] Result<std::vector<std::string>> verified() const {
        return verify(file, [](std::string_view) {});
    }
};

}  // namespace

TEST_CASE("a sound database is whole, whether it is written or not") {
    Fixture history;
    CHECK(history.verified().value().empty());
    history.writer.reset();
    CHECK(history.verified().value().empty());
    for (const auto& entry : fs::directory_iterator{history.directory.path()}) {
        CHECK_THAT(entry.path().filename().string(),
                   !Catch::Contains("draft"));  // the copy is gone
    }
}

TEST_CASE("what does not agree is named") {
    Fixture history;
    history.writer.reset();
    const auto [sql, words] = GENERATE(table<const char*, const char*>({
        {"DELETE FROM feeds", "reference to a missing row, in table articles"},
        {"UPDATE articles SET revision = 9 WHERE id = 3", "the latest revision is missing"},
        {"UPDATE articles SET story = 77 WHERE id = 3", "the story is missing"},
        {"UPDATE hits SET seq = NULL WHERE id = 5", "stands behind alert 5"},
        {"DELETE FROM outbox WHERE seq = 7", "no alert in the outbox for hit 7"},
        {"UPDATE meta SET head = 12", "a later alert than the head"},
        {"UPDATE topics SET tseq = 3", "counter is behind its alerts, of alert/pak-rus/"},
        {"UPDATE revisions SET title = 'Changed' WHERE article_id = 4", "the full-text index"},
    }));
    CAPTURE(sql);
    Sql{history.file}(sql);
    const auto findings = history.verified().value();
    REQUIRE_FALSE(findings.empty());
    std::string all;
    for (const std::string& finding : findings) {
        all += finding + "\n";
    }
    CHECK_THAT(all, Catch::Contains(words));
}

TEST_CASE("damaged pages are found, and nothing is changed by looking") {
    Fixture history;
    history.writer.reset();
    std::fstream file{history.file, std::ios::in | std::ios::out | std::ios::binary};
    for (std::streamoff page = 20; page < 30; ++page) {
        file.seekp(page * 4096);
        file << std::string(200, '\x7F');
    }
    file.close();
    const auto size = fs::file_size(history.file);
    const auto findings = history.verified();
    CHECK((!findings ? findings.error().code == Errc::bad_database : !findings->empty()));
    CHECK(fs::file_size(history.file) == size);
}

TEST_CASE("vacuum gives the room of deleted articles back, and is refused while a daemon writes") {
    Fixture history;
    const auto refused = vacuum(history.file);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::busy);
    REQUIRE(history.writer->commit({turn({matched(article("x"), {})})}, at(100)));
    history.writer.reset();
    Sql{history.file}(
        "PRAGMA foreign_keys = OFF; DELETE FROM outbox; DELETE FROM hits;"
        "INSERT INTO article_text (article_text) VALUES ('delete-all');"
        "DELETE FROM revisions WHERE article_id < 60;"
        "DELETE FROM articles WHERE id < 60");
    const auto before = fs::file_size(history.file);
    REQUIRE(vacuum(history.file));
    CHECK(fs::file_size(history.file) < before / 2);
    CHECK(history.verified().value().empty());
    CHECK(Reader::open(history.file).value().totals(at()).value().articles == 2);
}

}  // namespace wirewatch::history
