// SPDX-License-Identifier: MIT
// Days of polling in made-up worlds, in no time: scheduler and policy over a clock moved by hand.
// What is promised: docs/polling.md. Longer runs: WIREWATCH_WORLDS=10000 feeds_tests "[.long]".
#include "feeds/clock_jumps.hpp"
#include "feeds/http_policy.hpp"
#include "feeds/moves.hpp"
#include "feeds/scheduler.hpp"
#include "polling_oracle.hpp"
#include "polling_world.hpp"
#include "support/manual_clock.hpp"
#include "support/scripted_fetcher.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;
using namespace std::chrono;

namespace {

/// What the desk does, without parsing and without a database.
class Simulation {
  public:
    Simulation(std::uint64_t seed, WorldSize size)
        : world_{seed, size}, oracle_{world_}, length_{size.length}, random_{seed} {
        for (const Feed& feed : world_.feeds) {
            feed_of_.emplace(feed.id, &feed);
        }
    }

    PollingRecord run() {
        begin();
        const Ticks end = clock_.ticks() + length_;
        Ticks next_event = clock_.ticks() + draw_pause();
        while (clock_.ticks() < end && oracle_.record().broken_promises.empty()) {
            if (clock_.ticks() >= next_event) {
                something_happens();
                next_event = clock_.ticks() + draw_pause();
            }
            turn(std::min(end, next_event));
        }
        oracle_.check_all(clock_.now());
        return oracle_.record();
    }

  private:
    void turn(Ticks until) {
        if (const auto by = jumps_.since_last(clock_.now(), clock_.ticks()); by != 0ms) {
            scheduler_.clock_jumped(by, clock_.now());
            oracle_.clock_jumped(by, clock_.now());
        }
        for (const std::string& id : scheduler_.take_due(clock_.now())) {
            FetchRequest request = request_for(*feed_of_.at(id), states_[id]);
            oracle_.started(request, clock_.now(), clock_.ticks());
            fetcher_->start(std::move(request));
            in_flight_.push_back(id);
        }
        if (const auto due = scheduler_.next_due()) {
            until = std::min(until, clock_.ticks() + std::max(0ms, *due - clock_.now()));
        }
        for (const FetchResult& result : fetcher_->wait(until, 50)) {
            finish(result);
        }
    }

    void finish(const FetchResult& result) {
        const std::string& id = result.feed_id;
        std::erase(in_flight_, id);
        const Feed& feed = *feed_of_.at(id);
        const WorldAnswer& answer = answers_.at(id);
        const Instant now = clock_.now();
        const PollContext poll{feed, now, world_.poll, random_};
        FeedState& state = states_[id];
        Outcome outcome = judge(poll, state, result);
        if (outcome.verdict == Verdict::parse) {
            outcome = read(
                poll, state, std::move(outcome), *result.response,
                {.schedule = answer.schedule, .counts = {answer.articles, answer.seen_before}});
        }
        state = std::move(outcome.state);
        oracle_.finished(id, answer, now);
        if (outcome.pause) {
            const auto& [url, until] = *outcome.pause;
            for (const std::string& other : scheduler_.pause_host(url, until)) {
                wait_for_host(other);
            }
        }
        wait_for_host(id);
        if (outcome.move) {
            scheduler_.moved(id, outcome.move->to);
        }
        scheduler_.finished(id, state.next_due, quiet_times(state));
    }

    /// As the desk does, so that a restart knows it.
    void wait_for_host(const std::string& id) {
        const Feed& feed = *feed_of_.at(id);
        FeedState& state = states_[id];
        const auto paused = scheduler_.host_paused_until(poll_url(feed, state));
        if (state.url.empty()) {
            state = {.feed_id = id, .url = feed.url, .next_due = paused};
        } else if (paused && state.next_due && *state.next_due < *paused) {
            state.next_due = paused;
        }
    }

    void something_happens() {
        switch (below(6)) {
            case 0:
                clock_.jump(-1h);
                break;
            case 1:
                clock_.jump(1h);
                break;
            case 2:
                clock_.jump(minutes{1 + below(12 * 60)});  // it slept
                break;
            case 3:
                adopt();  // a reload
                break;
            default:
                restart();
        }
    }

    void begin() {
        scheduler_ = Scheduler{world_.scheduler};
        jumps_ = {};
        fetcher_ = std::make_unique<support::ScriptedFetcher>(clock_);
        fetcher_->answer_all([this](const FetchRequest& request) {
            WorldAnswer answer = world_.answer(request, clock_.now());
            support::ScriptedAnswer scripted{.response = answer.response, .takes = answer.takes};
            answers_.insert_or_assign(request.feed_id, std::move(answer));
            return scripted;
        });
        adopt();
    }

    void restart() {
        for (const std::string& id : in_flight_) {
            world_.lose(id);
        }
        clock_.advance(seconds{2 + below(2 * 3600)});
        oracle_.restarted(std::exchange(in_flight_, {}), clock_.now());
        begin();
    }

    void adopt() {
        std::vector<FeedState> states;
        for (const auto& [id, state] : states_) {
            states.push_back(state);
        }
        scheduler_.adopt(world_.feeds, states, clock_.now());
        oracle_.adopted(clock_.now());
    }

    milliseconds draw_pause() { return minutes{60 + below(10 * 60)}; }

    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>{0, limit - 1}(world_.random);
    }

    World world_;
    Oracle oracle_;
    milliseconds length_;
    support::ManualClock clock_;
    std::unique_ptr<support::ScriptedFetcher> fetcher_;
    Scheduler scheduler_{world_.scheduler};
    ClockJumps jumps_;
    Random random_;
    std::unordered_map<std::string, const Feed*> feed_of_;
    std::unordered_map<std::string, FeedState> states_;
    std::unordered_map<std::string, WorldAnswer> answers_;  // the last one to each feed
    std::vector<std::string> in_flight_;
};

struct Totals {
    std::size_t polls = 0;
    std::size_t moved = 0;
    milliseconds most_late{0};
};

void hold_promises(std::uint64_t first, std::uint64_t count, WorldSize size) {
    Totals totals;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const PollingRecord record = Simulation{seed, size}.run();
        CAPTURE(seed);
        for (const std::string& words : record.broken_promises) {
            UNSCOPED_INFO(words);
        }
        CHECK(record.broken_promises.empty());
        totals.polls += record.polls;
        totals.moved += record.moved;
        totals.most_late = std::max(totals.most_late, record.most_late);
    }
    WARN(count << " worlds of " << size.feeds << " feeds on " << size.hosts << " hosts, "
               << size.length.count() << " h each: " << totals.polls << " polls, " << totals.moved
               << " of them at new addresses; queued at most "
               << round<seconds>(totals.most_late).count() << " s");
    CHECK((size.length < 36h || totals.moved > 0));
}

std::uint64_t asked_for(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace

TEST_CASE("in two hundred small worlds polling keeps all its promises") {
    hold_promises(1, 200, {.feeds = 15, .hosts = 4, .length = 36h});
}

TEST_CASE("in a world of five thousand feeds on three hundred hosts as well") {
    hold_promises(1, 1, {.feeds = 5000, .hosts = 300, .length = 8h});
}

TEST_CASE("in as many small worlds as asked for", "[.long]") {
    hold_promises(1'000, asked_for("WIREWATCH_WORLDS", 10'000),
                  {.feeds = 60, .hosts = 10, .length = 72h});
}

TEST_CASE("in as many full-sized worlds as asked for", "[.long]") {
    hold_promises(1'000, asked_for("WIREWATCH_FULL_WORLDS", 20),
                  {.feeds = 5000, .hosts = 300, .length = 72h});
}
