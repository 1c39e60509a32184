// SPDX-License-Identifier: MIT
#include "bench/poller.hpp"

#include "base/time.hpp"
#include "daemon/feed_turn.hpp"
#include "feeds/http_policy.hpp"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <utility>

namespace wirewatch::bench {

namespace {

constexpr std::size_t kMaxResults = 256;   // as the desk takes them
constexpr std::size_t kMaxArticles = 100;  // as it commits them

std::shared_ptr<const daemon::Plan> plan_of(std::vector<Feed> feeds, std::vector<Rule> rules) {
    daemon::Config config;
    config.feeds = std::move(feeds);
    config.rules = std::move(rules);
    auto plan = daemon::make_plan(std::move(config));
    if (daemon::errors_in(plan->rule_problems) > 0) {
        std::fputs("a rule of the bench is wrong\n", stderr);
        std::abort();
    }
    return plan;
}

void expect(const feeds::FetchResult& result, int status) {
    if (!result.response || result.response->status != status) {
        std::fprintf(stderr, "%s: %s\n", result.url.c_str(),
                     result.response ? "another status than expected"
                                     : result.response.error().text.c_str());
        std::abort();
    }
}

}  // namespace

Poller::Poller(std::vector<Feed> feeds, std::vector<Rule> rules, std::size_t in_flight,
               const std::filesystem::path& directory)
    : plan_{plan_of(std::move(feeds), std::move(rules))},
      matcher_{plan_->rules},
      in_flight_{in_flight},
      writer_{history::Writer::open(directory / "bench.db", {}).value()},
      fetcher_{{.max_connections = 1000, .keep_alive = std::chrono::seconds{75}}} {}

void Poller::start(std::size_t index) {
    const Feed& feed = plan_->config.feeds[index];
    fetcher_.start(feeds::request_for(feed, states_[feed.id]));
}

void Poller::commit(std::vector<history::Turn>& turns, Shares& shares) {
    const Stopwatch watch;
    const auto committed = writer_.commit(turns, SystemClock{}.now());
    if (!committed) {
        std::fprintf(stderr, "%s\n", committed.error().text.c_str());
        std::abort();
    }
    shares.articles += committed->new_articles;
    shares.hits += committed->new_hits;
    for (history::Turn& turn : turns) {
        states_[turn.state.feed_id] = std::move(turn.state);
    }
    turns.clear();
    shares.storing += watch.cost();
}

Shares Poller::poll(int status) {
    const Stopwatch whole;
    Shares shares;
    const std::size_t count = plan_->config.feeds.size();
    std::size_t begun = 0;
    std::size_t done = 0;
    std::vector<history::Turn> turns;
    while (done < count) {
        const Stopwatch fetching;
        for (; begun < count && begun - done < in_flight_; ++begun) {
            start(begun);
        }
        const auto results = fetcher_.wait(std::nullopt, kMaxResults);
        shares.fetching += fetching.cost();
        std::size_t articles = 0;
        std::optional<Stopwatch> reading{
            std::in_place};  // not for each: reading the clock costs, too
        for (const feeds::FetchResult& result : results) {
            expect(result, status);
            auto turn = daemon::read_turn(
                {*plan_, writer_, matcher_, &troubles_, random_, SystemClock{}.now()},
                *plan_->feed(result.feed_id), states_[result.feed_id], result);
            articles += turn.value().turn.articles.size();
            turns.push_back(std::move(turn->turn));
            ++done;
            if (articles >= kMaxArticles) {
                shares.reading += reading->cost();
                commit(turns, shares);
                articles = 0;
                reading.emplace();
            }
        }
        shares.reading += reading->cost();
        if (!turns.empty()) {
            commit(turns, shares);
        }
    }
    shares.all = whole.cost();
    return shares;
}

Cost Poller::fetch(int status) {
    const Stopwatch whole;
    const std::size_t count = plan_->config.feeds.size();
    std::size_t begun = 0;
    std::size_t done = 0;
    while (done < count) {
        for (; begun < count && begun - done < in_flight_; ++begun) {
            start(begun);
        }
        for (const feeds::FetchResult& result : fetcher_.wait(std::nullopt, kMaxResults)) {
            expect(result, status);
            FeedState& state = states_[result.feed_id];
            auto outcome = feeds::judge(
                {*plan_->feed(result.feed_id), SystemClock{}.now(), plan_->config.poll, random_},
                state, result);
            state = std::move(outcome.state);
            ++done;
        }
    }
    return whole.cost();
}

}  // namespace wirewatch::bench
