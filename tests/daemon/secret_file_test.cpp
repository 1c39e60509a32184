// SPDX-License-Identifier: MIT
#include "daemon/secret_file.hpp"

#include "support/temp_dir.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>

#include <sys/stat.h>
#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::daemon;
using support::TempDir;

namespace {

namespace fs = std::filesystem;

fs::path write(const TempDir& directory, const std::string& text, fs::perms mode) {
    const fs::path file = directory.write("secret", text);
    fs::permissions(file, mode);
    return file;
}

constexpr fs::perms kOwn = fs::perms::owner_read | fs::perms::owner_write;

}  // namespace

TEST_CASE("a secret is its file without one line break at the end") {
    const TempDir directory;
    const auto [text, secret] = GENERATE(table<std::string, std::string>({
        {"s3cret", "s3cret"},
        {"s3cret\n", "s3cret"},
        {"s3cret\r\n", "s3cret"},
        {" s3 cret ", " s3 cret "},
        {"p\xC3\xA4ss\n", "p\xC3\xA4ss"},
        {std::string(4096, 'x') + "\n", std::string(4096, 'x')},
    }));
    CHECK(read_secret(write(directory, text, kOwn)) == secret);
}

TEST_CASE("its group may read a secret, others may not") {
    const TempDir directory;
    CHECK(read_secret(write(directory, "s", kOwn | fs::perms::group_read)));
    for (const fs::perms mode : {fs::perms::others_read, fs::perms::others_write}) {
        const auto secret = read_secret(write(directory, "s3cret", kOwn | mode));
        REQUIRE_FALSE(secret);
        CHECK(secret.error().code == Errc::refused);
        CHECK_THAT(secret.error().text,
                   Catch::Contains("run: chmod o= ") && !Catch::Contains("s3cret"));
    }
}

TEST_CASE("what is no secret is refused in words that do not quote it") {
    const TempDir directory;
    const auto [text, words] = GENERATE(table<std::string, std::string>({
        {"", "is empty"},
        {"\n", "is empty"},
        {"s3cret\n\n", "not one line"},
        {"s3cret\nmore\n", "not one line"},
        {std::string("s3cret\0", 7), "not one line"},
        {"s3cret" + std::string(4091, 'x'), "not one line of at most 4 KiB"},
        {"s3cret" + std::string(100'000, 'x'), "not one line of at most 4 KiB"},
    }));
    const auto secret = read_secret(write(directory, text, kOwn));
    REQUIRE_FALSE(secret);
    CHECK_THAT(secret.error().text, Catch::Contains(words) && !Catch::Contains("s3cret"));
}

TEST_CASE("what is no file is refused at once") {
    const TempDir directory;
    CHECK_THAT(read_secret(directory / "none").error().text, Catch::Contains("no such file"));
    CHECK_THAT(read_secret(directory.path()).error().text, Catch::Contains("is no file"));
    const fs::path pipe = directory / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK_THAT(read_secret(pipe).error().text, Catch::Contains("is no file"));
}

TEST_CASE("systemd's credentials come before the configuration's directory") {
    const TempDir directory;
    directory.write("voa", "given");
    unsetenv("CREDENTIALS_DIRECTORY");
    CHECK(secret_path("/etc/wirewatch", "voa") == "/etc/wirewatch/voa");
    CHECK(secret_path("/etc/wirewatch", "/run/voa") == "/run/voa");
    setenv("CREDENTIALS_DIRECTORY", directory.path().c_str(), 1);
    CHECK(secret_path("/etc/wirewatch", "voa") == directory / "voa");
    CHECK(secret_path("/etc/wirewatch", "other") == "/etc/wirewatch/other");
    CHECK(secret_path("/etc/wirewatch", "/run/voa") == "/run/voa");
    // systemd puts a file of a directory there under both names, with "_" between.
    const fs::path flat = directory.write("credentials_token", "s");
    CHECK(secret_path("/etc/wirewatch", "credentials/token") == flat);
    CHECK(secret_path("/etc/wirewatch", "credentials/none") == "/etc/wirewatch/credentials/none");
    unsetenv("CREDENTIALS_DIRECTORY");
}
