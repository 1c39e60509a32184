// SPDX-License-Identifier: MIT
#include "daemon/upkeep.hpp"

#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::daemon {

using namespace std::chrono_literals;

TEST_CASE("old articles go step by step, while nothing waits, and then it rests") {
    support::TempDir directory;
    support::ManualClock clock;
    history::Writer writer = history::Writer::open(directory / "wirewatch.db", {}).value();
    history::Turn turn;
    turn.state.feed_id = "voa";
    for (int i = 0; i < 60; ++i) {
        Article article;
        article.key = std::string(30, 'a') + std::to_string(10 + i);
        article.feed_id = "voa";
        article.title = "Title " + std::to_string(i);
        turn.articles.push_back({.article = std::move(article)});
    }
    REQUIRE(writer.commit({turn}, clock.now() - 48h));

    const history::RetentionOptions options{.articles = 24h};
    // Those that are still there would be revised; those that were let go of are passed over.
    const auto left = [&] {
        std::vector<Article> revised;
        for (const auto& matched : turn.articles) {
            revised.push_back(matched.article);
            revised.back().title += " revised";
        }
        return writer.unseen(std::move(revised)).value().articles.size();
    };
    Upkeep upkeep{writer, clock};
    upkeep.turn(options, true);
    CHECK(left() == 60);  // something waits to be stored
    upkeep.turn(options, false);
    CHECK(left() == 35);
    CHECK(upkeep.next() == clock.ticks() + 100ms);
    upkeep.turn(options, false);
    CHECK(left() == 35);  // not yet time
    clock.advance(100ms);
    upkeep.turn(options, false);
    clock.advance(100ms);
    upkeep.turn(options, false);
    CHECK(left() == 1);  // the newest stays
    CHECK(upkeep.next() == clock.ticks() + 10min);
}

}  // namespace wirewatch::daemon
