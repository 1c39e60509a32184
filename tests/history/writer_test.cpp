// SPDX-License-Identifier: MIT
#include "history/writer.hpp"

#include "history/alert_log.hpp"
#include "history/reader.hpp"
#include "history/samples.hpp"
#include "history/sql.hpp"
#include "support/read_message.hpp"
#include "support/temp_dir.hpp"

#include <algorithm>

#include <catch2/catch.hpp>

namespace wirewatch::history {

using namespace samples;

namespace {

struct Fixture {
    support::TempDir directory;
    std::filesystem::path file = directory / "wirewatch.db";
    Writer writer = Writer::open(file, {}).value();
};

std::vector<Article> articles_of(std::initializer_list<const char*> names) {
    std::vector<Article> articles;
    for (const char* name : names) {
        articles.push_back(article(name));
    }
    return articles;
}

}  // namespace

TEST_CASE("an article is unseen until it is committed") {
    Fixture history;
    const auto before = history.writer.unseen(articles_of({"a", "b"})).value().articles;
    REQUIRE(before.size() == 2);

    const auto done = history.writer.commit({turn({matched(before[0], {})})}, at()).value();
    CHECK(done.new_articles == 1);
    CHECK(done.new_hits == 0);
    CHECK(done.head == 0);

    const auto after = history.writer.unseen(articles_of({"a", "b"})).value().articles;
    REQUIRE(after.size() == 1);
    CHECK(after[0].key == key_of("b"));
}

TEST_CASE("a read is compared with what history holds, revisions and repeats apart") {
    Fixture history;
    REQUIRE(history.writer.commit({turn({matched(article("a")), matched(article("b"))})}, at()));
    Article revised = article("a");
    revised.title += "!";
    const auto unseen =
        history.writer.unseen({revised, article("b"), article("c"), article("c")}).value();
    CHECK(unseen.articles.size() == 2);
    CHECK(unseen.different == 3);
    CHECK(unseen.known == 2);
}

TEST_CASE("a feed's moves and gaps are kept beside its articles") {
    Fixture history;
    Turn moved{.state = state("voa"),
               .move = FeedMove{"https://voa.example/a", "https://voa.example/b"},
               .gap = FeedGap{at(1), at(5)}};
    REQUIRE(history.writer.commit({moved}, at(5)));
    REQUIRE(history.writer.commit({moved}, at(5)));  // the same turn, repeated
    moved.move = FeedMove{"https://voa.example/b", "https://voa.example/c"};
    moved.gap = FeedGap{at(5), at(9)};
    REQUIRE(history.writer.commit({moved}, at(9)));

    const Sql sql{history.file};
    CHECK(sql("SELECT group_concat(feed_id || ' ' || from_url || ' ' || to_url, char(10))"
              " FROM feed_moves ORDER BY at") ==
          "voa https://voa.example/a https://voa.example/b\n"
          "voa https://voa.example/b https://voa.example/c");
    CHECK(sql("SELECT group_concat((gap_to - gap_from) / 60000) FROM feed_gaps") == "4,4");
}

TEST_CASE("a feed's turn for the worse, for the better and its gaps are told once each") {
    Fixture history;
    const auto told = [&](Turn turn, int minutes) {
        return history.writer.commit({std::move(turn)}, at(minutes)).value().new_feed_events;
    };
    Turn well = turn({});
    Turn bad = turn({});
    bad.state.error = Error{Errc::timeout, "no answer"};
    CHECK(told(well, 0) == 0);
    CHECK(told(bad, 1) == 1);
    CHECK(told(bad, 2) == 0);
    Turn stopped = bad;
    stopped.state.stopped = true;
    CHECK(told(stopped, 3) == 1);
    CHECK(told(stopped, 4) == 0);
    CHECK(told(well, 5) == 1);
    CHECK(told(well, 6) == 0);
    Turn gap = well;
    gap.gap = FeedGap{at(6), at(7)};
    CHECK(told(gap, 7) == 1);
    CHECK(told(gap, 7) == 0);
    CHECK(told(bad, 8) == 1);
    const auto log = AlertLog::open(history.file).value();
    CHECK(log.head().value() == 5);
    const auto events = log.after(0, 500, {Subtree::Of::feed, "voa"}).value().messages;
    REQUIRE(events.size() == 5);
    CHECK(support::read_feed_event(events[1]).stopped);
    CHECK(support::read_feed_event(events[3]).gap == FeedGap{at(6), at(7)});
}

TEST_CASE("an article that stands twice in one fetch counts once") {
    Fixture history;
    CHECK(history.writer.unseen(articles_of({"a", "b", "a"})).value().articles.size() == 2);

    const auto done = history.writer
                          .commit({turn({matched(article("a")), matched(article("a"))}),
                                   turn({matched(article("a"))})},
                                  at())
                          .value();
    CHECK(done.new_articles == 1);
    CHECK(done.revised_articles == 0);
    CHECK(done.new_hits == 1);
    CHECK(done.head == 1);
}

TEST_CASE("what rules read decides whether an article is seen again") {
    struct Change {
        const char* name;
        void (*apply)(Article&);
        std::size_t unseen;
    };
    const auto change =
        GENERATE(Change{"nothing", [](Article&) {}, 0},
                 Change{"title", [](Article& a) { a.title += "!"; }, 1},
                 Change{"summary", [](Article& a) { a.summary += "!"; }, 1},
                 Change{"content", [](Article& a) { a.content += "!"; }, 1},
                 Change{"text moved from summary to title",
                        [](Article& a) { a.title += std::exchange(a.summary, ""); }, 1},
                 Change{"url", [](Article& a) { a.url += "?utm_source=x"; }, 0},
                 Change{"published", [](Article& a) { a.published = at(); }, 0});
    CAPTURE(change.name);
    Fixture history;
    REQUIRE(history.writer.commit({turn({matched(article("a"))})}, at()));

    Article again = article("a");
    change.apply(again);
    CHECK(history.writer.unseen({again}).value().articles.size() == change.unseen);
    const auto done = history.writer.commit({turn({matched(again)})}, at(1)).value();
    CHECK(done.revised_articles == change.unseen);
    CHECK(done.new_articles == 0);
    CHECK(done.new_hits == 0);
}

TEST_CASE("the same commit made twice changes nothing the second time") {
    support::TempDir directory;
    const std::vector<Turn> turns = {turn(
        {matched(article("a"), {rule("one"), rule("two")}), matched(article("b"), {rule("one")})})};
    const auto file = directory / "wirewatch.db";
    {
        Writer writer = Writer::open(file, {}).value();
        const auto done = writer.commit(turns, at()).value();
        CHECK(done.new_articles == 2);
        CHECK(done.new_hits == 3);
        CHECK(done.new_alerts == 3);
        CHECK(done.head == 3);
    }
    Writer writer = Writer::open(file, {}).value();
    CHECK(writer.unseen({article("a"), article("b")}).value().articles.empty());
    const auto again = writer.commit(turns, at(1)).value();
    CHECK(again.new_articles == 0);
    CHECK(again.revised_articles == 0);
    CHECK(again.new_hits == 0);
    CHECK(again.new_alerts == 0);
    CHECK(again.head == 3);
}

TEST_CASE("a hit that is only kept has no alert, then or later") {
    Fixture history;
    const auto kept =
        history.writer.commit({turn({matched(article("a"), {rule()}, Announce::keep)})}, at())
            .value();
    CHECK(kept.new_hits == 1);
    CHECK(kept.new_alerts == 0);

    Article revised = article("a", "Lavrov leaves Islamabad");
    const auto later = history.writer.commit({turn({matched(revised)})}, at(1)).value();
    CHECK(later.revised_articles == 1);
    CHECK(later.new_hits == 0);
    CHECK(later.head == 0);
}

TEST_CASE("a revision alerts only for rules that had not matched before") {
    Fixture history;
    REQUIRE(history.writer.commit({turn({matched(article("a"), {rule("one")})})}, at()));

    const Article revised = article("a", "Lavrov leaves Islamabad");
    const auto done =
        history.writer.commit({turn({matched(revised, {rule("one"), rule("two")})})}, at(1))
            .value();
    CHECK(done.new_hits == 1);
    CHECK(done.head == 2);

    const auto log = AlertLog::open(history.file).value();
    const auto alerts = support::read_alerts(log.after(0, 10).value().messages);
    REQUIRE(alerts.size() == 2);
    CHECK(alerts[0].rule.id == "one");
    CHECK(alerts[0].article.title == "Lavrov arrives in Islamabad");
    CHECK(alerts[1].rule.id == "two");
    CHECK(alerts[1].article.title == "Lavrov leaves Islamabad");
    CHECK(alerts[1].story.first_seen == at());
}

TEST_CASE("an article that flips between two texts has two revisions, and shows what stands") {
    Fixture history;
    const Article arrives = article("a");
    const Article leaves = article("a", "Lavrov leaves Islamabad");
    const auto reader = [&] { return Reader::open(history.file).value(); };
    for (int minute = 0; minute < 8; ++minute) {
        const Article& now = minute % 2 == 0 ? arrives : leaves;
        CHECK(history.writer.unseen({now}).value().articles.size() == 1);
        REQUIRE(history.writer.commit({turn({matched(now, {rule()})})}, at(minute)));
        CHECK(history.writer.unseen({now}).value().articles.empty());
        const auto stored = reader().article(arrives.key).value();
        CHECK(stored.article.title == now.title);
        CHECK(stored.revisions == std::min(minute + 1, 2));
    }
    REQUIRE(history.writer.commit({turn({matched(arrives)})}, at(8)));
    const auto revisions = reader().revisions(arrives.key).value();
    REQUIRE(revisions.size() == 2);
    CHECK(revisions[0].latest);
    CHECK_FALSE(revisions[1].latest);

    const auto third =
        history.writer.commit({turn({matched(article("a", "A third"), {rule("b")})})}, at(9));
    CHECK(third.value().new_alerts == 1);
    const Sql sql{history.file};
    sql("INSERT INTO article_text (article_text, rank) VALUES ('integrity-check', 1)");
    CHECK(sql("SELECT group_concat(revision) FROM revisions") == "1,2,3");
    CHECK(sql("SELECT revision FROM articles") == "3");
}

TEST_CASE("of many revisions the first, the newest and those that hits quote are kept") {
    Fixture history;
    for (int n = 1; n <= 200; ++n) {
        const Article read = article("a", std::to_string(n) + " readers");
        auto hits = n == 60 ? std::vector{rule()} : std::vector<Rule>{};
        REQUIRE(history.writer.commit({turn({matched(read, hits)})}, at(n)));
    }
    const Sql sql{history.file};
    CHECK(sql("SELECT count(*) FROM revisions") == "52");
    CHECK(sql("SELECT group_concat(revision) FROM revisions WHERE revision < 152") == "1,60,151");
    const auto log = AlertLog::open(history.file).value();
    const auto alerts = support::read_alerts(log.after(0, 10).value().messages);
    REQUIRE(alerts.size() == 1);
    CHECK(alerts[0].article.title == "60 readers");
}

TEST_CASE("the index of words follows each revision, whatever the text holds") {
    Fixture history;
    const std::string text = GENERATE(std::string{"nul \0 inside", 12}, std::string{"\xff\xc3("},
                                      std::string{}, std::string(100'000, '"'));
    for (const std::string& title : {text, std::string{"plain"}, text + text}) {
        Article article = samples::article("a", title);
        article.content = text;
        REQUIRE(history.writer.commit({turn({matched(article)})}, at()));
    }
    // Compares the whole index with the current texts.
    const Sql sql{history.file};
    sql("INSERT INTO article_text (article_text, rank) VALUES ('integrity-check', 1)");
    CHECK(sql("SELECT revision FROM articles") == (text.empty() ? "1" : "3"));
}

TEST_CASE("who waits for a commit is told when it can be read, and only where it went well") {
    Fixture history;
    int told = 0;
    const OnDisk on_disk = [&](const Committed& done) {
        ++told;
        CHECK(AlertLog::open(history.file).value().head().value() == done.head);
    };
    REQUIRE(history.writer.commit({turn({matched(article("a"))})}, at(), on_disk));
    CHECK(told == 1);
    Sql{history.file}(
        "CREATE TRIGGER trouble BEFORE INSERT ON outbox BEGIN SELECT raise(ABORT, 'trouble'); END");
    CHECK_FALSE(history.writer.commit({turn({matched(article("b"))})}, at(1), on_disk));
    CHECK(told == 1);
}

TEST_CASE("a turn without articles keeps the feed's state, no turn nothing") {
    Fixture history;
    CHECK(history.writer.commit({}, at()).value().head == 0);
    CHECK(history.writer.feed_states().value().empty());
    CHECK(history.writer.commit({turn({})}, at()).value().new_articles == 0);
    CHECK(history.writer.feed_states().value().size() == 1);
}

TEST_CASE("a commit that is refused in the middle leaves nothing of itself") {
    Fixture history;
    REQUIRE(history.writer.commit({turn({matched(article("a"))})}, at()));
    Sql sql{history.file};
    sql("CREATE TRIGGER trouble BEFORE INSERT ON outbox WHEN new.seq = 3"
        " BEGIN SELECT raise(ABORT, 'trouble'); END");
    const std::vector<Turn> turns = {
        turn({matched(article("b")), matched(article("c"))}, "new-feed")};
    const auto refused = history.writer.commit(turns, at(1));
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().text, Catch::Contains("trouble"));
    CHECK(history.writer.feed_states().value().size() == 1);
    CHECK(history.writer.unseen(articles_of({"b", "c"})).value().articles.size() == 2);

    sql("DROP TRIGGER trouble");
    const auto done = history.writer.commit(turns, at(2)).value();
    CHECK(done.new_alerts == 2);
    CHECK(done.head == 3);
}

TEST_CASE("everything of a feed's state survives") {
    Fixture history;
    FeedState full;
    full.feed_id = "voa";
    full.url = "https://voa.example/rss";
    full.title = "Voice \"of\" America";
    full.etag = "W/\"abc\x7f\"";
    full.last_modified = "Wed, 07 Apr 2021 12:00:00 GMT";
    full.body_hash = std::string(64, 'a');
    full.identity = Identity::url;
    full.last_attempt = at(1);
    full.last_success = at(2);
    full.next_due = at(3);
    full.gone_since = at(4);
    full.stopped = true;
    full.http_status = 410;
    full.failures = 7;
    full.error = Error{Errc::timeout, "voa: no answer in 30 s"};
    full.latency = std::chrono::milliseconds{1234};
    full.body_bytes = std::size_t{3} << 30;
    full.moved_to = "https://voa.example/feed";
    full.paused = true;
    full.due_reason = "the server's max-age";
    full.ttl = std::chrono::hours{24};
    full.skip_hours = 0x800001;
    full.skip_days = 0x41;
    full.pace = std::chrono::minutes{7};
    full.moving_to = "https://voa.example/new";
    full.moving_seen = 2;
    full.moving_since = at(5);
    full.continuous_since = at(6);
    full.gap_from = at(7);
    REQUIRE(history.writer.commit({{full, {}}, {state("gulf"), {}}}, at()));

    const auto states = history.writer.feed_states().value();
    REQUIRE(states.size() == 2);
    CHECK(states[0].feed_id == "gulf");
    CHECK_FALSE(states[0].last_attempt);
    CHECK_FALSE(states[0].error);
    const FeedState& read = states[1];
    CHECK(read.url == full.url);
    CHECK(read.title == full.title);
    CHECK(read.etag == full.etag);
    CHECK(read.last_modified == full.last_modified);
    CHECK(read.body_hash == full.body_hash);
    CHECK(read.identity == full.identity);
    CHECK(read.last_attempt == full.last_attempt);
    CHECK(read.last_success == full.last_success);
    CHECK(read.next_due == full.next_due);
    CHECK(read.gone_since == full.gone_since);
    CHECK(read.stopped);
    CHECK(read.http_status == 410);
    CHECK(read.failures == 7);
    REQUIRE(read.error);
    CHECK(read.error->code == Errc::timeout);
    CHECK(read.error->text == full.error->text);
    CHECK(read.latency == full.latency);
    CHECK(read.body_bytes == full.body_bytes);
    CHECK(read.moved_to == full.moved_to);
    CHECK(read.paused);
    CHECK(read.due_reason == full.due_reason);
    CHECK(read.ttl == full.ttl);
    CHECK(read.skip_hours == full.skip_hours);
    CHECK(read.skip_days == full.skip_days);
    CHECK(read.pace == full.pace);
    CHECK(read.moving_to == full.moving_to);
    CHECK(read.moving_seen == full.moving_seen);
    CHECK(read.moving_since == full.moving_since);
    CHECK(read.continuous_since == full.continuous_since);
    CHECK(read.gap_from == full.gap_from);

    REQUIRE(history.writer.commit({{state("voa"), {}}}, at(5)));
    const auto well = history.writer.feed_states().value();
    CHECK_FALSE(well[1].error);
    CHECK_FALSE(well[1].gone_since);
    CHECK_FALSE(well[1].stopped);
}

}  // namespace wirewatch::history
