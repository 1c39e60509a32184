// SPDX-License-Identifier: MIT
// Watched files: real ones, a clock moved by hand.
#include "daemon/file_watch.hpp"

#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <poll.h>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

using Ids = std::vector<std::string>;

class Bench {
  public:
    Bench() { fs::create_directory(root()); }

    /// Watches them, and takes what is told at the beginning.
    void watch(const std::vector<std::string>& names) {
        std::vector<WatchedSource> sources;
        for (const std::string& name : names) {
            sources.push_back(
                {.feed_id = name, .root = root(), .path = name == "." ? root() : root() / name});
        }
        watch_.watch(std::move(sources));
        CHECK(settled().size() == names.size());
    }

    fs::path write(const std::string& name) const {
        return directory_.write("root/" + name, "<rss/>");
    }

    /// What is told once things have been quiet for long enough.
    Ids settled() {
        Ids ids = watch_.changed();
        CHECK(ids.empty());
        clock_.advance(100ms);
        ids = watch_.changed();
        std::sort(ids.begin(), ids.end());
        return ids;
    }

    [[nodiscard]] bool ready() const {
        pollfd item{.fd = watch_.fd(), .events = POLLIN, .revents = 0};
        return ::poll(&item, 1, 0) > 0;
    }

    [[nodiscard]] fs::path root() const { return directory_ / "root"; }

    support::TempDir directory_;
    support::ManualClock clock_;
    FileWatch watch_{clock_};
};

}  // namespace

TEST_CASE("a file that is written or renamed into place is told, others are not") {
    Bench bench;
    bench.write("a.xml");
    bench.watch({"a.xml", "b.xml"});
    CHECK_FALSE(bench.watch_.deadline());
    bench.write("a.xml");
    CHECK(bench.ready());
    CHECK(bench.settled() == Ids{"a.xml"});
    bench.write("c.xml");
    CHECK(bench.settled().empty());
    fs::rename(bench.root() / "c.xml", bench.root() / "b.xml");
    CHECK(bench.settled() == Ids{"b.xml"});
    fs::remove(bench.root() / "a.xml");
    CHECK(bench.settled() == Ids{"a.xml"});
}

TEST_CASE("all are told once at the beginning, and not again for the same sources") {
    Bench bench;
    const std::vector<WatchedSource> sources{
        {.feed_id = "a", .root = bench.root(), .path = bench.root() / "a.xml"}};
    bench.watch_.watch(sources);
    CHECK(bench.settled() == Ids{"a"});
    bench.watch_.watch(sources);
    CHECK(bench.settled().empty());
    bench.watch_.watch({});
    CHECK(bench.watch_.fd() == -1);
    CHECK(bench.settled().empty());
}

TEST_CASE("a file that is still open is not told before it is closed") {
    Bench bench;
    bench.watch({"a.xml", "."});
    std::ofstream file{bench.root() / "a.xml"};
    file << "<rss>" << std::flush;
    CHECK(bench.settled().empty());
    file << "</rss>";
    file.close();
    CHECK(bench.settled() == Ids{".", "a.xml"});
}

TEST_CASE("a link to a file that is whole already is told") {
    Bench bench;
    bench.write("store.txt");
    bench.watch({"a.xml", "b.xml"});
    fs::create_hard_link(bench.root() / "store.txt", bench.root() / "a.xml");
    fs::create_symlink("store.txt", bench.root() / "b.xml");
    CHECK(bench.settled() == Ids{"a.xml", "b.xml"});
}

TEST_CASE("several changes are told once: when it is quiet, but not later than half a second") {
    Bench bench;
    bench.watch({"a.xml"});
    const Ticks begin = bench.clock_.ticks();
    Ids told;
    while (told.empty() && bench.clock_.ticks() < begin + 5s) {
        bench.write("a.xml");
        told = bench.watch_.changed();
        if (told.empty()) {
            REQUIRE(bench.watch_.deadline());
            bench.clock_.advance(90ms);
        }
    }
    CHECK(told == Ids{"a.xml"});
    CHECK(bench.clock_.ticks() - begin >= 500ms);
    CHECK(bench.clock_.ticks() - begin < 600ms);
}

TEST_CASE(
    "of a directory, its documents are told; other files, hidden and temporary ones are not") {
    Bench bench;
    bench.watch({"."});
    bench.write(".a.xml.tmp");
    bench.write("notes.txt");
    CHECK(bench.settled().empty());
    fs::rename(bench.root() / ".a.xml.tmp", bench.root() / "a.xml");
    CHECK(bench.settled() == Ids{"."});
    bench.write("b.json");
    CHECK(bench.settled() == Ids{"."});
    fs::remove(bench.root() / "a.xml");
    CHECK(bench.settled() == Ids{"."});
}

TEST_CASE("files and directories that come later are seen") {
    Bench bench;
    bench.watch({"x/y/a.xml", "x/z"});
    fs::create_directory(bench.root() / "x");
    CHECK_FALSE(bench.settled().empty());
    fs::create_directory(bench.root() / "x/y");
    fs::create_directory(bench.root() / "x/z");
    CHECK_FALSE(bench.settled().empty());
    bench.write("x/y/a.xml");
    CHECK(bench.settled() == Ids{"x/y/a.xml"});
    bench.write("x/z/b.xml");
    CHECK(bench.settled() == Ids{"x/z"});
}

TEST_CASE("what was written into a new directory before it could be watched is told all the same") {
    Bench bench;
    bench.watch({"x/y/a.xml"});
    bench.write("x/y/a.xml");
    CHECK(bench.settled() == Ids{"x/y/a.xml"});
    bench.write("x/y/a.xml");
    CHECK(bench.settled() == Ids{"x/y/a.xml"});
}

TEST_CASE("a directory that is replaced is watched on, the former one no more") {
    Bench bench;
    bench.write("d/a.xml");
    bench.watch({"d"});
    fs::rename(bench.root() / "d", bench.root() / "old");
    CHECK(bench.settled() == Ids{"d"});
    bench.write("new/a.xml");
    fs::rename(bench.root() / "new", bench.root() / "d");
    CHECK(bench.settled() == Ids{"d"});
    bench.write("old/a.xml");
    CHECK(bench.settled().empty());
    bench.write("d/a.xml");
    CHECK(bench.settled() == Ids{"d"});
    fs::remove_all(bench.root() / "d");
    CHECK(bench.settled() == Ids{"d"});
    bench.write("d/a.xml");
    CHECK(bench.settled() == Ids{"d"});
}

TEST_CASE("a link to a directory may be moved to another") {
    Bench bench;
    bench.write("one/a.xml");
    bench.write("two/a.xml");
    fs::create_directory_symlink("one", bench.root() / "current");
    bench.watch({"current"});
    fs::create_directory_symlink("two", bench.root() / "next");
    fs::rename(bench.root() / "next", bench.root() / "current");
    CHECK(bench.settled() == Ids{"current"});
    bench.write("one/a.xml");
    CHECK(bench.settled().empty());
    bench.write("two/a.xml");
    CHECK(bench.settled() == Ids{"current"});
}

TEST_CASE("a root that comes later, goes and comes again is seen") {
    Bench bench;
    fs::remove_all(bench.root());
    bench.watch({"a.xml", "."});
    bench.write("a.xml");
    CHECK(bench.settled() == Ids{".", "a.xml"});
    // Once it is there, its neighbours are nobody's business.
    bench.directory_.write("beside.xml", "");
    CHECK_FALSE(bench.ready());
    fs::remove_all(bench.root());
    CHECK(bench.settled() == Ids{".", "a.xml"});
    bench.write("a.xml");
    CHECK(bench.settled() == Ids{".", "a.xml"});
}

TEST_CASE("more events than the system keeps are no reason to miss one") {
    Bench bench;
    bench.watch({"."});
    std::ifstream limit_file{"/proc/sys/fs/inotify/max_queued_events"};
    int limit = 0;
    limit_file >> limit;
    if (limit == 0 || limit > 20'000) {
        WARN("skipped: the queue is too long to fill");
        return;
    }
    for (int i = 0; i < limit / 2 + 100; ++i) {
        // Different each time: equal ones in a row are joined.
        const auto name = bench.root() / ("a" + std::to_string(i % 2) + ".txt");
        std::ofstream{name} << i;
        fs::remove(name);
    }
    bench.write("late.xml");
    Ids told;
    for (int turn = 0; turn < 10'000 && (bench.ready() || bench.watch_.deadline()); ++turn) {
        for (const std::string& id : bench.watch_.changed()) {
            told.push_back(id);
        }
        bench.clock_.advance(10ms);
    }
    CHECK_FALSE(told.empty());
}
