// SPDX-License-Identifier: MIT
// Three days with the real desk, the real fetcher and a real database, in seconds: what a publisher
// sees of us. It prints the figures of docs/polling.md.
#include "fake_origin.hpp"
#include "daemon/desk.hpp"
#include "daemon/log.hpp"
#include "feeds/curl_fetcher.hpp"
#include "history/reader.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"
#include "support/virtual_time_fetcher.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <iostream>
#include <map>
#include <memory>
#include <string>

using namespace wirewatch;
using namespace std::chrono_literals;

namespace {

/// A daemon's desk, which can be ended and begun again.
class Reader {
  public:
    Reader(support::ManualClock& clock, const FakeOrigin& origin) : clock_{clock} {
        for (const std::string& name : origin.feeds()) {
            Feed feed{.id = name, .url = origin.url(name)};
            feed.allow_private = {"127.0.0.0/8"};
            feed.adaptive = name == "adaptive";
            config_.feeds.push_back(std::move(feed));
        }
        config_.rules = {{.id = "news", .title = "News", .query = "news"}};
        config_.poll.interval = 30min;
        config_.fetch.contact = "https://example.org/about";
    }

    void begin() {
        desk_.reset();
        writer_.reset();
        auto writer = history::Writer::open(directory_ / "test.db", {});
        REQUIRE(writer);
        writer_ = std::make_unique<history::Writer>(std::move(*writer));
        auto fetcher = std::make_unique<support::VirtualTimeFetcher>(
            std::make_unique<feeds::CurlFetcher>(config_.fetch), clock_);
        fetcher_ = fetcher.get();
        auto desk = daemon::Desk::open(
            daemon::make_plan(config_), *writer_, std::move(fetcher), clock_,
            {.on_alerts = [] {}, .on_fatal = [](const Error& error) { FAIL_CHECK(error.text); }},
            1);
        REQUIRE(desk);
        desk_ = std::move(*desk);
    }

    /// Turns the desk while that much time passes, and until nothing is in flight.
    void pass(std::chrono::milliseconds time) {
        const Ticks end = clock_.ticks() + time;
        while (clock_.ticks() < end || fetcher_->running() > 0) {
            desk_->turn(std::chrono::ceil<std::chrono::milliseconds>(end - clock_.ticks()));
        }
        for (const auto& [feed, count] : fetcher_->starts()) {
            polls_[feed] += count - counted_[feed];
        }
        counted_ = fetcher_->starts();
    }

    void end() {
        counted_.clear();
        desk_.reset();
        writer_.reset();
    }

    /// How often a feed was due, and so asked for.
    [[nodiscard]] std::size_t polls(const std::string& feed) const { return polls_.at(feed); }

    [[nodiscard]] FeedState state(const std::string& feed) const {
        const auto reader = history::Reader::open(directory_ / "test.db");
        REQUIRE(reader);
        const auto states = reader->feed_states();
        REQUIRE(states);
        for (const FeedState& state : *states) {
            if (state.feed_id == feed) {
                return state;
            }
        }
        FAIL("no state of " + feed);
        return {};
    }

  private:
    support::ManualClock& clock_;
    support::TempDir directory_;
    daemon::Config config_;
    support::VirtualTimeFetcher* fetcher_ = nullptr;
    std::unique_ptr<history::Writer> writer_;
    std::unique_ptr<daemon::Desk> desk_;
    std::map<std::string, std::size_t> polls_;
    std::map<std::string, std::size_t> counted_;
};

void print(const FakeOrigin& origin, const Manners& all) {
    std::cout << "72 h, " << origin.feeds().size() << " feeds: " << all.requests << " requests, "
              << all.redirects << " redirects; answers:";
    for (const auto& [status, count] : origin.statuses()) {
        std::cout << ' ' << (status == 0 ? "none" : std::to_string(status)) << " × " << count
                  << ';';
    }
    std::cout << "\nunconditional after the first " << all.unconditional << ", wrong validators "
              << all.wrong_validators << ", early " << all.early << ", cookies " << all.cookies
              << ", referers " << all.referers << '\n';
}

}  // namespace

TEST_CASE("in three days no publisher has anything against us") {
    daemon::set_log_level(daemon::LogLevel::error);
    support::ManualClock clock;
    const FakeOrigin origin{clock};
    Reader reader{clock, origin};
    reader.begin();
    reader.pass(36h);
    reader.end();
    clock.advance(20min);  // the daemon is restarted
    reader.begin();
    reader.pass(36h - 20min);

    Manners all;
    for (const std::string& feed : origin.feeds()) {
        CAPTURE(feed);
        const Manners manners = origin.manners(feed);
        CHECK(manners.unconditional == 0);
        CHECK(manners.wrong_validators == 0);
        CHECK(manners.early == 0);
        CHECK(manners.cookies == 0);
        CHECK(manners.referers == 0);
        CHECK(manners.nameless == 0);
        CHECK(manners.requests == reader.polls(feed));  // one for each time that it was due
        all += manners;
    }
    print(origin, all);

    // 72 h at 30 to 33 minutes and a wait for others, less the restart.
    for (const char* feed : {"changed", "unchanged", "touched", "renewed", "lent", "moved"}) {
        CAPTURE(feed);
        CHECK(origin.manners(feed).requests >= 128);
        CHECK(origin.manners(feed).requests <= 145);
    }
    CHECK(origin.manners("max-age").requests >= 43);   // 90 to 99 minutes
    CHECK(origin.manners("expires").requests >= 21);   // 180 to 198
    CHECK(origin.manners("ttl").requests >= 32);       // 120 to 132
    CHECK(origin.manners("adaptive").requests > 500);  // it has found 5 minutes
    CHECK(reader.state("adaptive").pace == 5min);

    // What was played was seen.
    const auto statuses = origin.statuses();
    for (const int status : {0, 200, 301, 302, 304, 308, 410, 429, 500, 503}) {
        CAPTURE(status);
        CHECK(statuses.contains(status));
    }
    CHECK(statuses.at(410) == 2);
    CHECK(statuses.at(429) == 2);
    CHECK(reader.state("gone").stopped);
    CHECK(reader.state("moved").moved_to.ends_with("/there"));
    CHECK(reader.state("lent").moved_to.empty());
    // Asked at the old address for the first day, at the new one from then on.
    CHECK(origin.asked("/moved") >= 44);
    CHECK(origin.asked("/moved") <= 50);
    CHECK(origin.asked("/middle") == origin.asked("/moved"));
    for (const char* feed : {"limited", "neighbour", "busy", "broken"}) {
        CAPTURE(feed);
        CHECK_FALSE(reader.state(feed).error);
        CHECK(origin.last_asked(feed) > clock.now() - 34min);
    }
}
