// SPDX-License-Identifier: MIT
#include "daemon/feed_file.hpp"

#include "daemon/config.hpp"
#include "support/temp_dir.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;
using support::TempDir;
namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

Feed feed(std::string id, std::string title = {}) {
    Feed made;
    made.url = "https://" + id + ".example/rss";
    made.id = std::move(id);
    made.title = std::move(title);
    return made;
}

/// The feeds of a configuration that must be good.
std::vector<Feed> feeds_of(const fs::path& config) {
    const auto reading = read_config(config);
    REQUIRE(reading);
    REQUIRE(reading->good());
    return reading->config.feeds;
}

fs::path added(const fs::path& config, const std::vector<Feed>& feeds,
               const std::optional<fs::path>& target = std::nullopt) {
    const auto written = append_feeds(config, feeds, target);
    if (!written) {
        FAIL(written.error().text);
    }
    REQUIRE(written->problems.empty());
    return written->file.filename();
}

}  // namespace

TEST_CASE("a block says what differs from the defaults") {
    CHECK(feed_blocks({feed("a")}) == "[[feed]]\nid = \"a\"\nurl = \"https://a.example/rss\"\n");
    Feed full = feed("b", "B");
    full.tags = {"world", "gulf"};
    full.language = "ar";
    full.interval = 5min;
    full.respect_ttl = false;
    full.identity = Identity::url;
    full.allow_private = {"10.1.0.0/16", "::1"};
    full.enabled = false;
    CHECK(feed_blocks({feed("a", "A"), full}) ==
          "[[feed]]\nid = \"a\"\ntitle = \"A\"\nurl = \"https://a.example/rss\"\n\n"
          "[[feed]]\nid = \"b\"\ntitle = \"B\"\nurl = \"https://b.example/rss\"\n"
          "tags = [\"world\", \"gulf\"]\nlanguage = \"ar\"\ninterval = \"5m\"\n"
          "respect_ttl = false\nidentity = \"url\"\nallow_private = [\"10.1.0.0/16\", \"::1\"]\n"
          "enabled = false\n");
}

TEST_CASE("a block says that a feed goes at its own pace") {
    Feed adaptive = feed("a");
    adaptive.adaptive = true;
    CHECK_THAT(feed_blocks({adaptive}), Catch::EndsWith("interval = \"adaptive\"\n"));
}

TEST_CASE("whatever a title holds, the configuration reads it back and nothing else") {
    const std::string title =
        GENERATE(as<std::string>{}, "say \"hi\" \\ C:\\new", "a\nb\r\tc", "\x1B[2J\x7F",
                 "\xC2\x9B"
                 "csi \xE2\x80\xAE"
                 "rtl",
                 "Новости 新聞 🙂", "\"\"\"\n[[rule]]\nid = \"x\"", "'''");
    CAPTURE(title);
    const TempDir directory;
    const fs::path config = directory.write("wirewatch.toml", "");
    added(config, {feed("a", title)});
    const auto feeds = feeds_of(config);
    REQUIRE(feeds.size() == 1);
    CHECK(feeds[0].title == title);
    CHECK(text_of(config).find('\x1B') == std::string::npos);
}

TEST_CASE("what stood in the file stays as it was written") {
    const TempDir directory;
    const std::string hand_written = GENERATE(
        as<std::string>{}, "# mine\n\n[[feed]]\n  id='x'   # odd\n  url = \"https://x.example/\"\n",
        "[[feed]]\nid='x'\nurl = \"https://x.example/\" # no line end",
        "[[feed]]\r\nid='x'\r\nurl = \"https://x.example/\"\r\n[log]\r\nlevel = \"info\"\r\n");
    const fs::path config = directory.write("wirewatch.toml", hand_written);
    fs::permissions(config, fs::perms::owner_read | fs::perms::owner_write);
    added(config, {feed("a")});
    const std::string text = text_of(config);
    CHECK(text.starts_with(hand_written));
    CHECK((text.find("\n\n[[feed]]\nid = \"a\"") != std::string::npos ||
           text.find("\r\n\r\n[[feed]]\r\nid = \"a\"") != std::string::npos));
    CHECK(fs::status(config).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK(feeds_of(config).size() == 2);
    CHECK(std::distance(fs::directory_iterator{directory.path()}, {}) == 1);  // no leftovers
}

TEST_CASE(
    "feeds go to the file with the last feed, else to an included feeds.toml, else the main") {
    const TempDir directory;
    const fs::path config =
        directory.write("wirewatch.toml", "include = [\"feeds.toml\", \"more.toml\"]\n");
    directory.write("feeds.toml", "");
    directory.write("more.toml", "");
    CHECK(added(config, {feed("a")}) == "feeds.toml");
    directory.write("more.toml", "[[feed]]\nid = \"m\"\nurl = \"https://m.example/\"\n");
    CHECK(added(config, {feed("b")}) == "more.toml");
    CHECK(added(config, {feed("c")}, directory.path() / "feeds.toml") == "feeds.toml");
    CHECK(feeds_of(config).size() == 4);
    const fs::path alone = directory.write("alone.toml", "");
    CHECK(added(alone, {feed("a")}) == "alone.toml");
}

TEST_CASE("a new file is made where a pattern includes it, and refused where none does") {
    const TempDir directory;
    const fs::path config = directory.write("wirewatch.toml", "include = [\"conf.d/*.toml\"]\n");
    fs::create_directory(directory.path() / "conf.d");
    CHECK(added(config, {feed("a")}, directory.path() / "conf.d/new.toml") == "new.toml");
    CHECK(feeds_of(config).size() == 1);
    const fs::path stray = directory.path() / "stray.toml";
    const auto refused = append_feeds(config, {feed("b")}, stray);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Errc::refused);
    CHECK_THAT(refused.error().text, Catch::Contains("include"));
    CHECK_FALSE(fs::exists(stray));
}

TEST_CASE("nothing is written where the configuration is wrong or would be") {
    const TempDir directory;
    const std::string text =
        GENERATE(as<std::string>{}, "feed = []\nnonsense = [",             // no TOML
                 "[fetch]\nintervall = \"5m\"\n",                          // wrong already
                 "feed = [{id = \"x\", url = \"https://x.example/\"}]\n",  // takes no [[feed]]
                 "[[feed]]\nid = \"a\"\nurl = \"https://x.example/\"\n");  // the id is taken
    CAPTURE(text);
    const fs::path config = directory.write("wirewatch.toml", text);
    const auto written = append_feeds(config, {feed("a")}, std::nullopt);
    REQUIRE(written);
    CHECK_FALSE(written->problems.empty());
    CHECK(text_of(config) == text);
}

TEST_CASE("a symbolic link to the file stays a link") {
    const TempDir directory;
    const fs::path real = directory.write("real.toml", "# real\n");
    const fs::path link = directory.path() / "wirewatch.toml";
    fs::create_symlink(real, link);
    added(link, {feed("a")});
    CHECK(fs::is_symlink(link));
    CHECK_THAT(text_of(real), Catch::StartsWith("# real\n"));
    CHECK(feeds_of(link).size() == 1);
}
