// SPDX-License-Identifier: MIT
#include "daemon/desk_orders.hpp"

#include "base/printable.hpp"
#include "daemon/log.hpp"
#include "feeds/file_source.hpp"
#include "feeds/moves.hpp"
#include "feeds/pacing.hpp"
#include "review/mark_answer.hpp"

#include <algorithm>
#include <chrono>
#include <numeric>
#include <tuple>
#include <unordered_set>
#include <utility>

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;
using review::ControlAnswer;
using review::ControlCommand;

constexpr std::chrono::milliseconds kCalm = 1min;  // between two polls by hand; our choice

/// "no feed is", "1 feed is", "2 feeds are".
std::string feeds_are(std::size_t count) {
    return count == 0   ? "no feed is"
           : count == 1 ? "1 feed is"
                        : std::to_string(count) + " feeds are";
}

std::string listed(const std::vector<std::string>& ids) {
    std::string text;
    for (const std::string& id : ids) {
        text.append(text.empty() ? "" : ", ").append(id);
    }
    return text;
}

/// One line about a feed more, as long as the answer has room for it.
void add_detail(ControlAnswer& answer, const std::string& id, const std::string& words) {
    if (answer.details.size() < review::kMaxDetails) {
        answer.details.push_back(id + " " + words);
    } else if (answer.details.size() == review::kMaxDetails) {
        answer.details.push_back("… and others");
    }
}

}  // namespace

std::string why_not_now(const Feed& feed, const FeedState& state, Asker asker, Instant now,
                        std::chrono::milliseconds interval) {
    if (!feed.enabled) {
        return "is switched off: it has enabled = false in the configuration";
    }
    if (state.paused) {
        return "is paused; 'wirewatch feeds resume " + feed.id + "' ends that";
    }
    if (state.stopped) {
        return "is polled no more; once it has its new address, 'wirewatch feeds resume " +
               feed.id + "' tries it again";
    }
    const bool waits = state.next_due && *state.next_due > now && state.url == feed.url;
    const bool too_often = state.http_status == 429;
    const bool down = state.http_status == 503 && asker == Asker::somebody_for_all;
    if (state.error && waits && (too_often || down)) {
        return std::string{too_often ? "is left alone: its server said 429 Too Many Requests and "
                                       "is asked again at "
                                     : "is left alone: its server said 503 Service Unavailable and "
                                       "is asked again at "} +
               to_rfc3339(std::chrono::ceil<std::chrono::seconds>(*state.next_due)) +
               (too_often ? "" : ", unless you name the feed");
    }
    if (feeds::is_file_url(feed.url)) {
        return {};  // nobody is disturbed
    }
    const auto calm = std::min(kCalm, interval);
    // One of tomorrow, by a clock that was wrong, says nothing.
    const bool happened = state.last_attempt && *state.last_attempt <= now;
    if (happened && now < *state.last_attempt + calm) {
        const auto ago = std::chrono::floor<std::chrono::seconds>(now - *state.last_attempt);
        return "was polled " + std::to_string(std::max(ago, 0s).count()) +
               " s ago; by hand it is polled once a minute at most";
    }
    return {};
}

ControlAnswer DeskOrders::carry_out(const review::ControlRequest& request) {
    if (const std::string unknown = missing(request.feeds); !unknown.empty()) {
        return {.message = unknown};
    }
    switch (request.command) {
        case ControlCommand::refresh:
            return request.feeds.empty() ? refresh_all() : refresh(request.feeds);
        case ControlCommand::pause:
            return pause(request.feeds);
        case ControlCommand::resume:
            return resume(request.feeds);
        case ControlCommand::status:
            return status();
        case ControlCommand::mark:
            return mark(request.marks);
        case ControlCommand::undo:
            return undo_marks(request.marks.by);
        case ControlCommand::rules:
            return rules();
        case ControlCommand::reload:
            break;
    }
    return {.message = "the desk reloads nothing"};
}

bool DeskOrders::poll_now(const std::string& feed_id, std::string_view reason) {
    if (!scheduler_.refresh(feed_id, now_)) {
        return false;
    }
    // A reload before its turn has come must not put it off again.
    if (const auto found = states_.find(feed_id); found != states_.end()) {
        FeedState& state = found->second;
        state.next_due = std::min(state.next_due.value_or(now_), now_);
        state.due_reason = reason;
    }
    return true;
}

/// As it is kept; one that has not been read yet, as it begins.
FeedState DeskOrders::state_of(const Feed& feed) const {
    const auto found = states_.find(feed.id);
    FeedState state = found != states_.end() ? found->second : FeedState{};
    state.feed_id = feed.id;
    state.url = state.url.empty() ? feed.url : state.url;
    return state;
}

std::string DeskOrders::why_not_now(const Feed& feed, Asker asker) const {
    const FeedState state = state_of(feed);
    std::string why = daemon::why_not_now(
        feed, state, asker, now_, feeds::own_interval(feed, state, plan_.config.poll).length);
    const auto until = scheduler_.host_paused_until(feeds::poll_url(feed, state));
    if (why.empty() && until && *until > now_) {
        why =
            "is left alone: its host said 429 Too Many Requests to another feed and is asked "
            "again at " +
            to_rfc3339(std::chrono::ceil<std::chrono::seconds>(*until));
    }
    return why;
}

ControlAnswer DeskOrders::refresh_all() {
    ControlAnswer answer{.ok = true};
    std::size_t polled = 0;
    std::size_t left = 0;
    for (const Feed& feed : plan_.config.feeds) {
        const std::string why = why_not_now(feed, Asker::somebody_for_all);
        if (why.empty()) {
            poll_now(feed.id, "asked for by hand");
            ++polled;
        } else if (feed.enabled) {
            ++left;
            add_detail(answer, feed.id, why);
        }
    }
    answer.message = feeds_are(polled) + " polled now" +
                     (polled > 0 ? ", as fast as the limits of each host allow" : "");
    if (left > 0) {
        answer.message += "; " + feeds_are(left) + " left out";
    }
    spdlog::info("asked by hand: " + answer.message);
    return answer;
}

ControlAnswer DeskOrders::refresh(const std::vector<std::string>& ids) {
    ControlAnswer answer{.ok = true};
    std::size_t polled = 0;
    for (const std::string& id : ids) {
        const Feed& feed = *plan_.feed(id);
        const std::string why = why_not_now(feed, Asker::somebody_for_it);
        if (!why.empty()) {
            answer.ok = false;
            add_detail(answer, id, why);
            continue;
        }
        ++polled;
        if (poll_now(id, "asked for by hand")) {
            spdlog::info(about_feed(id, "is polled now, asked for by hand"));
        } else {
            add_detail(answer, id, "is being polled at this moment");
        }
    }
    answer.message = feeds_are(polled) + " polled now";
    return answer;
}

ControlAnswer DeskOrders::pause(const std::vector<std::string>& ids) {
    ControlAnswer answer{.ok = true};
    std::vector<FeedState> changed;
    std::vector<std::string> done;
    for (const std::string& id : ids) {
        FeedState state = state_of(*plan_.feed(id));
        if (state.paused) {
            add_detail(answer, id, "was paused already");
            continue;
        }
        state.paused = true;
        changed.push_back(std::move(state));
        done.push_back(id);
    }
    if (const auto kept = keep(std::move(changed)); !kept) {
        return {.message = "nothing was paused: " + printable(kept.error().text)};
    }
    for (const std::string& id : done) {
        spdlog::info(about_feed(id, "is paused, asked for by hand"));
    }
    answer.message =
        done.empty()
            ? "nothing to do"
            : "paused, also over a restart, until 'wirewatch feeds resume': " + listed(done);
    return answer;
}

ControlAnswer DeskOrders::resume(const std::vector<std::string>& ids) {
    ControlAnswer answer{.ok = true};
    std::vector<FeedState> changed;
    std::vector<std::string> done;
    for (const std::string& id : ids) {
        FeedState state = state_of(*plan_.feed(id));
        if (!state.paused && !state.stopped) {
            add_detail(answer, id, "was neither paused nor stopped");
            continue;
        }
        if (state.stopped) {
            // A new beginning: it takes two more 410, a day apart, to stop it again.
            state.stopped = false;
            state.gone_since.reset();
            state.next_due = now_;
            state.due_reason = "resumed by hand";
        }
        state.paused = false;
        changed.push_back(std::move(state));
        done.push_back(id);
    }
    if (const auto kept = keep(std::move(changed)); !kept) {
        return {.message = "nothing was resumed: " + printable(kept.error().text)};
    }
    for (const std::string& id : done) {
        const auto due = states_[id].next_due;
        const bool later = due && *due > now_;
        const std::string words =
            later
                ? "is next polled at " + to_rfc3339(std::chrono::ceil<std::chrono::seconds>(*due)) +
                      ", as it was due"
                : std::string{"is polled now"};
        spdlog::info(about_feed(id, "is resumed, asked for by hand"));
        add_detail(answer, id, words);
    }
    answer.message = done.empty() ? "nothing to do" : "resumed: " + listed(done);
    return answer;
}

ControlAnswer DeskOrders::status() const {
    review::DaemonStatus status;
    for (const Feed& feed : plan_.config.feeds) {
        if (!feed.enabled) {
            continue;
        }
        ++status.feeds;
        const auto found = states_.find(feed.id);
        const FeedState* state = found == states_.end() ? nullptr : &found->second;
        if (state != nullptr && state->paused) {
            ++status.paused;
        } else if (state != nullptr && state->stopped) {
            ++status.stopped;
        } else if (state == nullptr || !state->last_attempt) {
            ++status.waiting;
        } else {
            ++(state->error ? status.failing : status.ok);
        }
    }
    status.rules = plan_.rules.rules().size();
    for (const rules::RuleCounters& rule : matching_.matcher.counters()) {
        status.candidates += rule.candidates;
        status.evaluations += rule.evaluations;
        status.matches += rule.matches;
        status.slow_rules += rule.slow ? 1 : 0;
        status.given_up_rules += rule.given_up > 0 ? 1 : 0;
    }
    status.matched_articles = matching_.matcher.articles();
    status.cut_articles = matching_.matcher.cut_articles();
    status.backfill_rules = matching_.backfill.rules_left();
    status.backfill_left = matching_.backfill.articles_left();
    status.in_flight = scheduler_.in_flight();
    status.next_due = scheduler_.next_due();
    return {.ok = true, .message = "running", .status = status};
}

ControlAnswer DeskOrders::mark(const MarkOrder& order) {
    return review::answer_of(writer_.mark(order, now_));
}

ControlAnswer DeskOrders::undo_marks(const std::string& by) {
    return review::answer_of(writer_.undo_marks(by));
}

ControlAnswer DeskOrders::rules() const {
    review::RuleReport report{.since = matching_.since,
                              .articles = matching_.matcher.articles(),
                              .cut = matching_.matcher.cut_articles(),
                              .rules = plan_.rules.rules().size(),
                              .costliest = {}};
    const auto always = plan_.rules.always_asked();
    const std::unordered_set<const Rule*> asked{always.begin(), always.end()};
    const auto counters = matching_.matcher.counters();
    const auto all = plan_.rules.rules();
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto cost = [&](std::size_t rule) {
        return std::tuple{counters[rule].given_up > 0, counters[rule].slow, counters[rule].time};
    };
    const std::size_t listed = std::min(order.size(), review::kMaxListedRules);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(listed),
                      order.end(), [&](std::size_t a, std::size_t b) {
                          return cost(a) != cost(b) ? cost(a) > cost(b) : a < b;
                      });
    order.resize(listed);
    for (const std::size_t rule : order) {
        const rules::RuleCounters& counted = counters[rule];
        report.costliest.push_back(
            {.id = all[rule]->id,
             .candidates = counted.candidates,
             .evaluations = counted.evaluations,
             .matches = counted.matches,
             .given_up = counted.given_up,
             .time = std::chrono::duration_cast<std::chrono::microseconds>(counted.time),
             .slow = counted.slow,
             .always_asked = asked.contains(all[rule])});
    }
    return {.ok = true, .message = "running", .rules = std::move(report)};
}

/// In words, the first of `ids` that the configuration in force does not have; empty: it has all.
std::string DeskOrders::missing(const std::vector<std::string>& ids) const {
    for (const std::string& id : ids) {
        if (plan_.feed(id) == nullptr) {
            return "there is no feed '" + id +
                   "' in the running configuration; 'wirewatch feeds' lists those of the file, "
                   "'wirewatch reload' puts them in force";
        }
    }
    return {};
}

/// On disk first, so that what the answer says outlives anything.
Result<> DeskOrders::keep(std::vector<FeedState> changed) {
    if (changed.empty()) {
        return {};
    }
    std::vector<history::Turn> turns;
    for (FeedState& state : changed) {
        turns.push_back({.state = std::move(state)});
    }
    if (const auto committed = writer_.commit(turns, now_); !committed) {
        return tl::unexpected{committed.error()};
    }
    for (history::Turn& turn : turns) {
        std::string id = turn.state.feed_id;
        states_[std::move(id)] = std::move(turn.state);
    }
    std::vector<FeedState> states;
    states.reserve(states_.size());
    for (const auto& [id, state] : states_) {
        states.push_back(state);
    }
    scheduler_.adopt(plan_.config.feeds, states, now_);
    return {};
}

}  // namespace wirewatch::daemon
