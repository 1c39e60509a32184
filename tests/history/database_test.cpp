// SPDX-License-Identifier: MIT
#include "history/database.hpp"

#include "history/alert_log.hpp"
#include "history/child.hpp"
#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "history/statement.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <set>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;
namespace fs = std::filesystem;

namespace {

std::string bytes_of(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::set<std::string> names_in(const fs::path& directory) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator{directory}) {
        names.insert(entry.path().filename());
    }
    return names;
}

void make_ours(const fs::path& file) {
    Writer writer = Writer::open(file, {}).value();
    REQUIRE(writer.commit({turn({matched(article("a"))})}, at()));
}

void not_sqlite(const fs::path& file) {
    std::ofstream{file} << std::string(5000, 'x');
}

void header_cut_short(const fs::path& file) {
    make_ours(file);
    fs::resize_file(file, 50);
}

void pages_cut_off(const fs::path& file) {
    make_ours(file);
    fs::resize_file(file, fs::file_size(file) / 2);
}

void first_page_overwritten(const fs::path& file) {
    make_ours(file);
    std::fstream out{file, std::ios::in | std::ios::out | std::ios::binary};
    out.seekp(100);
    out << std::string(3000, 'x');
}

void of_another_program(const fs::path& file) {
    Sql{file}("PRAGMA application_id = 1; CREATE TABLE meta (epoch, head)");
}

void of_an_unnamed_program(const fs::path& file) {
    Sql{file}("PRAGMA journal_mode = WAL; CREATE TABLE meta (epoch, head)");
}

void of_a_newer_wirewatch(const fs::path& file) {
    make_ours(file);
    Sql{file}("PRAGMA user_version = 99");
}

/// Its daemon was killed before the new version got from the log into the file.
void of_a_newer_wirewatch_in_its_log(const fs::path& file) {
    make_ours(file);
    const Sql sql{file};
    sqlite3_db_config(sql.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sql("PRAGMA user_version = 99");
}

bool may_read(const fs::path& file) {
    const auto reader = Reader::open(file);
    return reader && reader->totals(at()).value().articles == 1;
}

/// Runs `work` as a user who owns nothing here, where the tests run as one who may do everything.
template <class Work>
int as_a_stranger(Work work) {
    Child child{[&](auto) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
            return 100;
        }
        return work() ? 0 : 1;
    }};
    return child.wait();
}

}  // namespace

TEST_CASE("a file that is not ours to read is refused and left byte for byte") {
    const auto [name, make] = GENERATE(table<const char*, void (*)(const fs::path&)>({
        {"not SQLite", not_sqlite},
        {"header cut short", header_cut_short},
        {"pages cut off", pages_cut_off},
        {"first page overwritten", first_page_overwritten},
        {"of another program", of_another_program},
        {"of an unnamed program", of_an_unnamed_program},
        {"of a newer wirewatch", of_a_newer_wirewatch},
        {"of a newer wirewatch, in its log", of_a_newer_wirewatch_in_its_log},
    }));
    const auto access = GENERATE(Access::read, Access::write);
    CAPTURE(name, access);
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    const auto log = directory / "wirewatch.db-wal";
    make(file);
    const std::string before = bytes_of(file);
    const std::string log_before = bytes_of(log);
    REQUIRE_FALSE(before.empty());

    const auto refused = Database::open(file, access);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::bad_database);
    CHECK_THAT(refused.error().text, Catch::Contains(file.string()));
    CHECK(bytes_of(file) == before);
    CHECK(bytes_of(log) == log_before);
}

TEST_CASE("what is a stranger's gets no files beside it") {
    const auto make = GENERATE(&not_sqlite, &header_cut_short, &of_an_unnamed_program,
                               &of_another_program, &of_a_newer_wirewatch);
    const auto access = GENERATE(Access::read, Access::write);
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    make(file);
    const auto before = names_in(directory.path());
    CHECK_FALSE(Database::open(file, access));
    CHECK(names_in(directory.path()) == before);
}

TEST_CASE("a folder gets no lock beside it") {
    support::TempDir directory;
    fs::create_directory(directory / "wirewatch.db");
    CHECK_FALSE(Database::open(directory / "wirewatch.db", Access::write));
    CHECK(names_in(directory.path()) == std::set<std::string>{"wirewatch.db"});
}

TEST_CASE("what cannot be a database file is told in words") {
    support::TempDir directory;
    directory.write("file", "x");
    fs::create_directory(directory / "folder");
    REQUIRE(mkfifo((directory / "fifo").c_str(), 0600) == 0);
    const auto [name, access, code, words] =
        GENERATE(table<const char*, Access, Errc, const char*>({
            {"none", Access::read, Errc::not_found, "no such database"},
            {":memory:", Access::read, Errc::not_found, "no such database"},
            {"missing/wirewatch.db", Access::read, Errc::not_found, "no such database"},
            {"missing/wirewatch.db", Access::write, Errc::io, "missing: no such directory"},
            {"file/wirewatch.db", Access::read, Errc::io, "Not a directory"},
            {"file/wirewatch.db", Access::write, Errc::io, "file: no such directory"},
            {"folder", Access::read, Errc::io, "no regular file"},
            {"folder", Access::write, Errc::io, "no regular file"},
            {"fifo", Access::read, Errc::io, "no regular file"},
            {"fifo", Access::write, Errc::io, "no regular file"},
            {"/proc/wirewatch.db", Access::write, Errc::io, "must be writable"},
        }));
    CAPTURE(name, access);
    const auto refused = Database::open(directory.path() / name, access);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == code);
    CHECK_THAT(refused.error().text, Catch::Contains(words));
}

TEST_CASE("an empty file becomes a database for the writer, and is none yet for a reader") {
    support::TempDir directory;
    const auto file = directory.write("wirewatch.db", "");
    const auto reader = Database::open(file, Access::read);
    REQUIRE_FALSE(reader);
    CHECK(reader.error().code == Errc::not_found);
    CHECK(Database::open(file, Access::write));
    CHECK(Database::open(file, Access::read));
}

TEST_CASE("a new database is for its owner's eyes only") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    const Writer writer = Writer::open(file, {}).value();
    for (const std::string& name : names_in(directory.path())) {
        CAPTURE(name);
        CHECK((fs::status(directory / name).permissions() & fs::perms::all) ==
              (fs::perms::owner_read | fs::perms::owner_write));
    }
}

TEST_CASE("the writer keeps its promises to the disk") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    const auto database = Database::open(file, Access::write).value();
    CHECK(pragma(database.handle(), "synchronous") == 2);
    CHECK(pragma(database.handle(), "foreign_keys") == 1);
    CHECK(Sql{file}("PRAGMA journal_mode") == "wal");
}

TEST_CASE("a reader can write nothing") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    make_ours(file);
    const auto database = Database::open(file, Access::read).value();
    CHECK_FALSE(execute(database.handle(), "DELETE FROM outbox"));
    CHECK_FALSE(execute(database.handle(), "CREATE TABLE x (a)"));
}

TEST_CASE("another program that writes at the moment is told as busy, not as damage") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    const auto database = Database::open(file, Access::write).value();
    sqlite3_busy_timeout(database.handle(), 0);
    const Sql other{file};
    other("BEGIN IMMEDIATE");
    Statements statements{database.handle()};
    const auto refused = Transaction::write(statements);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::busy);
    CHECK_THAT(refused.error().text, Catch::Contains("held by another process"));
    other("ROLLBACK");
    CHECK(Transaction::write(statements));
}

TEST_CASE("readers that come and go in the writer's process leave it its lock on the file") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();
    REQUIRE(writer.commit({turn({matched(article("a"))})}, at()));
    CHECK(may_read(file));
    CHECK(may_read(file));
    // A process loses all its locks on a file when it closes any descriptor of it. Without the lock
    // another program may think that it is alone, and remove the write-ahead log at its end.
    Child other{[&](auto) {
        const int descriptor = ::open(file.c_str(), O_RDWR);
        struct flock lock {};
        lock.l_type = F_WRLCK;
        lock.l_whence = SEEK_SET;
        lock.l_start = 0x40000002;  // SQLite's shared lock: os.h, SHARED_FIRST and SHARED_SIZE
        lock.l_len = 510;
        return fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_type == F_RDLCK ? 0 : 1;
    }};
    CHECK(other.wait() == 0);
}

TEST_CASE("readers see each commit while the writer goes on, and neither waits for the other") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();
    const auto log = AlertLog::open(file).value();
    const auto reader = Reader::open(file).value();
    const auto old_view = Database::open(file, Access::read).value();
    REQUIRE(execute(old_view.handle(), "BEGIN; SELECT head FROM meta"));
    for (int i = 1; i <= 3; ++i) {
        REQUIRE(writer.commit({turn({matched(article(std::to_string(i)))})}, at()));
        CHECK(log.head().value() == static_cast<std::uint64_t>(i));
        CHECK(reader.totals(at()).value().articles == static_cast<std::size_t>(i));
    }
    CHECK(pragma(old_view.handle(), "query_only") == 1);
    Statements statements{old_view.handle()};
    Query head{statements, "SELECT head FROM meta"};
    REQUIRE(head.next());
    CHECK(head.integer(0) == 0);
}

TEST_CASE("the log stays short while readers overlap without a pause") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();
    std::atomic<bool> ended{false};
    std::atomic<int> reads{0};
    std::vector<std::jthread> readers;
    for (int i = 0; i < 2; ++i) {
        readers.emplace_back([&] {
            const auto view = Database::open(file, Access::read).value();
            Statements statements{view.handle()};
            while (!ended) {
                const auto transaction = Transaction::read(statements).value();
                for (int row = 0; row < 50; ++row) {
                    Query count{statements, "SELECT count(*) FROM articles"};
                    reads += count.next() ? 1 : 0;
                }
            }
        });
    }
    std::uintmax_t longest = 0;
    for (int i = 0; i < 300; ++i) {
        Article large = article(std::to_string(i));
        large.content = std::string(300'000, '.') + std::to_string(i);  // nothing to index
        REQUIRE(writer.commit({turn({matched(std::move(large))})}, at(i)));
        longest = std::max(longest, std::filesystem::file_size(directory / "wirewatch.db-wal"));
    }
    ended = true;
    readers.clear();
    CHECK(reads > 0);
    CHECK(longest < 64u << 20);
    CHECK(std::filesystem::file_size(file) > 80u << 20);
}

TEST_CASE("the last reader to go leaves the write-ahead log to the writer") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    Child child{[&](auto say) {
        auto writer = Writer::open(file, {});
        return writer && writer->commit({turn({matched(article("a"))})}, at()) && say() &&
                       pause() == 0
                   ? 0
                   : 1;
    }};
    REQUIRE(child.heard());
    child.kill();
    const std::string log_before = bytes_of(directory / "wirewatch.db-wal");
    const std::string file_before = bytes_of(file);
    REQUIRE_FALSE(log_before.empty());
    CHECK(may_read(file));
    CHECK(bytes_of(directory / "wirewatch.db-wal") == log_before);
    CHECK(bytes_of(file) == file_before);
}

TEST_CASE("at the end everything stands in the one file") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    {
        Writer writer = Writer::open(file, {}).value();
        REQUIRE(writer.commit({turn({matched(article("a"))})}, at()));
        CHECK_FALSE(bytes_of(directory / "wirewatch.db-wal").empty());
    }
    CHECK(names_in(directory.path()) == std::set<std::string>{"wirewatch.db", "wirewatch.db.lock"});
}

TEST_CASE("a reader who may not write the directory reads while the daemon runs and after") {
    support::TempDir directory;
    const auto folder = directory / "odd #name? 100%";
    fs::create_directory(folder);
    const auto file = folder / "wirewatch.db";
    make_ours(file);
    const auto readable = [&] {
        for (const std::string& name : names_in(folder)) {
            fs::permissions(folder / name, fs::perms{0444});
        }
        fs::permissions(file, fs::perms{0444});
        fs::permissions(folder, fs::perms{0555});
        fs::permissions(directory.path(), fs::perms{0755});
    };
    SECTION("after it ended") {
        readable();
        CHECK(as_a_stranger([&] { return may_read(file); }) == 0);
    }
    SECTION("while it runs") {
        // In a process of its own: a fork of one that has the file open would share its memory.
        Child daemon{[&](auto say) {
            auto writer = Writer::open(file, {});
            return writer && say() && pause() == 0 ? 0 : 1;
        }};
        REQUIRE(daemon.heard());
        readable();
        CHECK(as_a_stranger([&] { return may_read(file); }) == 0);
    }
    fs::permissions(folder, fs::perms{0755});
}

TEST_CASE("a database that may not be read is told in words") {
    support::TempDir directory;
    const auto file = directory / "wirewatch.db";
    make_ours(file);
    fs::permissions(directory.path(), fs::perms{0755});
    fs::permissions(file, fs::perms{0000});
    CHECK(as_a_stranger([&] {
              const auto refused = Reader::open(file);
              return !refused && refused.error().code == Errc::io &&
                     refused.error().text.find("Permission denied") != std::string::npos;
          }) == 0);
}

}  // namespace wirewatch::history
