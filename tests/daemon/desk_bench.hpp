// SPDX-License-Identifier: MIT
// A desk over a scripted internet, a clock moved by hand, and a real database.
#pragma once

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
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace wirewatch::daemon {

inline const std::string kUrl = "https://example.org/feed.xml";

/// A feed of one article, for those who do not care what it says.
inline const std::string kFeed =
    "<rss version=\"2.0\"><channel><title>Example</title><item><title>Rain</title></item>"
    "</channel></rss>";

struct Item {
    std::string guid;
    std::string title;
    std::string date = "Wed, 07 Apr 2021 11:00:00 GMT";
};

inline std::string rss(const std::vector<Item>& items) {
    std::string document = "<rss version=\"2.0\"><channel><title>Example</title>";
    for (const Item& item : items) {
        document += "<item><guid isPermaLink=\"false\">" + item.guid + "</guid><title>" +
                    item.title + "</title><pubDate>" + item.date + "</pubDate></item>";
    }
    return document + "</channel></rss>";
}

inline Feed feed(const std::string& id, const std::string& url) {
    return {.id = id, .url = url};
}

inline Rule rule(const std::string& id, const std::string& query) {
    return {.id = id, .title = id, .query = query};
}

/// A desk with everything it needs: one feed at kUrl, polled every 15 minutes, and the rule "talks"
/// that looks for Moscow.
class DeskBench {
  public:
    explicit DeskBench(const std::string& feed_id = "example") {
        config_.feeds = {feed(feed_id, kUrl)};
        config_.rules = {rule("talks", "moscow")};
        config_.poll.interval = std::chrono::minutes{15};
        config_.poll.max_jitter = 0;
    }

    /// May be called again, like a restart.
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
                        .on_orders_done = [this] { ++orders_done_; },
                        .on_storing = [this](bool storing) { storing_.push_back(storing); }},
                       1);
        REQUIRE(desk);
        desk_ = std::move(*desk);
    }

    /// What the server at kUrl says next.
    void answer(int status, const std::string& body = "", const std::string& retry_after = "") {
        fetcher_->answer(
            kUrl,
            {.response = feeds::Response{
                 .status = status, .final_url = kUrl, .retry_after = retry_after, .body = body}});
    }

    /// Turns the desk while that much time passes.
    void pass(std::chrono::milliseconds time) {
        const Ticks end = clock_.ticks() + time;
        while (clock_.ticks() < end) {
            desk_->turn(std::chrono::ceil<std::chrono::milliseconds>(end - clock_.ticks()));
        }
    }

    /// Gives an order and has it carried out.
    review::ControlAnswer ask(review::ControlCommand command, std::vector<std::string> feeds = {}) {
        const auto ticket = desk_->order({.command = command, .feeds = std::move(feeds)});
        REQUIRE(ticket);
        desk_->turn(std::chrono::milliseconds{0});
        auto done = desk_->take_done();
        REQUIRE(done.size() == 1);
        CHECK(done[0].ticket == *ticket);
        return std::move(done[0].answer);
    }

    /// What the desk says of itself.
    [[nodiscard]] review::DaemonStatus status() {
        auto answer = ask(review::ControlCommand::status);
        REQUIRE(answer.status);
        return std::move(*answer.status);
    }

    [[nodiscard]] std::vector<Alert> alerts() const {
        const auto log = history::AlertLog::open(directory_ / "test.db");
        REQUIRE(log);
        const auto page = log->after(0, 500);
        REQUIRE(page);
        return support::read_alerts(page->messages);
    }

    /// Of the first feed of the configuration.
    [[nodiscard]] FeedState state() const { return state(config_.feeds.front().id); }

    [[nodiscard]] FeedState state(const std::string& feed_id) const {
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

    /// How often anything was asked for since begin(), or a URL.
    [[nodiscard]] std::size_t requests() const { return fetcher_->requests().size(); }
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
    int orders_done_ = 0;
    std::vector<bool> storing_;
};

}  // namespace wirewatch::daemon
