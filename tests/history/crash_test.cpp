// SPDX-License-Identifier: MIT
// What is left when the daemon is killed, or the disk is full, in the middle of a commit.
#include "history/alert_log.hpp"
#include "history/child.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <csignal>

#include <sys/resource.h>

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

Turn turn_of(int number) {
    std::vector<MatchedArticle> articles;
    for (int i = 0; i < 5; ++i) {
        const std::string name = std::to_string(number) + "-" + std::to_string(i);
        articles.push_back(matched(article(name), {rule("one"), rule("two")}));
        articles.back().article.content = std::string(3000, 'x') + " " + name;
    }
    return turn(std::move(articles));
}

/// Commits until it is killed; says so after each.
template <class Say>
int commit_forever(const std::filesystem::path& file, int round, Say say) {
    auto writer = Writer::open(file, {});
    for (int i = 0; writer && writer->commit({turn_of(round * 1000 + i)}, at(i)) && say(); ++i) {
    }
    return 1;
}

void check_whole(const std::filesystem::path& file) {
    const Sql sql{file};
    CHECK(sql("PRAGMA integrity_check") == "ok");
    CHECK(sql("PRAGMA foreign_key_check") == "");
    sql("INSERT INTO article_text (article_text, rank) VALUES ('integrity-check', 1)");
    CHECK(sql("SELECT count(*) = (SELECT head FROM meta) AND coalesce(max(seq), 0) ="
              " (SELECT head FROM meta) AND coalesce(min(seq), 1) = 1 FROM outbox") == "1");
    CHECK(sql("SELECT count(*) FROM (SELECT topic_id, max(tseq) - count(*) AS gap"
              " FROM outbox GROUP BY topic_id) WHERE gap <> 0") == "0");
    CHECK(sql("SELECT count(*) FROM hits WHERE id NOT IN (SELECT hit_id FROM outbox)") == "0");
    CHECK(sql("SELECT count(*) % 5 FROM articles") == "0");
    CHECK(sql("SELECT count(*) = 2 * (SELECT count(*) FROM articles) FROM hits") == "1");
}

}  // namespace

TEST_CASE("a commit that is killed has either happened or not") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    std::uint64_t told = 0;
    for (int round = 0; round < 20; ++round) {
        Child child{[&](auto say) { return commit_forever(file, round, say); }};
        for (int i = 0; i <= round % 4; ++i) {
            REQUIRE(child.heard());
            told += 10;
        }
        child.kill();
        // What the daemon was told is on disk must be there; one commit more may be.
        const auto log = AlertLog::open(file);
        REQUIRE(log);
        const std::uint64_t head = log->head().value();
        CHECK(head >= told);
        told = head;
    }
    check_whole(file);
    Writer writer = Writer::open(file, {}).value();
    CHECK(writer.commit({turn_of(1'000'000)}, at()).value().head == told + 10);
}

TEST_CASE("a database whose creation is killed is created by the next start") {
    support::TempDir directory;
    for (int round = 0; round < 10; ++round) {
        const auto file = directory / ("wirewatch" + std::to_string(round) + ".db");
        Child child{[&](auto say) { return say() && Writer::open(file, {}) ? 0 : 1; }};
        REQUIRE(child.heard());
        child.kill();
        auto writer = Writer::open(file, {});
        REQUIRE(writer);
        CHECK(writer->commit({turn_of(round)}, at()).value().head == 10);
    }
}

TEST_CASE("a creation that was cut off before its journal went is rolled back and made again") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    REQUIRE(Writer::open(file, {}));
    // SQLite's rollback journal: magic, no pages to restore, and a file of no pages as it was
    // before. Source: SQLite file format, section 3.
    std::string journal{"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7\0\0\0\0nonc\0\0\0\0\0\0\x10\0\0\0\x10\0",
                        28};
    journal.resize(8192);
    directory.write("wirewatch.db-journal", journal);

    auto writer = Writer::open(file, {});
    REQUIRE(writer);
    CHECK_FALSE(std::filesystem::exists(directory / "wirewatch.db-journal"));
    CHECK(writer->commit({turn_of(0)}, at()).value().head == 10);
}

TEST_CASE("a full disk refuses the commit whole, and the same commit goes in when there is room") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    Child child{[&](auto) {
        auto writer = Writer::open(file, {});
        if (!writer || !writer->commit({turn_of(0)}, at())) {
            return 2;
        }
        // The kernel refuses to let a file grow past this; that comes as an error, not a signal.
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit limit{};
        getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = 400'000;
        setrlimit(RLIMIT_FSIZE, &limit);
        int next = 1;
        while (next < 100 && writer->commit({turn_of(next)}, at())) {
            ++next;
        }
        const auto refused = writer->commit({turn_of(next)}, at());
        if (refused || refused.error().code != Errc::disk_full) {
            return 3;
        }
        const auto log = AlertLog::open(file);
        if (!log ||
            log->after(0, 500).value().messages.size() != static_cast<std::size_t>(next) * 10) {
            return 4;
        }
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_FSIZE, &limit);
        const auto done = writer->commit({turn_of(next)}, at());
        return done && done->new_alerts == 10 ? 0 : 5;
    }};
    CHECK(child.wait() == 0);
    check_whole(file);
}

TEST_CASE("a full disk while a database is created leaves no file behind") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    Child child{[&](auto) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{.rlim_cur = 10'000, .rlim_max = 10'000};
        setrlimit(RLIMIT_FSIZE, &limit);
        const auto writer = Writer::open(file, {});
        return !writer && writer.error().code == Errc::disk_full ? 0 : 1;
    }};
    CHECK(child.wait() == 0);
    CHECK_FALSE(std::filesystem::exists(file));
}

}  // namespace wirewatch::history
