// SPDX-License-Identifier: MIT
// `wirewatch show --diff`, on articles that have changed.
#include "history/writer.hpp"
#include "review/commands.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

#include <sstream>
#include <string>

#include <CLI/CLI.hpp>
#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::review;

namespace {

struct Fixture {
    support::TempDir directory;
    support::ManualClock clock;
    std::ostringstream out;
    history::Writer writer = history::Writer::open(directory / "wirewatch.db", {}).value();

    void store(const std::string& title) {
        history::Turn turn;
        turn.state.feed_id = "voa";
        turn.state.url = "https://voa.example/rss";
        Article article;
        article.key = std::string(32, 'a');
        article.feed_id = "voa";
        article.title = title;
        turn.articles.push_back({.article = article});
        REQUIRE(writer.commit({turn}, clock.now()));
    }

    std::string shown() {
        Session session{{out, out},
                        clock,
                        [this](const auto&) {
                            return Result<Setup>{Setup{.database = directory / "wirewatch.db"}};
                        },
                        std::nullopt,
                        {}};
        CLI::App app;
        Run run;
        add_show(app, session, run);
        app.parse("show " + std::string(32, 'a') + " --diff", false);
        CHECK(run() == 0);
        return out.str();
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "each change of an article is shown, and a text that came back is told") {
    store("Talks begin");
    store("Talks end");
    store("Talks begin");
    CHECK_THAT(shown(), Catch::Contains("revision 2") && Catch::Contains("[-begin-]{+end+}") &&
                            Catch::Contains("the text of revision 1 again") &&
                            !Catch::Contains("no longer kept"));
}

TEST_CASE_METHOD(Fixture, "a difference over revisions that were dropped says so") {
    for (int n = 1; n <= 60; ++n) {
        store(std::to_string(n) + " readers");
    }
    CHECK_THAT(shown(), Catch::Contains("(against revision 1; those between are no longer kept)"));
}
