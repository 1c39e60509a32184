// SPDX-License-Identifier: MIT
#include "daemon/desk.hpp"

#include "daemon/feed_turn.hpp"
#include "daemon/metrics.hpp"
#include "daemon/turn_log.hpp"
#include "feeds/moves.hpp"
#include "feeds/pacing.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxResults = 256;   // taken from the fetcher at once; our choice
constexpr std::size_t kMaxArticles = 100;  // in one transaction, and …
constexpr auto kMaxMatching = 20ms;        // … work before it; daemon.md, "History"
constexpr std::chrono::milliseconds kLongestWait = 5s;  // keeps the pulse under the watchdog's 10 s
constexpr std::chrono::milliseconds kBetweenCounts = 1s;  // our choice
constexpr std::size_t kMaxOrders = 64;                    // that wait for the next turn; our choice

}  // namespace

Desk::Desk(std::shared_ptr<const Plan> plan, history::Writer& writer,
           std::unique_ptr<feeds::Fetcher> fetcher, const Clock& clock, DeskEvents events,
           std::uint64_t seed)
    : writer_{writer},
      fetcher_{std::move(fetcher)},
      clock_{clock},
      events_{std::move(events)},
      plan_slot_{std::move(plan)},
      tally_{kMaxLabelled},
      backfill_{writer, clock},
      scheduler_{plan_slot_->config.scheduler},
      random_{seed},
      upkeep_{writer, clock},
      disk_trouble_{clock, events_.on_storing} {}

Result<std::unique_ptr<Desk>> Desk::open(std::shared_ptr<const Plan> plan, history::Writer& writer,
                                         std::unique_ptr<feeds::Fetcher> fetcher,
                                         const Clock& clock, DeskEvents events,
                                         std::uint64_t seed) {
    auto states = writer.feed_states();
    if (!states) {
        return fail(std::move(states));
    }
    std::unique_ptr<Desk> desk{
        new Desk(std::move(plan), writer, std::move(fetcher), clock, std::move(events), seed)};
    for (FeedState& state : *states) {
        std::string id = state.feed_id;
        desk->states_.emplace(std::move(id), std::move(state));
    }
    return desk;
}

void Desk::run(std::stop_token stop) {
    const std::stop_callback wake_up{stop, [this] { fetcher_->wake(); }};
    while (!stop.stop_requested()) {
        turn(kLongestWait);
    }
    disk_trouble_.retry_now();
    while (!finished_.empty() && !disk_trouble_.lasts()) {
        commit_or_retry();
    }
    commit_or_retry();  // where the disk refuses: one last try
}

void Desk::turn(std::chrono::milliseconds limit) {
    ++pulse_;
    take_up_new_plan();
    take_up_orders();
    start_due(time_of_day());
    for (feeds::FetchResult& result : fetcher_->wait(wait_limit(limit), kMaxResults)) {
        finished_.push_back(std::move(result));
    }
    commit_or_retry();
    upkeep_.turn(plan_->config.retention, !finished_.empty() || disk_trouble_.lasts());
    backfill();
    tell_counts();
}

void Desk::adopt(std::shared_ptr<const Plan> plan) {
    {
        const std::lock_guard lock{slot_mutex_};
        plan_slot_ = std::move(plan);
    }
    fetcher_->wake();
}

std::shared_ptr<const Plan> Desk::plan() const {
    const std::lock_guard lock{slot_mutex_};
    return plan_slot_;
}

std::optional<std::uint64_t> Desk::order(review::ControlRequest request) {
    std::uint64_t ticket = 0;
    {
        const std::lock_guard lock{slot_mutex_};
        if (orders_.size() >= kMaxOrders) {
            return std::nullopt;
        }
        ticket = ++last_ticket_;
        orders_.push_back({ticket, std::move(request)});
    }
    fetcher_->wake();
    return ticket;
}

std::vector<OrderDone> Desk::take_done() {
    const std::lock_guard lock{slot_mutex_};
    return std::exchange(done_, {});
}

void Desk::touch(const std::vector<std::string>& feed_ids) {
    {
        const std::lock_guard lock{slot_mutex_};
        touched_.insert(feed_ids.begin(), feed_ids.end());
    }
    fetcher_->wake();
}

/// After a new plan, so that a feed that has just come can be named.
void Desk::take_up_orders() {
    std::vector<Order> orders;
    std::set<std::string> touched;
    {
        const std::lock_guard lock{slot_mutex_};
        orders.swap(orders_);
        touched.swap(touched_);
    }
    if (orders.empty() && touched.empty()) {
        return;
    }
    DeskOrders desk{
        {*plan_, *matcher_, rules_since_, backfill_}, states_, scheduler_, writer_, time_of_day()};
    for (const std::string& id : touched) {
        poll_touched(id, desk);
    }
    std::vector<OrderDone> done;
    for (const Order& order : orders) {
        done.push_back({order.ticket, desk.carry_out(order.request)});
        if (auto& status = done.back().answer.status) {
            status->standstill = disk_trouble_.standstill();
        }
    }
    if (!done.empty()) {
        const std::lock_guard lock{slot_mutex_};
        std::move(done.begin(), done.end(), std::back_inserter(done_));
    }
    if (!orders.empty() && events_.on_orders_done) {
        events_.on_orders_done();
    }
}

void Desk::poll_touched(const std::string& feed_id, DeskOrders& orders) {
    const auto state = states_.find(feed_id);
    const bool rests = state != states_.end() && (state->second.paused || state->second.stopped);
    if (!rests && plan_->feed(feed_id) != nullptr &&
        !orders.poll_now(feed_id, "its file has changed")) {
        again_.insert(feed_id);  // what is being read may be what it was before
    }
}

void Desk::take_up_new_plan() {
    auto latest = plan();
    if (latest == plan_) {
        return;
    }
    rules::WordFrequencies learnt;
    if (matcher_) {
        learnt = matcher_->frequencies();
        tally_.take(matcher_->counters());
    }
    matcher_.reset();  // it looks into the former plan
    plan_ = std::move(latest);
    matcher_.emplace(plan_->rules, learnt);
    counted_ = 0;
    rules_since_ = clock_.now();
    tally_.begin(plan_->rules.rules());
    articles_told_.reset();
    tell_counts_at_ = clock_.ticks();
    backfill_.adopt(plan_);
    std::vector<FeedState> states;
    states.reserve(states_.size());
    for (const auto& [id, state] : states_) {
        states.push_back(state);
    }
    scheduler_.adopt(plan_->config.feeds, states, time_of_day());
}

/// For whoever watches. Not in each turn: of ten thousand rules these are many numbers.
void Desk::tell_counts() {
    const Ticks now = clock_.ticks();
    if (!events_.on_counted || now < tell_counts_at_ || matcher_->articles() == articles_told_) {
        return;
    }
    articles_told_ = matcher_->articles();
    tell_counts_at_ = now + kBetweenCounts;
    tally_.take(matcher_->counters());
    events_.on_counted(tally_.counts());
}

Instant Desk::time_of_day() {
    // Stopped between the two, the process would take its own pause for a jump.
    Ticks before = clock_.ticks();
    Instant now = clock_.now();
    while (clock_.ticks() - before > 1s) {
        before = clock_.ticks();
        now = clock_.now();
    }
    const std::chrono::milliseconds by = clock_jumps_.since_last(now, before);
    if (by == 0ms) {
        return now;
    }
    scheduler_.clock_jumped(by, now);
    const std::string length = to_text(std::chrono::round<std::chrono::seconds>(abs(by)));
    spdlog::info(by < 0ms ? "the clock was set back by " + length + "; feeds wait as long as before"
                          : "the clock was set forward by " + length +
                                ", or the machine slept; what is due is polled one by one");
    return now;
}

void Desk::start_due(Instant now) {
    if (disk_trouble_.lasts()) {
        return;  // it does not take what is here already: fetching more would only lose it
    }
    for (const std::string& id : scheduler_.take_due(now)) {
        if (const Feed* feed = plan_->feed(id)) {
            fetcher_->start(feeds::request_for(*feed, states_[id]));
        } else {
            scheduler_.finished(id, std::nullopt);
        }
    }
}

Ticks Desk::wait_limit(std::chrono::milliseconds limit) const {
    const Ticks now = clock_.ticks();
    Ticks until = now + std::min(limit, kLongestWait);
    if (!finished_.empty()) {
        return disk_trouble_.lasts() ? std::min(until, std::max(now, disk_trouble_.retry_at()))
                                     : now;
    }
    until = std::min(until, std::max(now, upkeep_.next()));
    if (const auto due = scheduler_.next_due()) {
        until = std::min(until, now + std::max(0ms, *due - clock_.now()));
    }
    if (const auto due = backfill_.due()) {
        until = std::min(until, std::max(now, *due));
    }
    return until;
}

/// Only where nothing that was fetched waits.
bool Desk::may_backfill() const {
    const auto due = backfill_.due();
    return due && *due <= clock_.ticks() && finished_.empty() && !disk_trouble_.lasts();
}

void Desk::backfill() {
    if (!may_backfill()) {
        return;
    }
    const auto alerts = backfill_.step();
    if (!alerts) {
        events_.on_fatal(alerts.error());
    } else if (*alerts > 0) {
        events_.on_alerts();
    }
}

/// The first of what has finished, as much as one transaction should hold.
Result<> Desk::commit_some() {
    const Instant now = time_of_day();
    const Ticks enough = clock_.ticks() + kMaxMatching;
    std::vector<history::Turn> turns;
    std::vector<feeds::HostPause> pauses;
    std::optional<rules::Matcher> uncounted;  // what is tried again has been counted
    if (counted_ > 0) {
        uncounted.emplace(plan_->rules, matcher_->frequencies());
    }
    std::size_t taken = 0;
    std::size_t articles = 0;
    while (taken < finished_.size() && articles < kMaxArticles &&
           (taken == 0 || clock_.ticks() < enough)) {
        const feeds::FetchResult& result = finished_[taken++];
        const Feed* feed = plan_->feed(result.feed_id);
        if (feed == nullptr) {
            scheduler_.finished(result.feed_id, std::nullopt);  // taken out of the configuration
            continue;
        }
        const bool again = taken <= counted_;
        auto read = read_turn({.plan = *plan_,
                               .writer = writer_,
                               .matcher = again ? *uncounted : *matcher_,
                               .troubles = again ? nullptr : &troubles_,
                               .random = random_,
                               .now = now},
                              *feed, states_[result.feed_id], result);
        if (!read) {
            return fail(std::move(read));
        }
        counted_ = std::max(counted_, taken);
        articles += read->turn.articles.size();
        turns.push_back(std::move(read->turn));
        if (read->pause) {
            pauses.push_back(std::move(*read->pause));
        }
        ++pulse_;
    }
    const std::size_t fetched = turns.size();
    for (const feeds::HostPause& pause : pauses) {
        for (FeedState& state : pause_host(pause, turns)) {
            turns.push_back({.state = std::move(state)});
        }
    }
    for (history::Turn& turn : turns) {
        wait_for_host(turn.state);
    }
    const Ticks begun = clock_.ticks();
    const auto committed = writer_.commit(turns, now, [this](const history::Committed& done) {
        if (done.new_alerts > 0 || done.new_feed_events > 0) {
            events_.on_alerts();
        }
    });
    if (!committed) {
        return tl::unexpected{committed.error()};
    }
    if (events_.on_committed) {
        events_.on_committed(*committed, clock_.ticks() - begun);
    }
    for (std::size_t i = 0; i < turns.size(); ++i) {
        if (i < fetched) {
            settle(turns[i], now);
        } else {
            states_[turns[i].state.feed_id] = turns[i].state;
        }
    }
    finished_.erase(finished_.begin(), finished_.begin() + static_cast<std::ptrdiff_t>(taken));
    counted_ -= std::min(counted_, taken);
    return {};
}

/// The host's other feeds say so in their states, so that a restart leaves it alone as well: those
/// that wait, and those that are in flight and might not come home. `turns` has its say already.
std::vector<FeedState> Desk::pause_host(const feeds::HostPause& pause,
                                        const std::vector<history::Turn>& turns) {
    std::vector<FeedState> paused;
    for (const std::string& id : scheduler_.pause_host(pause.url, pause.until)) {
        const Feed* feed = plan_->feed(id);
        const bool has_turn = std::any_of(
            turns.begin(), turns.end(), [&](const auto& turn) { return turn.state.feed_id == id; });
        if (feed == nullptr || has_turn) {
            continue;
        }
        FeedState state = states_[id];
        if (state.url.empty()) {  // not polled yet
            state = {.feed_id = id, .url = feed->url, .next_due = pause.until};
        }
        if (state.url == feed->url) {
            wait_for_host(state);
            paused.push_back(std::move(state));
        }
    }
    return paused;
}

/// What the host asked for may come after what the feed's own answer says.
void Desk::wait_for_host(FeedState& state) const {
    const Feed* feed = plan_->feed(state.feed_id);
    const auto paused = scheduler_.host_paused_until(feeds::poll_url(*feed, state));
    if (paused && state.next_due && *state.next_due < *paused) {
        state.next_due = paused;
        state.due_reason = "its host wants to be left alone (429), whichever feed is asked for";
    }
}

void Desk::settle(const history::Turn& turn, Instant now) {
    FeedState& state = states_[turn.state.feed_id];
    log_turn(state, turn);
    if (events_.on_polled) {
        events_.on_polled(turn.state);
    }
    state = turn.state;
    if (turn.move) {
        scheduler_.moved(state.feed_id, turn.move->to);
    }
    scheduler_.finished(state.feed_id, state.next_due, feeds::quiet_times(state));
    if (again_.erase(state.feed_id) > 0) {
        scheduler_.refresh(state.feed_id, now);
    }
}

void Desk::commit_or_retry() {
    if (finished_.empty() || clock_.ticks() < disk_trouble_.retry_at()) {
        return;
    }
    const Result<> committed = commit_some();
    if (committed) {
        disk_trouble_.over();
        return;
    }
    if (committed.error().code == Errc::bad_database) {
        events_.on_fatal(committed.error());
    }
    disk_trouble_.refused(committed.error());
}

}  // namespace wirewatch::daemon
