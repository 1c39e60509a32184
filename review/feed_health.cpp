// SPDX-License-Identifier: MIT
#include "review/feed_health.hpp"

#include "feeds/file_source.hpp"
#include "review/exit_code.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ostream>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::hours kGapShown{7 * 24};  // after its end; our choice

Condition condition_of(const FeedHealth& health, Instant now) {
    const FeedState& state = health.state;
    if (!health.feed->enabled) {
        return Condition::off;
    }
    if (state.paused) {
        return Condition::paused;
    }
    if (state.stopped) {
        return Condition::stopped;
    }
    if (!state.last_attempt) {
        return Condition::fresh;
    }
    if (state.error) {
        return Condition::failing;
    }
    if (health.habit.silent) {
        return Condition::silent;
    }
    const bool gap =
        state.gap_from && state.continuous_since && *state.continuous_since > now - kGapShown;
    return gap ? Condition::gap : Condition::ok;
}

std::string times(int count) {
    return count == 1 ? "once" : std::to_string(count) + " times in a row";
}

std::string next_try(const FeedHealth& health, Instant now) {
    if (!health.state.next_due) {
        return "";
    }
    const std::string& why = health.state.due_reason;
    return "; next try " + when(*health.state.next_due, now) +
           (why.empty() ? "" : " (" + why + ")");
}

std::string last_read(const FeedHealth& health, Instant now) {
    return health.state.last_success ? "last read " + when(*health.state.last_success, now)
                                     : "never read yet";
}

Json time(const std::optional<Instant>& at) {
    return at ? Json(to_rfc3339(*at)) : Json(nullptr);
}

Json maybe(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json to_json(const FeedHealth& health) {
    const FeedState& state = health.state;
    const bool web = !feeds::is_file_url(health.feed->url);
    Json json{
        {"id", health.feed->id},
        {"title", health.title()},
        {"url", health.feed->url},
        {"moved_to", maybe(state.moved_to)},
        {"tags", health.feed->tags},
        {"condition", name_of(health.condition)},
        {"enabled", health.feed->enabled},
        {"paused", state.paused},
        {"stopped", state.stopped},
        {"failures", state.failures},
        {"error", state.error ? Json(state.error->text) : Json(nullptr)},
        {"http_status", web && state.http_status > 0 ? Json(state.http_status) : Json(nullptr)},
        {"last_attempt", time(state.last_attempt)},
        {"last_success", time(state.last_success)},
        {"next_due", time(state.next_due)},
        {"due_reason", maybe(state.due_reason)},
        {"latency_ms", state.latency.count()},
        {"body_bytes", state.body_bytes},
        {"articles", health.counts.articles},
        {"hits", health.counts.hits},
        {"last_article", time(health.counts.last_article)}};
    const Habit& habit = health.habit;
    json["articles_per_day"] = habit.articles_per_day
                                   ? Json(std::round(*habit.articles_per_day * 100) / 100)
                                   : Json(nullptr);
    json["silent"] = habit.silent;
    json["silence_s"] = habit.silence.count() / 1000;
    json["usual_pause_s"] =
        habit.longest_usual_pause ? Json(habit.longest_usual_pause->count() / 1000) : Json(nullptr);
    json["continuous_since"] = time(state.continuous_since);
    json["gap_from"] = time(state.gap_from);
    return json;
}

void write(std::ostream& out, const Json& json) {
    out << json.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
}

}  // namespace

std::string_view name_of(Condition condition) {
    switch (condition) {
        case Condition::stopped:
            return "stopped";
        case Condition::failing:
            return "failing";
        case Condition::silent:
            return "silent";
        case Condition::gap:
            return "gap";
        case Condition::fresh:
            return "new";
        case Condition::ok:
            return "ok";
        case Condition::paused:
            return "paused";
        case Condition::off:
            return "off";
    }
    return "";
}

const std::string& FeedHealth::title() const {
    return feed->title.empty() ? state.title : feed->title;
}

tl::expected<std::vector<FeedHealth>, int> health_of_feeds(const Session& session,
                                                           const Setup& setup) {
    const Instant now = session.clock.now();
    std::vector<FeedHealth> rows;
    for (const Feed& feed : setup.feeds) {
        rows.push_back(
            {.feed = &feed, .condition = feed.enabled ? Condition::fresh : Condition::off});
    }
    const auto reader = history::Reader::open(setup.database);
    if (!reader) {
        if (reader.error().code == Errc::not_found) {
            return rows;
        }
        return tl::unexpected<int>{report(session, reader.error())};
    }
    const auto states = reader->feed_states();
    const auto counts = reader->feed_counts();
    if (!states || !counts) {
        return tl::unexpected<int>{report(session, !states ? states.error() : counts.error())};
    }
    std::unordered_map<std::string, FeedHealth*> by_id;
    for (FeedHealth& row : rows) {
        by_id[row.feed->id] = &row;
    }
    for (const FeedState& state : *states) {
        if (const auto row = by_id.find(state.feed_id); row != by_id.end()) {
            row->second->state = state;
        }
    }
    for (const history::FeedCounts& count : *counts) {
        if (const auto row = by_id.find(count.feed_id); row != by_id.end()) {
            row->second->counts = count;
        }
    }
    for (FeedHealth& row : rows) {
        const auto arrivals = reader->arrivals(row.feed->id, now - kHabitWindow, kHabitArrivals);
        if (!arrivals) {
            return tl::unexpected<int>{report(session, arrivals.error())};
        }
        row.habit = habit_of(*arrivals, row.state.last_success, now);
        row.condition = condition_of(row, now);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const FeedHealth& a, const FeedHealth& b) {
        return std::tuple(a.condition, -a.state.failures) <
               std::tuple(b.condition, -b.state.failures);
    });
    return rows;
}

std::vector<std::string> advice_on(const FeedHealth& health, Instant now) {
    const FeedState& state = health.state;
    const std::string& id = health.feed->id;
    const std::string error = state.error ? state.error->text : "no reason is known";
    std::vector<std::string> lines;
    switch (health.condition) {
        case Condition::stopped:
            lines.push_back("stopped: " + error + "; to try it again: wirewatch feeds resume " +
                            id);
            break;
        case Condition::failing:
            lines.push_back("failing, " + times(state.failures) + ": " + error);
            lines.push_back(last_read(health, now) + next_try(health, now));
            break;
        case Condition::silent:
            lines.push_back("silent: nothing new for " + human_span(health.habit.silence) +
                            ", although it usually pauses for " +
                            human_span(*health.habit.longest_usual_pause) +
                            " at most; see whether its pages have news, and whether it has another "
                            "address now");
            break;
        case Condition::gap:
            lines.push_back("gap: articles between " + local_time(*state.gap_from) + " and " +
                            local_time(*state.continuous_since) +
                            " may have been missed; a shorter 'interval' makes that less likely");
            break;
        case Condition::paused:
        case Condition::fresh:
        case Condition::ok:
        case Condition::off:
            break;
    }
    if (!state.moved_to.empty() && state.url == health.feed->url) {
        lines.push_back("moved for good: it is polled at " + state.moved_to +
                        "; write that as its 'url'");
    }
    return lines;
}

std::string when(Instant at, Instant now) {
    if (at == now) {
        return "now";
    }
    return at < now ? human_span(now - at) + " ago" : "in " + human_span(at - now);
}

void write_json(std::ostream& out, const std::vector<FeedHealth>& feeds) {
    Json list = Json::array();
    for (const FeedHealth& feed : feeds) {
        list.push_back(to_json(feed));
    }
    write(out, list);
}

void write_json(std::ostream& out, const FeedHealth& feed) {
    write(out, to_json(feed));
}

}  // namespace wirewatch::review
