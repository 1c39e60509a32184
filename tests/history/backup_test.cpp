// SPDX-License-Identifier: MIT
#include "history/backup.hpp"

#include "history/alert_log.hpp"
#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <utility>

#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::history {

using namespace samples;
using namespace std::chrono_literals;

namespace fs = std::filesystem;

namespace {

struct Fixture {
    support::TempDir directory;
    fs::path file = directory / "wirewatch.db";
    std::optional<Writer> writer = Writer::open(file, {}).value();

    void store(const std::string& name, int minute = 0) {
        REQUIRE(writer->commit({turn({matched(article(name))})}, at(minute)));
    }
};

std::size_t articles_in(const fs::path& file) {
    return Reader::open(file).value().totals(at()).value().articles;
}

std::string epoch_of(const fs::path& file) {
    return AlertLog::open(file).value().epoch();
}

std::vector<std::string> names_in(const fs::path& directory) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{directory}) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

TEST_CASE("a backup holds what was committed before it, while the writer goes on") {
    Fixture history;
    history.store("a");
    const fs::path copy = history.directory / "copy.db";
    REQUIRE(back_up(history.file, copy));
    history.store("b");
    CHECK(articles_in(copy) == 1);
    CHECK(articles_in(history.file) == 2);
    CHECK(epoch_of(copy) == epoch_of(history.file));
    struct stat status {};
    REQUIRE(::stat(copy.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a backup replaces no file and leaves no draft behind") {
    Fixture history;
    const fs::path copy = history.directory / "copy.db";
    std::ofstream{copy} << "mine";
    const auto done = back_up(history.file, copy);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Errc::refused);
    CHECK(fs::file_size(copy) == 4);

    fs::create_symlink("nowhere", history.directory / "link.db");
    CHECK_FALSE(back_up(history.file, history.directory / "link.db"));
    CHECK_FALSE(back_up(history.file, history.directory / "no such" / "copy.db"));
    CHECK(back_up(history.directory / "none.db", history.directory / "x.db").error().code ==
          Errc::not_found);
    for (const std::string& name : names_in(history.directory.path())) {
        CHECK_THAT(name, !Catch::Contains("draft"));
    }
}

TEST_CASE("a restored database is what was backed up, under a new epoch") {
    Fixture history;
    history.store("a");
    const fs::path copy = history.directory / "copy.db";
    REQUIRE(back_up(history.file, copy));
    history.store("b");
    const std::string former = epoch_of(history.file);
    history.writer.reset();

    REQUIRE(restore(copy, history.file));
    CHECK(articles_in(history.file) == 1);
    CHECK(epoch_of(history.file) != former);
    CHECK(articles_in(history.directory / "wirewatch.db.replaced") == 2);
    CHECK(articles_in(copy) == 1);
    CHECK(epoch_of(copy) == former);

    history.writer = Writer::open(history.file, {}).value();
    history.store("c");
    CHECK(articles_in(history.file) == 2);
}

TEST_CASE(
    "a restore takes the commits that only the log of the old database holds out of the way") {
    Fixture history;
    history.store("a");
    const fs::path copy = history.directory / "copy.db";
    REQUIRE(back_up(history.file, copy));
    // As after a kill: the log is there, and the file lacks what is in it.
    history.store("b");
    fs::copy_file(history.file, history.directory / "killed.db");
    fs::copy_file(history.directory / "wirewatch.db-wal", history.directory / "killed.db-wal");
    REQUIRE(restore(copy, history.directory / "killed.db"));
    CHECK(articles_in(history.directory / "killed.db") == 1);
    CHECK(articles_in(history.directory / "killed.db.replaced") == 2);
}

TEST_CASE("a restore is refused while a daemon writes, and changes nothing") {
    Fixture history;
    history.store("a");
    const fs::path copy = history.directory / "copy.db";
    REQUIRE(back_up(history.file, copy));
    const auto done = restore(copy, history.file);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Errc::busy);
    CHECK(articles_in(history.file) == 1);
}

TEST_CASE("a database is not restored from itself, which would only give it another epoch") {
    Fixture history;
    history.store("a");
    history.writer.reset();
    const auto done = restore(history.file, history.file);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Errc::refused);
    CHECK(articles_in(history.file) == 1);
}

TEST_CASE("what is no backup, or no whole one, is not restored") {
    Fixture history;
    for (int i = 0; i < 50; ++i) {
        history.store(std::to_string(i), i);
    }
    const fs::path copy = history.directory / "copy.db";
    REQUIRE(back_up(history.file, copy));
    history.writer.reset();
    std::string words;
    SECTION("another file") {
        std::ofstream{copy, std::ios::trunc} << std::string(10'000, 'x');
        words = "copy.db";
    }
    SECTION("cut off") {
        fs::resize_file(copy, fs::file_size(copy) / 2);
        words = "copy.db";
    }
    SECTION("damaged inside") {
        std::fstream file{copy, std::ios::in | std::ios::out | std::ios::binary};
        for (std::streamoff page = 4; page < 30; ++page) {
            file.seekp(page * 4096 + 2);
            file << std::string(64, '\x7F');
        }
        file.close();
        words = "copy.db";
    }
    const auto done = restore(copy, history.file);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == Errc::bad_database);
    CHECK_THAT(done.error().text, Catch::Contains(words));
    CHECK(articles_in(history.file) == 50);
    CHECK_FALSE(fs::exists(history.directory / "wirewatch.db.replaced"));
    CHECK(restore(history.directory / "none.db", history.file).error().code == Errc::not_found);
}

TEST_CASE("a database can be restored where there is none yet") {
    Fixture history;
    history.store("a");
    const fs::path copy = history.directory / "copy.db";
    REQUIRE(back_up(history.file, copy));
    const fs::path elsewhere = history.directory / "new" / "wirewatch.db";
    REQUIRE(restore(copy, elsewhere));
    CHECK(names_in(history.directory / "new") ==
          std::vector<std::string>{"wirewatch.db", "wirewatch.db.lock"});
    CHECK(articles_in(elsewhere) == 1);
}

TEST_CASE("what root restores belongs to whom it belonged before") {
    if (::geteuid() != 0) {
        WARN("skipped: only root can give files away");
        return;
    }
    Fixture history;
    history.store("a");
    const fs::path copy = history.directory / "copy.db";
    REQUIRE(back_up(history.file, copy));
    history.writer.reset();
    const fs::path directory = history.directory / "service";
    const fs::path file = directory / "wirewatch.db";
    constexpr uid_t kUser = 61'184;  // none that is here, as of a service under DynamicUser=
    REQUIRE(fs::create_directory(directory));
    REQUIRE(::chown(directory.c_str(), kUser, kUser + 1) == 0);
    REQUIRE(::chmod(directory.c_str(), 0750) == 0);
    mode_t mode = 0600;
    SECTION("a database") {
        fs::copy_file(history.file, file);
        mode = 0640;
        REQUIRE(::chown(file.c_str(), kUser, kUser + 1) == 0);
        REQUIRE(::chmod(file.c_str(), mode) == 0);
    }
    SECTION("the directory alone") {}
    const auto done = restore(copy, file);
    REQUIRE(done);
    CHECK_FALSE(done->not_given);
    for (const auto& [name, bits] : {std::pair{file, mode},
                                     {directory / "wirewatch.db.lock", mode_t{0600}},
                                     {directory, mode_t{0750}}}) {
        CAPTURE(name);
        struct stat status {};
        REQUIRE(::stat(name.c_str(), &status) == 0);
        CHECK(status.st_uid == kUser);
        CHECK(status.st_gid == kUser + 1);
        CHECK((status.st_mode & 0777) == bits);
    }
}

TEST_CASE("where a restored database cannot be given to its owner, it is there and that is said") {
    if (::geteuid() != 0) {
        WARN("skipped: only root can act as somebody else");
        return;
    }
    Fixture history;
    history.store("a");
    const fs::path copy = history.directory / "copy.db";
    REQUIRE(back_up(history.file, copy));
    const fs::path directory = history.directory / "service";
    REQUIRE(fs::create_directory(directory));
    for (const fs::path& open_to_all : {directory, history.directory.path(), copy}) {
        fs::permissions(open_to_all, fs::perms::all);
    }
    REQUIRE(::seteuid(61'184) == 0);
    const auto done = restore(copy, directory / "wirewatch.db");
    REQUIRE(::seteuid(0) == 0);
    REQUIRE(done);
    REQUIRE(done->not_given);
    CHECK_THAT(done->not_given->text, Catch::Contains("cannot be given to user 0"));
    CHECK(articles_in(directory / "wirewatch.db") == 1);
}

TEST_CASE("of kept backups the newest of each of 24 hours and 7 days stay") {
    std::vector<Instant> newest_first;
    for (int hour = 24 * 30; hour > 0; --hour) {
        newest_first.push_back(at(hour * 60));
    }
    const auto others = superfluous(newest_first);
    // The last 24 hours touch two days, whose newest are among them; five more days follow.
    CHECK(newest_first.size() - others.size() == 24 + 5);
    CHECK(others.front() == 24);
    CHECK(superfluous({at(0)}).empty());
    CHECK(superfluous({at(59), at(50), at(1)}) == std::vector<std::size_t>{1, 2});
    CHECK(superfluous({}).empty());
}

TEST_CASE("backups are kept under their time, and what is superfluous goes") {
    Fixture history;
    history.store("a");
    const fs::path kept = history.directory / "backups";
    for (int i = 0; i < 4; ++i) {
        REQUIRE(keep_backup(history.file, kept, at(i * 20)));
    }
    const auto backups = kept_backups(kept);
    REQUIRE(backups.size() == 2);
    CHECK(backups[0].at == at(60));
    CHECK(backups[1].at == at(40));
    CHECK(backups[0].file.filename() == "wirewatch-20210407T130000Z.db");
    CHECK(articles_in(backups[0].file) == 1);

    const fs::path left = kept / "wirewatch-20210407T120000Z.db.draft-Ab3xYz";
    std::ofstream{left} << "by a daemon that was killed";
    REQUIRE(keep_backup(history.file, kept, at(61)));
    CHECK_FALSE(fs::exists(left));
    std::ofstream{kept / "wirewatch-20210407T1300.db"} << "somebody else's";
    std::ofstream{kept / "wirewatch-20211307T130000Z.db"} << "no date";
    CHECK(kept_backups(kept).size() == 2);
    CHECK(kept_backups(history.directory / "none").empty());
}

}  // namespace wirewatch::history
