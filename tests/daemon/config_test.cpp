// SPDX-License-Identifier: MIT
#include "daemon/config.hpp"

#include "rules/problem.hpp"
#include "support/temp_dir.hpp"

#include "rules/rule_set.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <tuple>

#include <sys/stat.h>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;
using support::TempDir;

namespace {

ConfigReading read(const TempDir& directory, std::string_view text) {
    auto reading = read_config(directory.write("wirewatch.toml", text));
    REQUIRE(reading);
    return std::move(*reading);
}

/// The only problem, as its author sees it, without the directory.
std::string only_problem(const TempDir& directory, std::string_view text) {
    const auto reading = read(directory, text);
    REQUIRE(reading.problems.size() == 1);
    return rules::to_text(reading.problems.front()).substr(directory.path().string().size() + 1);
}

}  // namespace

TEST_CASE("an empty file is a good configuration with every default") {
    const TempDir directory;
    const auto reading = read(directory, "");
    CHECK(reading.good());
    CHECK(reading.config.poll.interval == std::nullopt);  // adaptive
    CHECK(reading.config.scheduler.host_spacing == 1s);
    CHECK(reading.config.first_poll_window == 24h);
    CHECK(reading.config.zmq.live == "tcp://127.0.0.1:5580");
    CHECK(reading.config.deployment == "local");
    CHECK(reading.config.feeds.empty());
}

TEST_CASE("an interval is a feed's own, that of its first tag with one, or that of all") {
    const TempDir directory;
    const auto reading = read(directory, R"(
[fetch]
interval = "30m"
[fetch.interval_by_tag]
world = "5m"
slow = "adaptive"
[[feed]]
id = "own"
url = "https://a.example/"
tags = ["world"]
interval = "1h"
[[feed]]
id = "own-pace"
url = "https://b.example/"
tags = ["world"]
interval = "adaptive"
[[feed]]
id = "tagged"
url = "https://c.example/"
tags = ["us", "world", "slow"]
[[feed]]
id = "tagged-adaptive"
url = "https://d.example/"
tags = ["slow", "world"]
[[feed]]
id = "plain"
url = "https://e.example/"
)");
    CHECK(reading.good());
    CHECK(reading.config.poll.interval == 30min);
    REQUIRE(reading.config.feeds.size() == 5);
    const auto& feeds = reading.config.feeds;
    CHECK(feeds[0].interval == 1h);
    CHECK(feeds[1].interval == std::nullopt);
    CHECK(feeds[1].adaptive);
    CHECK(feeds[2].interval == 5min);
    CHECK(feeds[3].interval == std::nullopt);
    CHECK(feeds[3].adaptive);
    CHECK(feeds[4].interval == std::nullopt);
    CHECK_FALSE(feeds[4].adaptive);
    CHECK(feeds[4].respect_ttl);
}

TEST_CASE("every key reaches the option it names") {
    const TempDir directory;
    const auto reading = read(directory, R"(
deployment = "csp"
[history]
database = "data/news.db"
max_age = "400d"
max_size = "2GiB"
alerts_age = "30d"
alerts_count = 5000
backups = "kept"
backup_interval = "6h"
[fetch]
interval = "5m"
first_poll_window = "7d"
max_backoff = "6h"
connect_timeout = "2s"
timeout = "20s"
max_body = "1MiB"
max_headers = "16KiB"
max_ratio = 50
keep_alive = "9s"
proxy = "http://proxy.example:3128"
max_redirects = 2
max_in_flight = 10
max_per_host = 1
host_spacing = "2s"
contact = "https://example.org"
[zeromq]
live = "tcp://127.0.0.1:1"
replay = "tcp://127.0.0.1:2"
send_hwm = 5
[log]
level = "debug"
format = "json"
[[feed]]
id = "voa"
url = "https://www.voanews.com/api/"
title = "VOA"
tags = ["world", "us"]
language = "en"
interval = "1h"
respect_ttl = false
identity = "url"
enabled = false
)");
    for (const auto& problem : reading.problems) {
        UNSCOPED_INFO(rules::to_text(problem));
    }
    REQUIRE(reading.good());
    const Config& config = reading.config;
    CHECK(config.deployment == "csp");
    CHECK(config.database == directory / "data/news.db");
    CHECK(config.retention == history::RetentionOptions{.articles = 24h * 400,
                                                        .max_bytes = std::size_t{2} << 30,
                                                        .alerts = 24h * 30,
                                                        .least_alerts = 5000});
    CHECK(config.backup == BackupOptions{directory / "kept", 6h});
    CHECK(config.poll.interval == 5min);
    CHECK(config.poll.max_backoff == 6h);
    CHECK(config.first_poll_window == 24h * 7);
    CHECK(config.fetch.connect_timeout == 2s);
    CHECK(config.fetch.total_timeout == 20s);
    CHECK(config.fetch.max_body_bytes == 1u << 20);
    CHECK(config.parse.max_bytes == 1u << 20);
    CHECK(config.fetch.max_header_bytes == 16u << 10);
    CHECK(config.fetch.max_ratio == 50);
    CHECK(config.fetch.keep_alive == 9s);
    CHECK(config.fetch.proxy == "http://proxy.example:3128");
    CHECK(config.fetch.max_redirects == 2);
    CHECK(config.scheduler.max_in_flight == 10);
    CHECK(config.scheduler.max_per_host == 1);
    CHECK(config.scheduler.host_spacing == 2s);
    CHECK(config.fetch.contact == "https://example.org");
    CHECK(config.zmq.live == "tcp://127.0.0.1:1");
    CHECK(config.zmq.replay == "tcp://127.0.0.1:2");
    CHECK(config.zmq.send_hwm == 5);
    CHECK(config.log.level == LogLevel::debug);
    CHECK(config.log.format == LogFormat::json);
    REQUIRE(config.feeds.size() == 1);
    const Feed& feed = config.feeds[0];
    CHECK(feed.id == "voa");
    CHECK(feed.url == "https://www.voanews.com/api/");
    CHECK(feed.title == "VOA");
    CHECK(feed.tags == std::vector<std::string>{"world", "us"});
    CHECK(feed.language == "en");
    CHECK(feed.interval == 1h);
    CHECK_FALSE(feed.respect_ttl);
    CHECK(feed.identity == Identity::url);
    CHECK_FALSE(feed.enabled);
}

TEST_CASE("what is wrong is said with its place and what to write") {
    const TempDir directory;
    const auto [text, problem] = GENERATE(table<std::string, std::string>({
        {"[fetch]\nintervall = \"5m\"",
         "wirewatch.toml:2:1: error: unknown key 'intervall' in [fetch]; did you mean 'interval'?"},
        {"deploymant = \"a\"",
         "wirewatch.toml:1:1: error: unknown key 'deploymant'; did you mean 'deployment'?"},
        {"[fetch]\ninterval = 15",
         "wirewatch.toml:2:12: error: 'interval' is integer; write a duration in quotes"},
        {"[fetch]\ninterval = \"15 minutes\"",
         "wirewatch.toml:2:12: error: '15 minutes' is no duration"},
        {"[fetch.interval_by_tag]\nworld = \"1ms\"",
         "wirewatch.toml:2:9: error: 'world' is 1ms; it may be from 100ms to 1w"},
        {"[fetch]\ninterval = \"1ms\"",
         "wirewatch.toml:2:12: error: 'interval' is 1ms; it may be from 100ms to 1w"},
        {"[fetch]\nmax_body = \"16MB\"",
         "wirewatch.toml:2:12: error: '16MB' is no size; write a size in quotes"},
        {"[fetch]\nmax_redirects = 99",
         "wirewatch.toml:2:17: error: 'max_redirects' is 99; write a whole number"},
        {"[zeromq]\nlive = \"tcp://0.0.0.0:5\"", "wirewatch.toml:2:8: error: 'live': "},
        {"[zeromq]\nreplay = \"tcp://127.0.0.1:5580\"",
         "wirewatch.toml:2:10: error: 'replay' must be another"},
        {"[history]\ndatabase = \"\"", "wirewatch.toml:2:12: error: 'database' is empty"},
        {"[history]\nmax_age = \"2h\"", "wirewatch.toml:2:11: error: 'max_age' is less than a day"},
        {"[history]\nmax_size = \"1MiB\"",
         "wirewatch.toml:2:12: error: 'max_size' is less than 16 MiB"},
        {"[history]\nbackup_interval = \"1s\"",
         "wirewatch.toml:2:19: error: 'backup_interval' is less than a minute"},
        {"dedupe = \"feed\"", "wirewatch.toml:1:11: error: 'dedupe' is \"feed\"; write one of"},
        {"[[feed]]\nid = \"a\"\nurl = \"http://[::1\"", "wirewatch.toml:3:7: error: feed 'a': "},
        {"[log]\nlevel = \"loud\"",
         "wirewatch.toml:2:10: error: 'level' is \"loud\"; write one of \"error\""},
        {"fetch = 3", "wirewatch.toml:1:9: error: 'fetch' is integer; write a table"},
        {"[feed]\nid = \"a\"",
         "wirewatch.toml:1:1: error: 'feed' is table; write [[feed]] with two brackets"},
        {"deployment = \"A b\"", "wirewatch.toml:1:14: error: 'deployment' may have a-z"},
        {"[fetch\ninterval = \"5m\"", "wirewatch.toml:1:7: error: "},
        {"[[feed]]\nid = \"Voa\"\nurl = \"https://a.b\"",
         "wirewatch.toml:2:6: error: 'Voa' is no id"},
        {"[[feed]]\nurl = \"https://a.b\"", "wirewatch.toml:1:1: error: this feed has no 'id'"},
        {"[[feed]]\nid = \"a\"\nurl = \"ftp://a.b\"",
         "wirewatch.toml:3:7: error: feed 'a' has the url 'ftp://a.b'"},
        {"[[feed]]\nid = \"a\"\nurl = \"https://me:secret@a.b/\"",
         "wirewatch.toml:3:7: error: feed 'a' has a user name in its url"},
        {"[fetch]\ncontact = \"a\\r\\nCookie: b\"",
         "wirewatch.toml:2:11: error: 'contact' goes into"},
        {"[fetch]\nproxy = \"proxy.example\"",
         "wirewatch.toml:2:9: error: 'proxy': write the address of a proxy"},
        {"[[feed]]\nid = \"a\"", "wirewatch.toml:1:1: error: feed 'a' has no 'url'"},
        {"[control]\nsocket = \"\"", "wirewatch.toml:2:10: error: 'socket' is empty"},
        {"[fetch]\nfile_roots = [\"feeds\"]",
         "wirewatch.toml:2:14: error: 'feeds' is no directory"},
        {"[fetch]\nfile_roots = [\"/srv/..\"]",
         "wirewatch.toml:2:14: error: '/srv/..' is no directory"},
        {"[[feed]]\nid = \"a\"\nurl = \"file:///srv/a.xml\"",
         "wirewatch.toml:3:7: error: feed 'a': '/srv/a.xml' is in none of the directories"},
        {"[[feed]]\nid = \"a\"\nurl = \"file:///srv/feeds2/a.xml\"\n[fetch]\nfile_roots = "
         "[\"/srv/feeds\"]",
         "wirewatch.toml:3:7: error: feed 'a': '/srv/feeds2/a.xml' is in none"},
        {"[[feed]]\nid = \"a\"\nurl = \"file:///srv/../etc/a\"\n[fetch]\nfile_roots = [\"/srv\"]",
         "wirewatch.toml:3:7: error: feed 'a': the path of a file URL climbs nowhere"},
        {"[[rule]]\nid = \"a\"", "wirewatch.toml:1:1: error: rule 'a' has no 'query'"},
        {"[[rule]]\nid = \"a\"\nquery = 7",
         "wirewatch.toml:3:9: error: 'query' is integer; write a text in quotes"},
        {"include = [\"gone/*.toml\"]",
         "wirewatch.toml:1:11: error: the directory of the included 'gone/*.toml' does not exist"},
        {"include = [\"gone.toml\"]",
         "wirewatch.toml:1:11: error: the included file 'gone.toml' does not exist"},
    }));
    CAPTURE(text);
    CHECK_THAT(only_problem(directory, text), Catch::StartsWith(problem));
}

TEST_CASE("file feeds are taken below the directories that are allowed, in any file") {
    const TempDir directory;
    directory.write("more.toml", "[[feed]]\nid = \"b\"\nurl = \"file:///srv/feeds/b\"");
    const auto reading = read(directory,
                              "include = [\"more.toml\"]\n[fetch]\nfile_roots = [\"/srv/feeds/\"]\n"
                              "[[feed]]\nid = \"a\"\nurl = \"file:///srv/feeds/a%20b.xml\"");
    CHECK(reading.good());
    CHECK(reading.config.feeds.size() == 2);
    CHECK(reading.config.fetch.file_roots == std::vector<std::string>{"/srv/feeds/"});
}

TEST_CASE("commands are taken beside the database, or where the configuration says") {
    const TempDir directory;
    CHECK(read(directory, "[history]\ndatabase = \"a/b.db\"").config.control_socket ==
          directory / "a/b.db.sock");
    CHECK(read(directory, "[control]\nsocket = \"c.sock\"").config.control_socket ==
          directory / "c.sock");
    CHECK(read(directory, "[control]\nsocket = \"/run/c.sock\"").config.control_socket ==
          "/run/c.sock");
}

TEST_CASE("all problems of a file are said at once") {
    const TempDir directory;
    CHECK(read(directory, "a = 1\nb = 2\n[fetch]\ninterval = 3\n[log]\nlevel = \"x\"")
              .problems.size() == 4);
}

TEST_CASE("two feeds with one id are refused, over all files") {
    const TempDir directory;
    directory.write("more.toml", "[[feed]]\nid = \"a\"\nurl = \"https://b.example\"");
    const auto reading = read(
        directory, "include = [\"more.toml\"]\n[[feed]]\nid = \"a\"\nurl = \"https://a.example\"");
    REQUIRE(reading.problems.size() == 1);
    CHECK_THAT(reading.problems[0].text, Catch::Contains("two feeds with the id 'a'"));
    CHECK_THAT(reading.problems[0].at.file, Catch::EndsWith("more.toml"));
}

TEST_CASE("included files bring feeds, sets and rules, in the order of their names") {
    const TempDir directory;
    directory.write("rules/b.toml", "[[rule]]\nid = \"b\"\nquery = 'moscow'");
    directory.write("rules/a.toml",
                    "[sets]\ncity = 'moscow'\n[[rule]]\nid = \"a\"\nquery = '@city'");
    const auto reading = read(directory, "include = [\"rules/*.toml\"]");
    REQUIRE(reading.good());
    REQUIRE(reading.config.rules.size() == 2);
    CHECK(reading.config.rules[0].id == "a");
    CHECK(reading.config.rules[1].id == "b");
    REQUIRE(reading.config.sets.size() == 1);
    CHECK(reading.config.sets[0].name == "city");
}

TEST_CASE("an included file may not set what belongs to the whole") {
    const TempDir directory;
    directory.write("more.toml", "[fetch]\ninterval = \"5m\"");
    const auto reading = read(directory, "include = [\"more.toml\"]");
    REQUIRE(reading.problems.size() == 1);
    CHECK_THAT(reading.problems[0].text, Catch::Contains("'fetch' belongs in the main file"));
}

TEST_CASE("a rule alerts on what itself says, or its file: a story, or each article") {
    const TempDir directory;
    const auto reading = read(directory, R"(
dedupe = "article"
[[rule]]
id = "as-the-file"
query = "a"
[[rule]]
id = "own"
query = "b"
dedupe = "story"
)");
    REQUIRE(reading.good());
    CHECK(reading.config.rules[0].dedupe == Dedupe::article);
    CHECK(reading.config.rules[1].dedupe == Dedupe::story);
    CHECK(read(directory, "[[rule]]\nid = \"a\"\nquery = \"a\"").config.rules[0].dedupe ==
          Dedupe::story);
}

TEST_CASE("a rule knows where the first character of its query stands") {
    const TempDir directory;
    const auto [query, line, column] = GENERATE(table<std::string, int, int>({
        {"'moscow'", 3, 10},
        {"\"moscow\"", 3, 10},
        {"'''moscow'''", 3, 12},
        {"'''\nmoscow'''", 4, 1},
    }));
    CAPTURE(query);
    const auto reading = read(directory, "[[rule]]\nid = \"a\"\nquery = " + query);
    REQUIRE(reading.config.rules.size() == 1);
    CHECK(reading.config.rules[0].at.line == line);
    CHECK(reading.config.rules[0].at.column == column);
}

TEST_CASE("a problem stands where the file has it, also behind escapes and continued lines") {
    const TempDir directory;
    // Each query has a word of its own that names no field.
    const auto [query, line, column] = GENERATE(table<std::string, int, int>({
        {R"('"gas pipeline" titel:x')", 3, 25},
        {R"("\"gas pipeline\" titel:x")", 3, 27},
        {R"("\u0433\U00000433 titel:x")", 3, 27},
        {R"("ж titel:x \"gas\"")", 3, 12},
        {"\"\"\"\ngas \\\n   \n  oil titel:x\"\"\"", 6, 7},
        {"\"\"\"gas \\\r\n  \\\"oil\\\"\r\n titel:x\"\"\"", 5, 2},
        {"\"gas\\ntitel:x\"", 3, 15},
    }));
    CAPTURE(query);
    for (const char* head : {"[[rule]]\nid = \"a\"\nquery = ", "\n[sets]\ngasoil= "}) {
        const auto reading = read(directory, std::string{head} + query);
        REQUIRE(reading.problems.empty());
        const auto compiled = rules::RuleSet::compile(reading.config.rules, reading.config.sets);
        REQUIRE(compiled.problems.size() == 1);
        CHECK(compiled.problems[0].at.line == line);
        CHECK(compiled.problems[0].at.column == column);
    }
}

TEST_CASE("a configuration that cannot be read is an error in words") {
    const TempDir directory;
    const auto missing = read_config(directory / "none.toml");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Errc::not_found);
    CHECK_THAT(missing.error().text, Catch::Contains("there is no such file"));
    const auto is_directory = read_config(directory.path());
    REQUIRE_FALSE(is_directory);
    CHECK_THAT(is_directory.error().text, Catch::Contains("is a directory"));
    const auto pipe = directory / "pipe.toml";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);  // opening it would wait for a writer
    const auto waits = read_config(pipe);
    REQUIRE_FALSE(waits);
    CHECK_THAT(waits.error().text, Catch::Contains("is no file"));
    CHECK_THAT(only_problem(directory, "include = [\"pi*.toml\"]"),
               Catch::Contains("wirewatch.toml:1:11: error:") && Catch::Contains("is no file"));
    const auto huge = read_config(directory.write("huge.toml", std::string((4u << 20) + 1, '#')));
    REQUIRE_FALSE(huge);
    CHECK(huge.error().code == Errc::too_large);
}
