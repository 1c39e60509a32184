// SPDX-License-Identifier: MIT
#include "publishers/cursor.hpp"

#include "support/temp_dir.hpp"

#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include <sys/stat.h>

namespace wirewatch::publishers {

namespace {

std::string text_of(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

TEST_CASE("a cursor is read back as it was saved") {
    const support::TempDir directory;
    const std::string file = directory / "cursor";
    CHECK(load_cursor(file)->has_value() == false);
    REQUIRE(save_cursor(file, {"00ff00ff12345678", 18'446'744'073'709'551'615u}));
    CHECK(text_of(file) == "wirewatch-cursor 1 00ff00ff12345678 18446744073709551615\n");
    const auto cursor = load_cursor(file);
    REQUIRE(cursor);
    REQUIRE(*cursor);
    CHECK((*cursor)->epoch == "00ff00ff12345678");
    CHECK((*cursor)->seq == 18'446'744'073'709'551'615u);
}

TEST_CASE("a cursor without an epoch is saved too") {
    const support::TempDir directory;
    const std::string file = directory / "cursor";
    REQUIRE(save_cursor(file, {"", 5}));
    CHECK((**load_cursor(file)).epoch.empty());
    CHECK((**load_cursor(file)).seq == 5);
}

TEST_CASE("a cursor fits the filter that it was kept with, and narrower ones") {
    using Topics = std::vector<std::string>;
    const auto [kept, wanted, fits] = GENERATE(table<Topics, Topics, bool>({
        {{"alert/"}, {"alert/"}, true},
        {{"alert/"}, {"alert/gas/", "alert/oil/"}, true},
        {{"alert/", "sys/feed/"}, {"alert/"}, true},
        {{"alert/gas/", "alert/oil/"}, {"alert/oil/"}, true},
        {{}, {"alert/"}, true},
        {{"alert/gas/"}, {}, true},
        {{"alert/"}, {"alert/", "sys/feed/"}, false},
        {{"alert/gas/"}, {"alert/"}, false},
        {{"alert/gas/"}, {"alert/gas/", "alert/oil/"}, false},
        {{"alert/gas/"}, {"alert/gas-2/"}, false},
    }));
    CAPTURE(kept, wanted);
    const support::TempDir directory;
    const std::string file = directory / "cursor";
    REQUIRE(save_cursor(file, {"00ff00ff12345678", 5}, kept));
    const auto loaded = load_cursor(file, wanted);
    CHECK(loaded.has_value() == fits);
    if (!loaded) {
        CHECK(loaded.error().code == Errc::invalid);
        CHECK_THAT(loaded.error().text, Catch::Contains("has passed messages of " + wanted.back()));
    }
}

TEST_CASE("a filter stands in the second line, unless it is very long") {
    const support::TempDir directory;
    const std::string file = directory / "cursor";
    REQUIRE(save_cursor(file, {"00ff00ff12345678", 5}, {"alert/gas/", "sys/feed/"}));
    CHECK(text_of(file) == "wirewatch-cursor 1 00ff00ff12345678 5\ntopics alert/gas/ sys/feed/\n");
    REQUIRE(save_cursor(file, {"00ff00ff12345678", 6},
                        std::vector<std::string>(1000, "alert/" + std::string(64, 'x') + "/")));
    CHECK(text_of(file) == "wirewatch-cursor 1 00ff00ff12345678 6\n");
    CHECK(load_cursor(file, {"alert/"}));
}

TEST_CASE("saving replaces the former cursor and leaves nothing beside it") {
    const support::TempDir directory;
    const std::string file = directory / "cursor";
    REQUIRE(save_cursor(file, {"00ff00ff12345678", 1}));
    REQUIRE(save_cursor(file, {"00ff00ff12345678", 2}));
    CHECK((**load_cursor(file)).seq == 2);
    const std::filesystem::directory_iterator files{directory.path()};
    CHECK(std::distance(begin(files), end(files)) == 1);
}

TEST_CASE("what is left of a crash beside the cursor does no harm") {
    const support::TempDir directory;
    const std::string file = directory / "cursor";
    REQUIRE(save_cursor(file, {"00ff00ff12345678", 1}));
    directory.write("cursor.new", "wirewatch-cur");
    CHECK((**load_cursor(file)).seq == 1);
    REQUIRE(save_cursor(file, {"00ff00ff12345678", 2}));
    CHECK((**load_cursor(file)).seq == 2);
}

TEST_CASE("a file that is no cursor is refused and stays as it is") {
    const std::string text = GENERATE(
        as<std::string>{}, "", "\n", "notes of mine\n", "wirewatch-cursor 1",
        "wirewatch-cursor 1 00ff00ff12345678 5", "wirewatch-cursor 1 00ff00ff12345678\n",
        "wirewatch-cursor 2 00ff00ff12345678 5\n", "wirewatch-cursor 1 epoch 5\n",
        "wirewatch-cursor 1 00ff00ff12345678 -5\n", "wirewatch-cursor 1 00ff00ff12345678 5 \n",
        "wirewatch-cursor 1 00ff00ff12345678 18446744073709551616\n",
        "wirewatch-cursor 1 00ff00ff12345678 5\nmore\n",
        "wirewatch-cursor 1 00ff00ff12345678 5\ntopics \n",
        "wirewatch-cursor 1 00ff00ff12345678 5\ntopics alert/",
        "wirewatch-cursor 1 00ff00ff12345678 5\ntopics alert\n",
        "wirewatch-cursor 1 00ff00ff12345678 5\ntopics alert/  alert/\n",
        "wirewatch-cursor 1 00ff00ff12345678 5\ntopics alert/\nmore\n",
        "wirewatch-cursor 1 00ff00ff12345678 5\ntopics " + std::string(66'000, 'x') + "/\n",
        std::string(10'000, '5'));
    CAPTURE(text);
    const support::TempDir directory;
    const std::string file = directory.write("file", text);
    const auto loaded = load_cursor(file);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().code == Errc::invalid);
    CHECK_FALSE(save_cursor(file, {"00ff00ff12345678", 1}));
    CHECK(text_of(file) == text);
}

TEST_CASE("a directory, a pipe and a missing directory are refused in words") {
    const support::TempDir directory;
    CHECK(load_cursor(directory.path()).error().code == Errc::invalid);
    CHECK(save_cursor(directory.path(), {}).error().code == Errc::invalid);
    const std::string pipe = directory / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(load_cursor(pipe).error().code == Errc::invalid);
    const auto saved = save_cursor(directory / "no/such/cursor", {});
    REQUIRE_FALSE(saved);
    CHECK(saved.error().code == Errc::io);
    CHECK_THAT(saved.error().text, Catch::Contains("No such file or directory"));
}

}  // namespace wirewatch::publishers
