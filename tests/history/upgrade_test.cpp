// SPDX-License-Identifier: MIT
// Databases of every schema version since the first (tests/data/schemas) are brought up to date.
#include "history/alert_log.hpp"
#include "history/child.hpp"
#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/schema.hpp"
#include "history/sql.hpp"
#include "history/writer.hpp"
#include "support/read_message.hpp"
#include "support/temp_dir.hpp"

#include <chrono>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace fs = std::filesystem;

namespace {

fs::path fixture(std::size_t version) {
    return fs::path{WIREWATCH_TEST_DATA} / "schemas" / ("v" + std::to_string(version) + ".db");
}

std::string latest() {
    return std::to_string(schema_steps().size());
}

void check_sound(const Sql& sql) {
    CHECK(sql("PRAGMA integrity_check") == "ok");
    CHECK(sql("PRAGMA foreign_key_check") == "");
    sql("INSERT INTO article_text (article_text, rank) VALUES ('integrity-check', 1)");
}

/// Makes the first version large enough that its steps take a while.
void grow(const fs::path& file, int times) {
    const Sql sql{file};
    sql("PRAGMA synchronous = OFF");
    for (int i = 1; i <= times; ++i) {
        const std::string by = std::to_string(i * 1000);
        sql("INSERT INTO articles (id, key, feed_id, first_seen, revision) SELECT id + " + by +
            ", substr(key, 1, 20) || printf('%012x', id + " + by +
            "), feed_id, first_seen, 1 FROM articles WHERE id <= 40");
        sql("INSERT INTO revisions SELECT article_id + " + by +
            ", revision, seen_at, content_hash, published, updated, language, guid, url || '?' "
            "|| " +
            by +
            ", image, comments_url, authors, categories, enclosures, title, summary, content"
            " FROM revisions WHERE article_id <= 40 AND revision = 1");
    }
}

}  // namespace

TEST_CASE("every version since the first has a database here") {
    for (std::size_t version = 1; version < schema_steps().size(); ++version) {
        CAPTURE(version);
        CHECK(fs::is_regular_file(fixture(version)));
    }
}

TEST_CASE("a database of any version is brought up to date with all that is in it") {
    const auto version = GENERATE(range(std::size_t{1}, schema_steps().size()));
    CAPTURE(version);
    support::TempDir directory;
    const fs::path file = directory / "wirewatch.db";
    fs::copy_file(fixture(version), file);
    REQUIRE(Reader::open(file).error().code == Errc::refused);

    Writer writer = Writer::open(file, {}).value();
    {
        const Sql sql{file};
        CHECK(sql("PRAGMA user_version") == latest());
        check_sound(sql);
        CHECK(sql("SELECT count(*) || ' ' || sum(story = id) || ' ' || sum(address IS NOT NULL)"
                  " FROM articles") == "40 40 40");
        CHECK(sql("SELECT count(*) || ' ' || count(seq) FROM hits") == "20 15");
    }
    const auto log = AlertLog::open(file).value();
    CHECK(log.epoch() == "0123456789abcdef");
    const auto alerts = support::read_alerts(log.after(0, 100).value().messages);
    REQUIRE(alerts.size() == 15);
    CHECK(alerts[14].seq == 15);
    CHECK(alerts[14].tseq == 8);
    CHECK(alerts[14].rule.id == "russia");
    CHECK(alerts[14].article.title == "Russia and Zürich talk, round 28");
    CHECK(alerts[14].story.id == alerts[14].article.key);
    CHECK(alerts[14].story.size == 1);

    const auto reader = Reader::open(file).value();
    const auto article = reader.article("https://voa.example/7").value();
    CHECK(article.revisions == 2);
    CHECK(article.article.title == "Russia and Zürich talk, round 7 (corrected)");
    CHECK(reader.feed_states().value().size() == 2);

    const auto done =
        writer.commit({turn({matched(wirewatch::history::samples::article("new"))})}, at(100));
    CHECK(done.value().head == 16);
}

TEST_CASE("an upgrade tells each step at its beginning, and while it lasts") {
    support::TempDir directory;
    const fs::path file = directory / "wirewatch.db";
    fs::copy_file(fixture(1), file);
    grow(file, 40);
    std::vector<std::string> steps;
    std::size_t asked = 0;
    const auto note = [&](std::string_view step) {
        ++asked;
        if (steps.empty() || steps.back() != step) {
            steps.emplace_back(step);
        }
        return Proceed::go_on;
    };
    REQUIRE(Writer::open(file, {.on_step = note}));
    const std::size_t taken = schema_steps().size() - 1;
    REQUIRE(steps.size() == taken + 2);
    for (std::size_t i = 0; i < taken; ++i) {
        CHECK(steps[i] == "bringing the database to version " + latest() + ", step " +
                              std::to_string(i + 1) + " of " + std::to_string(taken));
    }
    CHECK(steps[taken] == "writing the bodies of former alerts");
    CHECK(steps.back() == "reading what new articles are compared with");
    CHECK(asked > steps.size() + 10);
    asked = 0;
    REQUIRE(Writer::open(file, {.on_step = note}));
    CHECK(asked < 10);
}

TEST_CASE("alerts from before bodies were kept get theirs, with the deployment's name") {
    support::TempDir directory;
    const fs::path file = directory / "wirewatch.db";
    fs::copy_file(fixture(6), file);
    {
        // As many as take several turns, and a feed event among them.
        const Sql sql{file};
        sql("WITH RECURSIVE n(i) AS (SELECT 16 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
            " INSERT INTO outbox (seq, topic_id, tseq, uuid, committed_at, hit_id)"
            " SELECT i, 1, i, randomblob(16), 1617796800000, NULL FROM n");
        sql("INSERT INTO feed_events SELECT seq, 'good', 'voa', 'VOA', 'https://voa.example/rss',"
            " 0, 1, 200, NULL, NULL, NULL, NULL FROM outbox WHERE hit_id IS NULL");
        sql("UPDATE meta SET head = 1200");
    }
    int asked_for_bodies = 0;
    const auto break_off = [&](std::string_view step) {
        asked_for_bodies += step.find("bodies") != std::string_view::npos ? 1 : 0;
        return asked_for_bodies > 3 ? Proceed::break_off : Proceed::go_on;
    };
    REQUIRE(Writer::open(file, {.on_step = break_off}).error().code == Errc::refused);
    const std::string left = Sql{file}("SELECT count(*) FROM outbox WHERE body = ''");
    CHECK(left != "0");
    const auto named = [](std::string_view step) {
        CHECK_FALSE(step.empty());
        return Proceed::go_on;
    };
    REQUIRE(Writer::open(file, {.deployment = "desk-3", .on_step = named}));
    CHECK(Sql{file}("SELECT count(*) FROM outbox WHERE body = ''") == "0");
    const auto messages = AlertLog::open(file).value().after(0, 500).value().messages;
    const Alert alert = support::read_alert(messages.at(0));
    CHECK(alert.article.title == "Russia and Zürich talk, round 0");
    CHECK_THAT(messages.at(0).body, Catch::Contains("urn:wirewatch:desk-3"));
    CHECK(support::read_feed_event(messages.at(20)).feed_id == "voa");
}

TEST_CASE("an upgrade that is broken off harms nothing, and the next start ends it") {
    support::TempDir directory;
    const fs::path file = directory / "wirewatch.db";
    fs::copy_file(fixture(1), file);
    grow(file, 40);
    int asked_in_step = 0;
    const auto break_off = [&](std::string_view step) {
        asked_in_step += step.find(", step 4 of") != std::string_view::npos ? 1 : 0;
        return asked_in_step > 2 ? Proceed::break_off : Proceed::go_on;
    };
    const auto broken_off = Writer::open(file, {.on_step = break_off});
    REQUIRE_FALSE(broken_off);
    CHECK(broken_off.error().code == Errc::refused);
    CHECK_THAT(broken_off.error().text,
               Catch::Contains("version 5") && Catch::Contains("broken off"));
    {
        const Sql sql{file};
        CHECK(sql("PRAGMA user_version") == "4");
        CHECK(sql("PRAGMA integrity_check") == "ok");
        CHECK(sql("SELECT count(*) FROM pragma_table_info('articles') WHERE name = 'story'") ==
              "0");
    }
    REQUIRE(Writer::open(file, {}));
    CHECK(Sql{file}("PRAGMA user_version") == latest());
    CHECK(Sql{file}("SELECT count(*) FROM articles WHERE address IS NOT NULL") == "1640");
}

TEST_CASE("an upgrade that is killed is ended by the next start, and harms nothing") {
    support::TempDir directory;
    const fs::path old = directory / "old.db";
    fs::copy_file(fixture(1), old);
    grow(old, 40);
    std::mt19937 random{50};
    int killed_before_the_end = 0;
    for (int round = 0; round < 50; ++round) {
        const fs::path file = directory / ("wirewatch" + std::to_string(round) + ".db");
        fs::copy_file(old, file);
        {
            Child child{[&](auto say) { return say() && Writer::open(file, {}) ? 0 : 1; }};
            REQUIRE(child.heard());
            std::this_thread::sleep_for(std::chrono::microseconds{random() % 40'000});
            child.kill();
        }
        const std::string version = Sql{file}("PRAGMA user_version");
        killed_before_the_end += version != latest() ? 1 : 0;
        REQUIRE(Writer::open(file, {}));
        const Sql sql{file};
        CHECK(sql("PRAGMA user_version") == latest());
        CHECK(sql("PRAGMA integrity_check") == "ok");
        CHECK(sql("SELECT count(*) || ' ' || sum(address IS NOT NULL) FROM articles") ==
              "1640 1640");
        fs::remove(file);
    }
    CHECK(killed_before_the_end > 0);
}

}  // namespace wirewatch::history
