// SPDX-License-Identifier: MIT
#include "feeds/open_beneath.hpp"
#include "support/temp_dir.hpp"

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <catch2/catch.hpp>

using namespace wirewatch::feeds;
using wirewatch::support::TempDir;

namespace fs = std::filesystem;

namespace {

void write(const fs::path& file) {
    std::ofstream{file} << file.filename().string();
}

/// What an opened file holds, "(directory)", or the error.
std::string outcome(int descriptor) {
    const int why = errno;
    const File file{descriptor};
    if (!file.open()) {
        return "errno " + std::to_string(why);
    }
    struct stat info {};
    REQUIRE(fstat(descriptor, &info) == 0);
    if (S_ISDIR(info.st_mode)) {
        return "(directory)";
    }
    std::array<char, 64> bytes{};
    const auto size = read(descriptor, bytes.data(), bytes.size());
    REQUIRE(size >= 0);
    return {bytes.data(), static_cast<std::size_t>(size)};
}

/// outside/secret, and beside it root/ with files, directories and links of all kinds.
struct Tree {
    TempDir directory;
    fs::path root = directory.path() / "root";
    File opened{-1};

    Tree() : opened{make()} {}

    int make() const {
        fs::create_directories(root / "a/b");
        fs::create_directories(directory.path() / "outside");
        write(directory.path() / "outside/secret");
        write(root / "file");
        write(root / "a/b/deep");
        fs::create_symlink("file", root / "to-file");
        fs::create_symlink("a/b", root / "to-b");
        fs::create_symlink("../../file", root / "a/b/up");
        fs::create_symlink("../../../outside/secret", root / "a/b/out");
        fs::create_symlink("../outside", root / "out");
        fs::create_symlink(root / "file", root / "absolute");
        fs::create_symlink("loop", root / "loop");
        fs::create_symlink("nowhere", root / "nowhere-to");
        fs::create_symlink(".", root / "self");
        fs::create_symlink("file/", root / "file-as-directory");
        return ::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    }

    std::string kernel(const std::string& path) const {
        return outcome(open_beneath(opened.descriptor(), path, O_RDONLY));
    }
    std::string walked(const std::string& path) const {
        return outcome(walk_beneath(opened.descriptor(), path, O_RDONLY));
    }
};

}  // namespace

TEST_CASE("walking opens what the kernel opens, and refuses what it refuses", "[open_beneath]") {
    const Tree tree;
    for (const std::string path : {".",
                                   "file",
                                   "./file",
                                   "a",
                                   "a/",
                                   "a//b",
                                   "a/b/deep",
                                   "a/../file",
                                   "a/b/../../file",
                                   "to-file",
                                   "to-b",
                                   "to-b/deep",
                                   "a/b/up",
                                   "to-b/up",
                                   "a/b/out",
                                   "out",
                                   "out/secret",
                                   "..",
                                   "../outside/secret",
                                   "a/../../outside/secret",
                                   "absolute",
                                   "/etc/passwd",
                                   "loop",
                                   "none",
                                   "a/none",
                                   "none/..",
                                   "file/..",
                                   "file/x",
                                   "file/",
                                   "file-as-directory",
                                   "nowhere-to",
                                   "self/self/file",
                                   "to-b/../b/deep",
                                   "self/../outside/secret"}) {
        CAPTURE(path);
        CHECK(tree.walked(path) == tree.kernel(path));
    }
}

TEST_CASE("what is below a root is read, and nothing else", "[open_beneath]") {
    const Tree tree;
    const auto outcome_of = GENERATE(&Tree::kernel, &Tree::walked);
    const auto opens = [&](const std::string& path) { return (tree.*outcome_of)(path); };
    const auto error = [](int why) { return "errno " + std::to_string(why); };
    CHECK(opens("file") == "file");
    CHECK(opens("to-b/deep") == "deep");
    CHECK(opens("a/b/up") == "file");
    CHECK(opens("a") == "(directory)");
    CHECK(opens("out/secret") == error(EXDEV));
    CHECK(opens("a/b/out") == error(EXDEV));
    CHECK(opens("absolute") == error(EXDEV));
    CHECK(opens("..") == error(EXDEV));
    CHECK(opens("loop") == error(ELOOP));
    CHECK(opens("none") == error(ENOENT));
    CHECK(opens("file/x") == error(ENOTDIR));
}
