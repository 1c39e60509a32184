// SPDX-License-Identifier: MIT
#include "history/alert_log.hpp"
#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "history/writer.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;
using namespace std::chrono_literals;

namespace {

constexpr int kDay = 24 * 60;

struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();
    RetentionOptions options{.articles = 240h, .alerts = 0ms, .least_alerts = 0};

    /// An article a day, from day `from` on.
    void fill(int from, int to, const std::vector<Rule>& rules = {}) {
        for (int day = from; day < to; ++day) {
            Article one = article("day " + std::to_string(day));
            REQUIRE(writer.commit({turn({matched(std::move(one), rules)})}, at(day * kDay)));
        }
    }

    Pruned prune_all(int day) {
        Pruned all;
        Pruned step;
        do {
            step = writer.prune(options, at(day * kDay)).value();
            all.articles += step.articles;
            all.alerts += step.alerts;
            all.stays_too_large = step.stays_too_large;
        } while (step.more);
        return all;
    }

    [[nodiscard]] std::string sql(const std::string& text) const { return Sql{file}(text); }
};

void check_whole(const std::filesystem::path& file) {
    const Sql sql{file};
    CHECK(sql("PRAGMA integrity_check") == "ok");
    CHECK(sql("PRAGMA foreign_key_check") == "");
    sql("INSERT INTO article_text (article_text, rank) VALUES ('integrity-check', 1)");
}

}  // namespace

TEST_CASE("articles beyond their age go, with all that hangs on them") {
    Fixture history;
    history.fill(0, 100);
    const Pruned gone = history.prune_all(100);
    CHECK(gone.articles == 90);
    CHECK(history.sql("SELECT count(*) FROM articles") == "10");
    CHECK(history.sql("SELECT count(*) FROM revisions") == "10");
    check_whole(history.file);
    CHECK(history.prune_all(100).articles == 0);
    CHECK(history.prune_all(103).articles == 3);
}

TEST_CASE("a step is small, and says that there is more") {
    Fixture history;
    history.fill(0, 60);
    const Pruned step = history.writer.prune(history.options, at(100 * kDay)).value();
    CHECK(step.more);
    CHECK(step.articles <= 25);
}

TEST_CASE("what its feed still lists does not come back as news") {
    Fixture history;
    history.fill(0, 2);
    REQUIRE(history.prune_all(50).articles == 1);
    const auto unseen = history.writer.unseen({article("day 0"), article("day 1"), article("new")});
    REQUIRE(unseen);
    REQUIRE(unseen->articles.size() == 1);
    CHECK(unseen->articles[0].key == key_of("new"));
    CHECK(unseen->known == 2);
}

TEST_CASE("matched articles that nobody has looked at stay") {
    Fixture history;
    history.fill(0, 3, {rule()});
    history.fill(3, 6);
    CHECK(history.prune_all(100).articles == 2);  // the newest stays too
    CHECK(history.sql("SELECT count(*) FROM hits") == "3");
}

TEST_CASE("marked articles go, starred ones stay, and alerts leave with them from the first on") {
    Fixture history;
    history.fill(0, 4, {rule()});
    history.fill(4, 5);
    const auto mark = [&](const std::vector<std::string>& names, auto set) {
        MarkOrder order{.by = "jane", .batch = "b" + names.front()};
        for (const std::string& name : names) {
            order.articles.push_back(key_of(name));
        }
        set(order);
        REQUIRE(history.writer.mark(order, at()));
    };
    mark({"day 0", "day 2"}, [](MarkOrder& order) { order.read = true; });
    mark({"day 3"}, [](MarkOrder& order) { order.dismissed = true; });
    mark({"day 3"}, [](MarkOrder& order) { order.starred = true; });
    const Pruned gone = history.prune_all(100);
    CHECK(gone.articles == 2);
    CHECK(gone.alerts == 3);  // the one between goes too: an outbox has no holes
    CHECK(history.sql("SELECT group_concat(seq) FROM outbox") == "4");
    CHECK(history.sql("SELECT group_concat(seq) FROM hits") == "2,4");
    CHECK(history.sql("SELECT count(*) FROM marks") == "1");
    check_whole(history.file);

    const auto log = AlertLog::open(history.file).value();
    CHECK(log.oldest().value() == 4);
    CHECK(log.after(1, 10).error().code == Errc::gone);
    CHECK(log.after(3, 10).value().messages.size() == 1);
}

TEST_CASE("alerts that are owed to subscribers keep their articles") {
    Fixture history;
    history.fill(0, 20, {rule()});
    MarkOrder order{.by = "jane", .batch = "b"};
    for (int day = 0; day < 20; ++day) {
        order.articles.push_back(key_of("day " + std::to_string(day)));
    }
    order.read = true;
    REQUIRE(history.writer.mark(order, at()));
    history.options = {.articles = 24h, .alerts = 24h * 15, .least_alerts = 8};
    CHECK(history.prune_all(20).articles == 5);   // 15 days of alerts
    CHECK(history.prune_all(100).articles == 7);  // 8 alerts in any case
    CHECK(history.sql("SELECT min(seq) || '-' || max(seq) FROM outbox") == "13-20");
}

TEST_CASE("the newest article stays, so that no row id is given twice") {
    Fixture history;
    history.fill(0, 3);
    CHECK(history.prune_all(100).articles == 2);
    CHECK(history.sql("SELECT key FROM articles") == key_of("day 2"));
}

TEST_CASE("without limits nothing goes") {
    Fixture history;
    history.fill(0, 3);
    history.options = {.articles = 0ms, .max_bytes = 0};
    CHECK(history.prune_all(30'000).articles == 0);
}

TEST_CASE("a database that is too large shrinks to its limit, the oldest first") {
    Fixture history;
    std::string text;
    for (int i = 0; i < 800; ++i) {
        text += "word" + std::to_string(i % 50) + " ";
    }
    for (int i = 0; i < 400; ++i) {
        Article one = article(std::to_string(i));
        one.content = text + std::to_string(i) + " " + std::to_string(i * 7);
        REQUIRE(history.writer.commit({turn({matched(std::move(one), {})})}, at(i)));
    }
    history.options = {.articles = 0ms, .max_bytes = 1u << 20};
    const Pruned gone = history.prune_all(1);
    CHECK(gone.articles > 100);
    CHECK(gone.articles < 390);  // the index gives its room back only when it is merged
    CHECK_FALSE(gone.stays_too_large);
    CHECK(history.sql(
              "SELECT count(*) FROM articles WHERE id < (SELECT max(id) FROM articles) - 150") ==
          "0");
    CHECK(history.prune_all(1).articles == 0);
    check_whole(history.file);
    const Totals totals = Reader::open(history.file).value().totals(at()).value();
    CHECK(totals.free_bytes > 500'000);

    // What comes next takes the room that was left: the file does not grow.
    const auto before = std::filesystem::file_size(history.file);
    for (int i = 1'000; i < 1'100; ++i) {
        Article one = article(std::to_string(i));
        one.content = text + std::to_string(i) + " " + std::to_string(i * 7);
        REQUIRE(history.writer.commit({turn({matched(std::move(one), {})})}, at(i)));
    }
    CHECK(std::filesystem::file_size(history.file) <= before);
}

TEST_CASE("one that is too large with nothing but what must stay says so") {
    Fixture history;
    history.fill(0, 30, {rule()});
    history.options = {.articles = 0ms, .max_bytes = 4096};
    CHECK(history.prune_all(1).stays_too_large);
}

TEST_CASE("a story shrinks with its articles, and keeps its name as long as one is left") {
    Fixture history;
    const std::string text =
        "Russia and Pakistan agreed on Wednesday to build a gas pipeline from the port of Karachi "
        "to"
        " Lahore, their foreign ministers said after talks that both described as frank.";
    const auto store = [&](const std::string& name, int day) {
        Article one = article(name, name, name);
        one.content = text;
        REQUIRE(history.writer.commit({turn({matched(one, {})}, name)}, at(day * kDay)));
    };
    store("first", 0);
    store("second", 5);
    store("third", 10);
    REQUIRE(history.sql("SELECT size FROM stories") == "3");
    CHECK(history.prune_all(11).articles == 1);
    const auto second = Reader::open(history.file).value().article(key_of("second")).value();
    CHECK(second.story.id == key_of("first"));
    CHECK(second.story.size == 2);
    REQUIRE(second.also_in.size() == 1);
    CHECK(second.also_in[0].key == key_of("third"));
    check_whole(history.file);
}

}  // namespace wirewatch::history
