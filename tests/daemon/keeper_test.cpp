// SPDX-License-Identifier: MIT
#include "daemon/keeper.hpp"

#include "history/backup.hpp"
#include "history/writer.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <memory>
#include <sstream>
#include <stop_token>
#include <string>
#include <vector>

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

using namespace std::chrono_literals;

namespace {

struct Fixture {
    support::TempDir directory;
    support::ManualClock clock;
    std::filesystem::path database = directory / "wirewatch.db";
    std::filesystem::path kept = directory / "backups";
    history::Writer writer = history::Writer::open(database, {}).value();
};

}  // namespace

TEST_CASE("a backup is made soon after the first start, and then by the hour") {
    Fixture history;
    Keeper keeper{history.database, {history.kept}, history.clock};
    CHECK(keeper.turn() == 5min);
    CHECK(history::kept_backups(history.kept).empty());
    history.clock.advance(5min);
    CHECK(keeper.turn() == 1h);
    CHECK(history::kept_backups(history.kept).size() == 1);
    history.clock.advance(59min);
    CHECK(keeper.turn() == 1min);
    history.clock.advance(1min);
    CHECK(keeper.turn() == 1h);
    CHECK(history::kept_backups(history.kept).size() == 2);
}

TEST_CASE("a restart goes by the last backup, also where it lies in the future") {
    Fixture history;
    REQUIRE(history::keep_backup(history.database, history.kept, history.clock.now()));
    history.clock.advance(20min);
    Keeper restarted{history.database, {history.kept}, history.clock};
    CHECK(restarted.turn() == 40min);
    history.clock.jump(-72h);
    CHECK(restarted.turn() == 1h);
}

TEST_CASE("a backup that fails is tried again, and the daemon lives on") {
    Fixture history;
    std::ofstream{history.kept} << "a file where the directory should be";
    Keeper keeper{history.database, {history.kept}, history.clock};
    history.clock.advance(5min);
    CHECK(keeper.turn() == 15min);
    std::filesystem::remove(history.kept);
    history.clock.advance(15min);
    CHECK(keeper.turn() == 1h);
    CHECK(history::kept_backups(history.kept).size() == 1);
}

TEST_CASE("a backup that is asked to stop leaves nothing, and is no failure") {
    Fixture history;
    std::vector<history::MatchedArticle> articles;
    for (int i = 0; i < 500; ++i) {
        const std::string name = std::to_string(i);
        articles.push_back({.article = {.key = name, .feed_id = "feed", .title = name}});
    }
    REQUIRE(history.writer.commit({{.state = {.feed_id = "feed"}, .articles = articles}},
                                  history.clock.now()));
    Keeper keeper{history.database, {history.kept}, history.clock};
    history.clock.advance(5min);
    std::stop_source ending;
    ending.request_stop();
    std::ostringstream said;
    spdlog::default_logger()->sinks().push_back(
        std::make_shared<spdlog::sinks::ostream_sink_mt>(said));
    keeper.turn(ending.get_token());
    spdlog::default_logger()->sinks().pop_back();
    CHECK(std::filesystem::is_empty(history.kept));
    CHECK(said.str().empty());
    history.clock.advance(1h);
    keeper.turn();
    CHECK(history::kept_backups(history.kept).size() == 1);
}

TEST_CASE("its thread ends at once when the keeper does") {
    Fixture history;
    Keeper keeper{history.database, {history.kept}, history.clock};
    keeper.start();
}

}  // namespace wirewatch::daemon
