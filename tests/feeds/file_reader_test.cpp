// SPDX-License-Identifier: MIT
// Real files, in a directory of the test's own.
#include "feeds/file_reader.hpp"

#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace wirewatch;
using namespace wirewatch::feeds;
namespace fs = std::filesystem;

namespace {

class Tree {
  public:
    Tree() { fs::create_directory(directory_ / "root"); }

    fs::path write(const std::string& name, const std::string& text) const {
        return directory_.write("root/" + name, text);
    }

    [[nodiscard]] Result<Response> read(const std::string& name, const std::string& etag = "",
                                        std::size_t max_bytes = 1000,
                                        std::size_t max_documents = 5) const {
        return read_files({.feed_id = "a", .url = url(name), .etag = etag},
                          {.roots = {root().string()},
                           .max_bytes = max_bytes,
                           .max_documents = max_documents})
            .response;
    }

    [[nodiscard]] std::string url(const std::string& name) const {
        return "file://" + (root() / name).string();
    }
    [[nodiscard]] fs::path root() const { return directory_ / "root"; }
    [[nodiscard]] const support::TempDir& directory() const { return directory_; }

  private:
    support::TempDir directory_;
};

/// The time of a file's last change of any kind cannot be set by hand. One that has been there for
/// long, so that no test has to wait.
const char* const kOldFile = "/etc/passwd";

Errc code_of(const Result<Response>& response) {
    REQUIRE_FALSE(response);
    return response.error().code;
}

}  // namespace

TEST_CASE("a file is the body of a response") {
    const Tree tree;
    tree.write("a b.xml", "<rss/>");
    const auto response = tree.read("a%20b.xml");
    REQUIRE(response);
    CHECK(response->status == 200);
    CHECK(response->body == "<rss/>");
    CHECK(response->final_url == tree.url("a%20b.xml"));
    CHECK_FALSE(response->parts);
}

TEST_CASE("of a directory, every document is a part, by name; other files are none") {
    const Tree tree;
    tree.write("d/b.json", "22");
    tree.write("d/a.xml", "1");
    tree.write("d/.hidden.xml", "x");
    tree.write("d/notes.txt", "x");
    tree.write("d/below/c.xml", "x");
    fs::create_directory(tree.root() / "d/folder.xml");
    REQUIRE(mkfifo((tree.root() / "d/pipe.xml").c_str(), 0600) == 0);
    const auto response = tree.read("d");
    REQUIRE(response);
    CHECK(response->body == "122");
    REQUIRE(response->parts);
    REQUIRE(response->parts->size() == 2);
    CHECK(response->parts->at(0).name == "a.xml");
    CHECK(response->parts->at(0).bytes == 1);
    CHECK(response->parts->at(1).name == "b.json");
    CHECK(response->parts->at(1).bytes == 2);
    CHECK(tree.read("").value().parts->empty());
}

TEST_CASE("what has not changed is not read again") {
    if (!fs::exists(kOldFile)) {
        WARN("skipped: there is no " << kOldFile);
        return;
    }
    const auto read = [](const std::string& etag) {
        return read_files({.url = std::string{"file://"} + kOldFile, .etag = etag},
                          {.roots = {"/etc"}})
            .response.value();
    };
    const Response first = read("");
    CHECK(first.status == 200);
    REQUIRE_FALSE(first.etag.empty());
    const Response second = read(first.etag);
    CHECK(second.status == 304);
    CHECK(second.etag == first.etag);
    CHECK(second.body.empty());
    CHECK(read("\"another\"").status == 200);
}

TEST_CASE("a file that has just changed has no etag, since the next change may look the same") {
    const Tree tree;
    tree.write("a.xml", "1");
    CHECK(tree.read("a.xml").value().etag.empty());
    tree.write("a.xml", "2");
    CHECK(tree.read("a.xml").value().body == "2");
}

TEST_CASE("nothing outside of the roots is read") {
    const Tree tree;
    tree.directory().write("secret.xml", "secret");
    tree.directory().write("root2/a.xml", "secret");
    CHECK(code_of(tree.read("../secret.xml")) == Errc::invalid);
    CHECK(code_of(read_files({.url = "file:///etc/passwd"}, {.roots = {tree.root().string()}})
                      .response) == Errc::refused);
    CHECK(code_of(read_files({.url = "file:///etc/passwd"}, {}).response) == Errc::refused);
    const auto beside = "file://" + (tree.directory() / "root2/a.xml").string();
    CHECK(code_of(read_files({.url = beside}, {.roots = {tree.root().string()}}).response) ==
          Errc::refused);
}

TEST_CASE("a link that leads out of the root is refused, one that stays below is followed") {
    const Tree tree;
    tree.directory().write("secret.xml", "secret");
    tree.write("in/a.xml", "1");
    fs::create_symlink("../secret.xml", tree.root() / "out.xml");
    fs::create_symlink(tree.directory() / "secret.xml", tree.root() / "absolute.xml");
    fs::create_directory_symlink("..", tree.root() / "up");
    fs::create_directory_symlink("in", tree.root() / "current");
    for (const char* name : {"out.xml", "absolute.xml", "up/secret.xml"}) {
        CAPTURE(name);
        const auto response = tree.read(name);
        REQUIRE_FALSE(response);
        CHECK(response.error().code == Errc::refused);
        CHECK_THAT(response.error().text, Catch::Contains("symbolic link"));
    }
    CHECK(tree.read("current/a.xml").value().body == "1");
    const auto all = tree.read("");
    REQUIRE(all);
    REQUIRE(all->parts->size() == 2);
    CHECK(all->body == all->parts->at(0).problem + all->parts->at(1).problem);
    CHECK_THAT(all->parts->at(0).problem, Catch::Contains("symbolic link"));
}

TEST_CASE("pipes and what is not there are said in words, and nobody waits for them") {
    const Tree tree;
    REQUIRE(mkfifo((tree.root() / "pipe.xml").c_str(), 0600) == 0);
    CHECK(code_of(tree.read("pipe.xml")) == Errc::refused);
    CHECK(code_of(tree.read("none.xml")) == Errc::not_found);
    tree.write("a.xml", "1");
    CHECK(code_of(tree.read("a.xml/b.xml")) == Errc::not_found);
    CHECK(code_of(read_files({.url = "file:///none/a.xml"}, {.roots = {"/none"}}).response) ==
          Errc::not_found);
}

TEST_CASE("a file that we may not read says so") {
    if (geteuid() == 0) {
        WARN("skipped: root may read everything");
        return;
    }
    const Tree tree;
    const auto file = tree.write("a.xml", "1");
    fs::permissions(file, fs::perms::none);
    CHECK(code_of(tree.read("a.xml")) == Errc::refused);
    CHECK_THAT(tree.read("").value().parts->at(0).problem, Catch::Contains("may not read"));
}

TEST_CASE("sizes and numbers are bounded") {
    const Tree tree;
    tree.write("d/a.xml", std::string(600, 'a'));
    CHECK(tree.read("d/a.xml", "", 600).value().body.size() == 600);
    CHECK(code_of(tree.read("d/a.xml", "", 599)) == Errc::too_large);
    tree.write("d/b.xml", std::string(600, 'b'));
    CHECK(tree.read("d", "", 1200).value().body.size() == 1200);
    CHECK(code_of(tree.read("d", "", 1199)) == Errc::too_large);
    CHECK(tree.read("d", "", 1200, 2));
    CHECK(code_of(tree.read("d", "", 1200, 1)) == Errc::too_large);
}
