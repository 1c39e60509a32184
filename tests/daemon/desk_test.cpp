// SPDX-License-Identifier: MIT
// The desk over a scripted internet, a clock moved by hand, and a real database.
#include "daemon/desk.hpp"

#include "history/alert_log.hpp"
#include "history/reader.hpp"
#include "support/manual_clock.hpp"
#include "support/read_message.hpp"
#include "support/scripted_fetcher.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <string>
#include <vector>

#include <sys/resource.h>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;

namespace {

const std::string kUrl = "https://example.org/feed.xml";

struct Item {
    std::string guid;
    std::string title;
    std::string date = "Wed, 07 Apr 2021 11:00:00 GMT";
};

std::string rss(const std::vector<Item>& items) {
    std::string document = "<rss version=\"2.0\"><channel><title>Example</title>";
    for (const Item& item : items) {
        document += "<item><guid isPermaLink=\"false\">" + item.guid + "</guid><title>" +
                    item.title + "</title><pubDate>" + item.date + "</pubDate></item>";
    }
    return document + "</channel></rss>";
}

Feed feed(const std::string& id, const std::string& url) {
    return {.id = id, .url = url};
}

Rule rule(const std::string& id, const std::string& query) {
    return {.id = id, .title = id, .query = query};
}

/// A desk with everything it needs; begin() may be called again, like a restart.
class Bench {
  public:
    Bench() {
        config_.feeds = {feed("example", kUrl)};
        config_.rules = {rule("talks", "moscow")};
        config_.poll.interval = 15min;
        config_.poll.max_jitter = 0;
    }

    void begin() {
        desk_.reset();
        writer_.reset();
        auto writer = history::Writer::open(directory_ / "test.db", {});
        REQUIRE(writer);
        writer_ = std::make_unique<history::Writer>(std::move(*writer));
        auto fetcher = std::make_unique<support::ScriptedFetcher>(clock_);
        fetcher_ = fetcher.get();
        auto desk =
            Desk::open(make_plan(config_), *writer_, std::move(fetcher), clock_,
                       {.on_alerts = [this] { ++alerted_; },
                        .on_fatal = [this](const Error&) { ++fatal_; },
                        .on_storing = [this](bool storing) { storing_.push_back(storing); }},
                       1);
        REQUIRE(desk);
        desk_ = std::move(*desk);
    }

    /// Turns the desk while that much time passes.
    void pass(std::chrono::milliseconds time) {
        const Ticks end = clock_.ticks() + time;
        while (clock_.ticks() < end) {
            desk_->turn(std::chrono::ceil<std::chrono::milliseconds>(end - clock_.ticks()));
        }
    }

    [[nodiscard]] std::vector<Alert> alerts() const {
        const auto log = history::AlertLog::open(directory_ / "test.db");
        REQUIRE(log);
        const auto page = log->after(0, 500);
        REQUIRE(page);
        return support::read_alerts(page->messages);
    }

    [[nodiscard]] FeedState state(const std::string& feed_id = "example") const {
        const auto reader = history::Reader::open(directory_ / "test.db");
        REQUIRE(reader);
        const auto states = reader->feed_states();
        REQUIRE(states);
        const auto found =
            std::find_if(states->begin(), states->end(),
                         [&](const FeedState& state) { return state.feed_id == feed_id; });
        REQUIRE(found != states->end());
        return *found;
    }

    /// What the desk says of itself.
    [[nodiscard]] review::DaemonStatus status() {
        REQUIRE(desk_->order({.command = review::ControlCommand::status}));
        desk_->turn(0ms);
        const auto done = desk_->take_done();
        REQUIRE(done.size() == 1);
        REQUIRE(done[0].answer.status);
        return *done[0].answer.status;
    }

    /// How often a URL was asked for since begin().
    [[nodiscard]] std::size_t asked(const std::string& url) const {
        const auto& all = fetcher_->requests();
        return static_cast<std::size_t>(
            std::count_if(all.begin(), all.end(),
                          [&](const feeds::FetchRequest& request) { return request.url == url; }));
    }

    support::ManualClock clock_;
    support::TempDir directory_;
    Config config_;
    support::ScriptedFetcher* fetcher_ = nullptr;
    std::unique_ptr<history::Writer> writer_;
    std::unique_ptr<Desk> desk_;
    int alerted_ = 0;
    int fatal_ = 0;
    std::vector<bool> storing_;
};

/// As long as it lives, this process can write no file past its first block.
class FullDisk {
  public:
    FullDisk() {
        std::signal(SIGXFSZ, SIG_IGN);
        REQUIRE(getrlimit(RLIMIT_FSIZE, &before_) == 0);
        const rlimit none{.rlim_cur = 512, .rlim_max = before_.rlim_max};
        REQUIRE(setrlimit(RLIMIT_FSIZE, &none) == 0);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }

  private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("a feed is polled at once, then at its interval, and an article alerts once") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}, {"2", "Rain in Lahore"}}));
    bench.pass(1min);
    CHECK(bench.fetcher_->requests().size() == 1);
    REQUIRE(bench.alerts().size() == 1);
    CHECK(bench.alerts()[0].article.title == "Talks in Moscow");
    CHECK(bench.alerts()[0].rule.id == "talks");
    CHECK(bench.alerts()[0].feed_title == "Example");
    CHECK(bench.alerted_ == 1);
    bench.pass(1h);
    CHECK(bench.fetcher_->requests().size() == 5);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE(
    "at the first poll, articles older than the window are kept and matched without an alert") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Moscow, last week", "Wed, 31 Mar 2021 11:00:00 GMT"},
                                      {"2", "Moscow, today"},
                                      {"3", "Moscow, no date", ""}}));
    bench.pass(1min);
    CHECK(bench.alerts().size() == 2);
    const auto reader = history::Reader::open(bench.directory_ / "test.db");
    REQUIRE(reader);
    const auto rows = reader->hits({});
    REQUIRE(rows);
    CHECK(rows->rows.size() == 3);
}

TEST_CASE("after the first poll, an article alerts however old it says it is") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Rain"}}));
    bench.fetcher_->answer(
        kUrl, rss({{"2", "Moscow, last week", "Wed, 31 Mar 2021 11:00:00 GMT"}, {"1", "Rain"}}));
    bench.pass(20min);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("what one read brings alerts the oldest first, whatever order the document has") {
    Bench bench;
    bench.begin();
    const std::vector<Item> dated{{"3", "Moscow three", "Wed, 07 Apr 2021 10:00:00 GMT"},
                                  {"1", "Moscow one", "Wed, 07 Apr 2021 08:00:00 GMT"},
                                  {"2", "Moscow two", "Wed, 07 Apr 2021 09:00:00 GMT"}};
    bench.fetcher_->answer(kUrl, rss(dated));
    std::vector<Item> not_all_dated{{"5", "Moscow five", ""}, {"4", "Moscow four"}};
    not_all_dated.insert(not_all_dated.end(), dated.begin(), dated.end());
    bench.fetcher_->answer(kUrl, rss(not_all_dated));
    bench.pass(20min);
    std::vector<std::string> titles;
    for (const Alert& alert : bench.alerts()) {
        titles.push_back(alert.article.title);
    }
    CHECK(titles == std::vector<std::string>{"Moscow one", "Moscow two", "Moscow three",
                                             "Moscow four", "Moscow five"});
}

TEST_CASE("a revised article alerts when only the new text matches, and not a second time") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks somewhere"}}));
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow end"}}));
    bench.pass(1h);
    REQUIRE(bench.alerts().size() == 1);
    CHECK(bench.alerts()[0].article.title == "Talks in Moscow");
}

TEST_CASE("a failing feed backs off, keeps its articles, and is well again at the first success") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(
        kUrl, {.response = fail(Errc::network, "connection refused by example.org:443")});
    bench.fetcher_->answer(kUrl, "<html><title>Welcome</title></html>");
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.pass(1min);
    REQUIRE(bench.state().error);
    CHECK(bench.state().failures == 1);
    CHECK_THAT(bench.state().error->text, Catch::Contains("connection refused"));
    bench.pass(31min);
    REQUIRE(bench.state().error);
    CHECK(bench.state().failures == 2);
    CHECK_THAT(bench.state().error->text, Catch::Contains("HTML page"));
    bench.pass(61min);
    CHECK_FALSE(bench.state().error);
    CHECK(bench.state().failures == 0);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE(
    "a feed whose guids turn out to repeat alerts for the new article and for no old one again") {
    Bench bench;
    bench.begin();
    const auto item = [](const std::string& guid, const std::string& url,
                         const std::string& title) {
        return "<item><guid isPermaLink=\"false\">" + guid + "</guid><link>https://example.org/" +
               url + "</link><title>" + title + "</title></item>";
    };
    const std::string head = "<rss version=\"2.0\"><channel><title>Example</title>";
    const std::string tail = "</channel></rss>";
    bench.fetcher_->answer(
        kUrl, head + item("1", "a", "Talks in Moscow") + item("2", "b", "Rain") + tail);
    bench.fetcher_->answer(kUrl, head + item("1", "c", "Moscow again") +
                                     item("1", "a", "Talks in Moscow") + item("2", "b", "Rain") +
                                     tail);
    bench.pass(1h);
    REQUIRE(bench.alerts().size() == 2);
    CHECK(bench.alerts()[0].article.title == "Talks in Moscow");
    CHECK(bench.alerts()[1].article.title == "Moscow again");
}

TEST_CASE("a restart polls nothing early and repeats no alert") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.pass(5min);
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.pass(9min);
    CHECK(bench.fetcher_->requests().empty());
    bench.pass(2min);
    CHECK(bench.fetcher_->requests().size() == 1);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("what broke off is asked for again, whole") {
    Bench bench;
    bench.begin();
    const std::string whole = rss({{"1", "Rain"}, {"2", "Talks in Moscow"}});
    for (const std::string& body : {whole.substr(0, whole.find("Talks")), whole}) {
        bench.fetcher_->answer(
            kUrl, {.response = feeds::Response{
                       .status = 200, .final_url = kUrl, .etag = "\"e1\"", .body = body}});
    }
    bench.pass(20min);
    REQUIRE(bench.fetcher_->requests().size() == 2);
    CHECK(bench.fetcher_->requests()[1].etag.empty());
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("an article that breaks off alerts once, whether its id came before the break or not") {
    const bool has_id = GENERATE(true, false);
    CAPTURE(has_id);
    Bench bench;
    bench.begin();
    const std::string head =
        "<rss><channel><item><guid>1</guid><title>Rain</title></item><item><title>Talks in "
        "Moscow</title>";
    const std::string guid = "<guid>2</guid>";
    bench.fetcher_->answer(kUrl, head + (has_id ? guid : "") + "<description>Half a tex");
    bench.fetcher_->answer(kUrl, head + guid +
                                     "<description>A whole text</description></item>"
                                     "</channel></rss>");
    bench.pass(1min);
    CHECK(bench.alerts().size() == (has_id ? 1 : 0));
    CHECK(bench.state().identity == Identity::id);
    bench.pass(1h);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("validators go back as they came") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl,
                           {.response = feeds::Response{.status = 200,
                                                        .final_url = kUrl,
                                                        .etag = "W/\"a b\"",
                                                        .last_modified = "yesterday, about noon",
                                                        .body = rss({{"1", "Rain"}})}});
    bench.pass(16min);
    REQUIRE(bench.fetcher_->requests().size() == 2);
    CHECK(bench.fetcher_->requests()[0].etag.empty());
    CHECK(bench.fetcher_->requests()[1].etag == "W/\"a b\"");
    CHECK(bench.fetcher_->requests()[1].last_modified == "yesterday, about noon");
}

TEST_CASE("a new plan takes effect at once: feeds come and go, rules change, nothing is doubled") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}, {"2", "Rain in Lahore"}}));
    bench.fetcher_->answer("https://other.example/", rss({{"1", "Lahore and Moscow"}}));
    bench.pass(1min);

    Config config = bench.config_;
    config.feeds.push_back(feed("other", "https://other.example/"));
    config.rules.push_back(rule("rain", "lahore"));
    bench.desk_->adopt(make_plan(config));
    bench.pass(1min);
    CHECK(bench.fetcher_->requests().size() == 2);
    CHECK(bench.alerts().size() == 3);

    config.feeds.clear();
    bench.desk_->adopt(make_plan(config));
    bench.pass(2h);
    CHECK(bench.fetcher_->requests().size() == 2);
}

TEST_CASE("a rule that is wrong keeps its former version") {
    Bench bench;
    const auto former = make_plan(bench.config_);
    Config config = bench.config_;
    config.rules[0].query = "moscow AND (";
    const auto plan = make_plan(config, former.get());
    CHECK(errors_in(plan->rule_problems) == 1);
    REQUIRE(plan->rules.rules().size() == 1);
    CHECK(plan->rules.rules()[0]->query == "moscow");
    CHECK(make_plan(config)->rules.rules().empty());
}

TEST_CASE("a set that is wrong keeps its former version, and the rules that use it") {
    Bench bench;
    Config config = bench.config_;
    config.sets = {{.name = "russia", .query = "russia OR moscow"}};
    config.rules.push_back(rule("gas", "@russia AND gas"));
    const auto former = make_plan(config);
    REQUIRE(former->rules.rules().size() == 2);
    config.sets[0].query = "(russia OR moscow";
    const auto plan = make_plan(config, former.get());
    CHECK(errors_in(plan->rule_problems) > 0);
    CHECK(plan->rules.rules().size() == 2);
}

TEST_CASE("a database that is taken away under the daemon ends it, and nothing is announced") {
    Bench bench;
    bench.begin();
    std::filesystem::remove(bench.directory_ / "test.db");
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.pass(1min);
    CHECK(bench.fatal_ > 0);
    CHECK(bench.alerted_ == 0);
}

TEST_CASE("while the disk is full, nothing is fetched and nothing is lost") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    const Instant before = bench.clock_.now();
    {
        const FullDisk full;
        bench.pass(40min);
        const auto status = bench.status();
        REQUIRE(status.standstill);
        CHECK(status.standstill->since >= before);
        CHECK(status.standstill->since < before + 1min);
        CHECK(!status.standstill->why.empty());
    }
    CHECK(bench.storing_ == std::vector{false});
    CHECK(bench.fetcher_->requests().size() == 1);
    CHECK(bench.alerted_ == 0);
    bench.pass(1min);
    CHECK(bench.alerts().size() == 1);
    CHECK(bench.alerted_ == 1);
    CHECK(bench.fatal_ == 0);
    CHECK_FALSE(bench.status().standstill);
    CHECK(bench.storing_ == std::vector{false, true});
}

TEST_CASE("what the full disk makes the desk try again is counted once") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}, {"2", "Rain"}}));
    bench.fetcher_->answer(kUrl, rss({{"3", "Moscow again"}, {"1", "Talks in Moscow"}}));
    {
        const FullDisk full;
        bench.pass(10min);
        CHECK(bench.status().matched_articles == 2);
    }
    bench.pass(1min);
    CHECK(bench.status().matched_articles == 2);
    CHECK(bench.status().matches == 1);
    bench.pass(20min);
    CHECK(bench.status().matched_articles == 3);
    CHECK(bench.alerts().size() == 2);
}

TEST_CASE("a 429 spares the whole host, over a restart as well") {
    Bench bench;
    const std::string other = "https://example.org/other.xml";
    const std::string elsewhere = "https://elsewhere.example/feed.xml";
    bench.config_.feeds = {feed("example", kUrl), feed("other", other),
                           feed("elsewhere", elsewhere)};
    bench.begin();
    for (const std::string& url : {kUrl, other, elsewhere}) {
        bench.fetcher_->answer(url, rss({{"1", "Rain"}}));
    }
    bench.fetcher_->answer(kUrl, {.response = feeds::Response{
                                      .status = 429, .final_url = kUrl, .retry_after = "7200"}});
    bench.pass(19min);
    REQUIRE(bench.state().http_status == 429);
    CHECK(bench.state("other").next_due >= bench.state().last_attempt.value() + 2h);
    CHECK_THAT(bench.state("other").due_reason, Catch::Contains("left alone (429)"));

    bench.begin();
    for (const std::string& url : {kUrl, other, elsewhere}) {
        bench.fetcher_->answer(url, rss({{"1", "Rain"}}));
    }
    bench.pass(100min);
    CHECK(bench.asked(kUrl) == 0);
    CHECK(bench.asked(other) == 0);
    CHECK(bench.asked(elsewhere) >= 6);
    bench.pass(30min);
    CHECK(bench.asked(kUrl) == 1);
    CHECK(bench.asked(other) == 1);
}

TEST_CASE("a feed that was never polled waits for its host over a restart too") {
    Bench bench;
    const std::string other = "https://example.org/other.xml";
    bench.config_.feeds.push_back(feed("other", other));
    bench.config_.scheduler.host_spacing = 1h;  // so that the second waits
    bench.begin();
    bench.fetcher_->answer(kUrl, {.response = feeds::Response{
                                      .status = 429, .final_url = kUrl, .retry_after = "7200"}});
    bench.pass(1min);
    bench.begin();
    bench.fetcher_->answer(other, rss({{"1", "Rain"}}));
    bench.pass(110min);
    CHECK(bench.asked(other) == 0);
    bench.pass(10min);
    CHECK(bench.asked(other) + bench.asked(kUrl) == 1);
}

TEST_CASE("two reads that share no article are a gap, a revised article is none") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Rain"}, {"2", "Wind"}}));
    bench.fetcher_->answer(kUrl, rss({{"2", "Wind, again"}}));
    bench.fetcher_->answer(kUrl, rss({{"8", "Snow"}, {"9", "Talks in Moscow"}}));
    const Instant start = bench.clock_.now();
    bench.pass(20min);
    CHECK(bench.state().continuous_since == start);
    CHECK_FALSE(bench.state().gap_from);
    bench.pass(20min);
    CHECK(bench.state().gap_from == start + 15min);
    CHECK(bench.state().continuous_since == start + 30min);
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("a feed that was empty so far alerts on its first articles, and has no gap") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({}));
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}}));
    bench.fetcher_->answer(kUrl, rss({{"1", "Talks in Moscow"}, {"2", "Wind"}}));
    const Instant start = bench.clock_.now();
    bench.pass(40min);
    CHECK_FALSE(bench.state().gap_from);
    CHECK(bench.state().continuous_since == start + 15min);
    CHECK(bench.alerts().size() == 1);
    CHECK(history::AlertLog::open(bench.directory_ / "test.db").value().head() == 1);
}

TEST_CASE("articles whose keys changed with the feed's identity are no gap") {
    Bench bench;
    bench.begin();
    const auto item = [](const std::string& guid, const std::string& url) {
        return "<item><guid isPermaLink=\"false\">" + guid + "</guid><link>https://example.org/" +
               url + "</link><title>Title of " + url + "</title></item>";
    };
    const std::string head = "<rss version=\"2.0\"><channel><title>Example</title>";
    const std::string tail = "</channel></rss>";
    bench.fetcher_->answer(kUrl, head + item("1", "a") + item("2", "b") + tail);
    bench.fetcher_->answer(kUrl, head + item("1", "c") + item("1", "a") + item("2", "b") + tail);
    bench.pass(20min);
    REQUIRE(bench.state().identity == Identity::url);
    CHECK_FALSE(bench.state().gap_from);
}

TEST_CASE("a feed that has moved for good is polled at its new address, over a restart as well") {
    Bench bench;
    const std::string target = "https://new.example/feed.xml";
    bench.config_.poll.interval = 10h;
    bench.begin();
    bench.fetcher_->answer(kUrl, {.response = feeds::Response{.status = 200,
                                                              .final_url = target,
                                                              .etag = "\"e\"",
                                                              .redirects = {{301, target}},
                                                              .body = rss({{"1", "Rain"}})}});
    bench.fetcher_->answer(target, rss({{"1", "Rain"}, {"2", "Talks in Moscow"}}));
    bench.pass(35h);
    CHECK(bench.asked(kUrl) == 4);
    CHECK(bench.asked(target) == 0);
    CHECK(bench.state().moved_to == target);
    CHECK(bench.state().url == kUrl);
    bench.begin();
    bench.fetcher_->answer(target, rss({{"1", "Rain"}, {"2", "Talks in Moscow"}}));
    bench.pass(6h);
    CHECK(bench.asked(kUrl) == 0);
    REQUIRE(bench.asked(target) == 1);
    CHECK(bench.fetcher_->requests()[0].etag == "\"e\"");
    CHECK(bench.alerts().size() == 1);
}

TEST_CASE("a clock that jumps brings at most one poll of a feed, and keeps none waiting") {
    const auto by = GENERATE(as<std::chrono::milliseconds>{}, -1h, 1h, 8h);
    CAPTURE(by.count());
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Rain"}}));
    bench.pass(5min);
    REQUIRE(bench.asked(kUrl) == 1);
    bench.clock_.jump(by);
    bench.pass(1min);
    CHECK(bench.asked(kUrl) == (by > 0ms ? 2 : 1));
    bench.pass(15min);
    CHECK(bench.asked(kUrl) == (by > 0ms ? 3 : 2));
}

TEST_CASE("a clock that jumps in the midst of a turn does no more harm than between two") {
    const auto by = GENERATE(as<std::chrono::milliseconds>{}, -1h, 1h);
    const int looks = GENERATE(range(0, 24));
    CAPTURE(by.count(), looks);
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, rss({{"1", "Rain"}}));
    bench.clock_.jump_after(looks, by);
    bench.pass(40min);
    CHECK(bench.asked(kUrl) >= 3);
    CHECK(bench.asked(kUrl) <= 4);
}

TEST_CASE("the feed's state says why it is due when it is") {
    Bench bench;
    bench.begin();
    bench.fetcher_->answer(kUrl, {.response = feeds::Response{.status = 200,
                                                              .final_url = kUrl,
                                                              .cache_control = "max-age=3600",
                                                              .body = rss({{"1", "Rain"}})}});
    bench.pass(1min);
    CHECK(bench.state().due_reason == "asked by the server: max-age 1h");
    bench.pass(58min);
    CHECK(bench.asked(kUrl) == 1);
    bench.pass(2min);
    CHECK(bench.asked(kUrl) == 2);
}
