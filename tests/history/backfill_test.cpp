// SPDX-License-Identifier: MIT
#include "history/backfill.hpp"

#include "history/alert_log.hpp"
#include "history/samples.hpp"
#include "history/writer.hpp"
#include "support/read_message.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    std::unique_ptr<Writer> writer = opened();

    std::unique_ptr<Writer> opened() const {
        return std::make_unique<Writer>(Writer::open(file, {}).value());
    }

    void restart() {
        writer.reset();
        writer = opened();
    }

    void store(const std::string& name, int minutes, std::vector<Rule> rules = {}) const {
        REQUIRE(writer->commit({turn({matched(article(name), std::move(rules))})}, at(minutes)));
    }

    std::vector<BackfillWalk> plan(const std::vector<BackfillWish>& wishes) const {
        auto walks = writer->plan_backfills(wishes, at(100));
        REQUIRE(walks);
        return *walks;
    }

    /// Takes the next article of the walk, as if the rule had matched it.
    void step(BackfillWalk& walk, const Rule& by) const {
        const auto batch = writer->articles(walk.rest, 1).value();
        BackfillStep step{.walk = walk};
        step.walk.rest = batch.rest;
        if (batch.articles.empty()) {
            step.end = BackfillStep::End::over;
        } else {
            RuleHit found = hit(by);
            found.hit.backfilled = true;
            step.found.push_back({batch.articles[0].article.key, {found}});
        }
        REQUIRE(writer->commit_backfill(step, at(101)));
        walk = step.walk;
    }

    std::vector<Alert> alerts() const {
        return support::read_alerts(AlertLog::open(file).value().after(0, 500).value().messages);
    }
};

BackfillWish wish(const std::string& rule_id, const std::string& text, Instant since = at(0)) {
    return {rule_id, head16(sha256(text)), since};
}

}  // namespace

TEST_CASE_METHOD(Fixture, "a rule walks once over what was stored before, from its time on") {
    store("a", 0);
    store("b", 10);
    store("c", 20);
    auto walks = plan({wish("pak-rus", "pakistan", at(10)), wish("other", "x", at(10))});
    REQUIRE(walks.size() == 1);
    CHECK(walks[0].rule_ids == std::vector<std::string>{"other", "pak-rus"});
    CHECK(walks[0].rest.count == 2);
    store("d", 30);  // is matched as it comes
    for (int i = 0; i < 3; ++i) {
        step(walks[0], rule());
    }
    CHECK(plan({wish("pak-rus", "pakistan", at(10)), wish("other", "x", at(10))}).empty());
    restart();
    CHECK(plan({wish("pak-rus", "pakistan", at(10)), wish("other", "x", at(10))}).empty());
    const auto found = alerts();
    REQUIRE(found.size() == 2);
    CHECK(found[0].article.key == key_of("b"));
    CHECK(found[0].hit.backfilled);
    CHECK(found[1].article.key == key_of("c"));
}

TEST_CASE_METHOD(Fixture, "a walk goes on after a restart where it stood") {
    store("a", 0);
    store("b", 10);
    auto walks = plan({wish("pak-rus", "pakistan")});
    step(walks.at(0), rule());
    restart();
    walks = plan({wish("pak-rus", "pakistan", at(50))});  // time has gone on; it is the same wish
    REQUIRE(walks.size() == 1);
    CHECK(walks[0].rest.count == 1);
    step(walks[0], rule());
    CHECK(alerts().size() == 2);
}

TEST_CASE_METHOD(Fixture, "a hit that rule and article have already alerts no second time") {
    store("a", 0, {rule()});
    auto walks = plan({wish("pak-rus", "pakistan")});
    step(walks.at(0), rule());
    const auto found = alerts();
    REQUIRE(found.size() == 1);
    CHECK_FALSE(found[0].hit.backfilled);
}

TEST_CASE_METHOD(Fixture,
                 "another text of a rule walks anew; a rule that is gone leaves its walk") {
    store("a", 0);
    store("b", 10);
    auto walks = plan({wish("pak-rus", "pakistan"), wish("other", "x")});
    step(walks.at(0), rule());
    walks = plan({wish("pak-rus", "pakistan OR lahore"), wish("other", "x")});
    REQUIRE(walks.size() == 2);
    CHECK(walks[0].rule_ids == std::vector<std::string>{"other"});
    CHECK(walks[0].rest.count == 1);
    CHECK(walks[1].rule_ids == std::vector<std::string>{"pak-rus"});
    CHECK(walks[1].rest.count == 2);
    CHECK(plan({}).empty());
    // What was not walked to its end begins anew when it comes back.
    CHECK(plan({wish("other", "x")}).at(0).rest.count == 2);
}

TEST_CASE_METHOD(Fixture, "a walk over nothing has an end too") {
    auto walks = plan({wish("pak-rus", "pakistan")});
    REQUIRE(walks.size() == 1);
    CHECK(walks[0].rest.count == 0);
    step(walks[0], rule());
    CHECK(plan({wish("pak-rus", "pakistan")}).empty());
    CHECK(alerts().empty());
}

}  // namespace wirewatch::history
