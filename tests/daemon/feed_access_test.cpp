// SPDX-License-Identifier: MIT
#include "daemon/feed_access.hpp"

#include "daemon/config.hpp"
#include "rules/problem.hpp"
#include "support/temp_dir.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include <sys/stat.h>
#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::daemon;
using support::TempDir;

namespace {

void write_secret(const TempDir& directory, const std::string& name, std::string_view text) {
    namespace fs = std::filesystem;
    fs::permissions(directory.write(name, text), fs::perms::owner_read | fs::perms::owner_write);
}

ConfigReading read(const TempDir& directory, const std::string& keys,
                   SecretUse secrets = SecretUse::read) {
    auto reading =
        read_config(directory.write("wirewatch.toml",
                                    "[[feed]]\nid = \"a\"\nurl = \"https://a.example/\"\n" + keys),
                    {.secrets = secrets});
    REQUIRE(reading);
    return std::move(*reading);
}

Feed feed(const TempDir& directory, const std::string& keys, SecretUse secrets = SecretUse::read) {
    const auto reading = read(directory, keys, secrets);
    for (const auto& problem : reading.problems) {
        FAIL(rules::to_text(problem));
    }
    return reading.config.feeds.at(0);
}

}  // namespace

TEST_CASE("a feed may have headers, authorities and addresses of its own") {
    const TempDir directory;
    directory.write("own.pem", "");
    const Feed it = feed(directory,
                         "ca_file = \"own.pem\"\nallow_private = [\"10.1.0.0/16\", \"::1\"]\n"
                         "headers = { X-Api-Key = \"k\", \"Accept-Language\" = \"ur\" }");
    CHECK(it.ca_file == (directory / "own.pem").string());
    CHECK(it.allow_private == std::vector<std::string>{"10.1.0.0/16", "::1"});
    REQUIRE(it.headers.size() == 2);
    const Header key{"X-Api-Key", "k"};
    CHECK((it.headers[0] == key || it.headers[1] == key));
    CHECK_FALSE(it.credentials);
}

TEST_CASE("a password comes from its file") {
    const TempDir directory;
    write_secret(directory, "voa.password", "s3cret\n");
    const Feed it = feed(directory, "user = \"ann\"\npassword_file = \"voa.password\"");
    CHECK(it.credentials == Credentials{.user = "ann", .secret = "s3cret"});
}

TEST_CASE("a token comes from its file, wherever that is") {
    const TempDir directory;
    const TempDir elsewhere;
    write_secret(elsewhere, "token", "t0k");
    const Feed it = feed(directory, "token_file = \"" + (elsewhere / "token").string() + '"');
    CHECK(it.credentials == Credentials{.scheme = Credentials::Scheme::bearer, .secret = "t0k"});
}

TEST_CASE("a command that needs no secrets reads none") {
    const TempDir directory;
    const Feed it =
        feed(directory, "user = \"ann\"\npassword_file = \"none\"\nca_file = \"none.pem\"",
             SecretUse::leave);
    CHECK_FALSE(it.credentials);
}

TEST_CASE("what is wrong with them says where, why and what to write") {
    const TempDir directory;
    directory.write("open", "s3cret");
    mkfifo((directory / "pipe").c_str(), 0600);
    std::filesystem::permissions(directory / "open", std::filesystem::perms::all);
    const auto [keys, words] = GENERATE(table<std::string, std::string>({
        {"user = \"ann\"", "4:8: error: 'user' needs a 'password_file'"},
        {"password_file = \"x\"", "4:17: error: 'password_file' needs a 'user'"},
        {"user = \"a:b\"\npassword_file = \"x\"", "without ':'"},
        {"token_file = \"x\"\nuser = \"ann\"", "4:14: error: write either 'token_file', or"},
        {"token_file = \"none\"", "4:14: error: 'token_file': cannot read '"},
        {"token_file = \"open\"", "'token_file': everybody may read"},
        {"token = \"s\"", "unknown key 'token' in [[feed]]"},
        {"ca_file = \"none.pem\"", "4:11: error: 'ca_file': cannot read '"},
        {"ca_file = \"pipe\"", "4:11: error: 'ca_file': '"},
        {"allow_private = [\"home\"]", "'allow_private': 'home' is neither an address"},
        {"allow_private = [\"10.0.0.1/8\"]", "write 10.0.0.0/8"},
        {"headers = { Host = \"x\" }", "the header 'Host' cannot be set here"},
        {"headers = { \"X Y\" = \"x\" }", "'X Y' is no name of a header"},
        {"headers = { X-Y = \"x\\r\\nHost: y\" }", "must be one line"},
        {"headers = { X-Y = 7 }", "write a text in quotes"},
        {"headers = [\"X-Y: 7\"]", "'headers' is array; write a table"},
    }));
    CAPTURE(keys);
    const auto reading = read(directory, keys);
    REQUIRE(reading.problems.size() == 1);
    const std::string text = rules::to_text(reading.problems.front());
    CHECK_THAT(text, Catch::Contains(words) && !Catch::Contains("s3cret"));
}
