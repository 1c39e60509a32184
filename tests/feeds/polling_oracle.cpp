// SPDX-License-Identifier: MIT
#include "polling_oracle.hpp"

#include <algorithm>

namespace wirewatch::feeds {

using namespace std::chrono;

Oracle::Oracle(const World& world) : world_{world} {
    for (const Feed& feed : world.feeds) {
        feeds_[feed.id].feed = &feed;
        feeds_[feed.id].host = world_host(feed.url);
    }
}

void Oracle::promise(bool kept, const std::string& feed_id, const std::string& words, Instant now) {
    if (!kept && record_.broken_promises.size() < 5) {
        record_.broken_promises.push_back(to_rfc3339(now) + ' ' + feed_id + ": " + words);
    }
}

// How long a feed can be kept waiting by others once it is due. Feeds of a host are started in the
// order of their due times, and hosts in the order in which they are ready; who was started is due
// again later than all who wait. So each other feed of the host comes before it once, at most; and
// where all slots are taken, each feed of all.
milliseconds Oracle::queue(const std::string& host) const {
    const auto slots = static_cast<milliseconds::rep>(world_.scheduler.max_per_host);
    const milliseconds each = std::max(world_.scheduler.host_spacing, kSlowest / slots);
    const auto all = static_cast<milliseconds::rep>(feeds_.size());
    const auto at_once = static_cast<milliseconds::rep>(world_.scheduler.max_in_flight);
    return each * static_cast<milliseconds::rep>(world_.feeds_at(host)) + kSlowest * all / at_once +
           kSlowest;
}

void Oracle::adopted(Instant now) {
    for (auto& [id, feed] : feeds_) {
        if (feed.latest == Instant::max()) {
            feed.latest = now + world_.scheduler.spread_over;
        }
    }
}

void Oracle::started(const FetchRequest& request, Instant now, Ticks ticks) {
    Known& feed = feeds_.at(request.feed_id);
    feed.host = world_host(request.url);
    Server& server = servers_[feed.host];
    promise(!feed.gone, request.feed_id, "polled although it is gone", now);
    promise(!feed.in_flight, request.feed_id, "polled twice at once", now);
    promise(now >= feed.earliest, request.feed_id,
            "polled early, by " + to_text(std::max(feed.earliest, now) - now), now);
    promise(now >= server.rests_until, request.feed_id, "its host wanted rest", now);
    promise(!feed.quiet.covers(now), request.feed_id, "polled in its quiet times", now);
    const milliseconds late = now - deadline(feed, feed.host);
    promise(late <= queue(feed.host), request.feed_id, "polled late, by " + to_text(late), now);
    record_.most_late = std::max(record_.most_late, late);
    promise(!server.last_start || ticks - *server.last_start >= world_.scheduler.host_spacing,
            request.feed_id, "its host was asked just before", now);
    server.last_start = ticks;
    feed.in_flight = true;
    ++server.in_flight;
    ++in_flight_;
    promise(server.in_flight <= world_.scheduler.max_per_host, request.feed_id,
            "too many at its host", now);
    promise(in_flight_ <= world_.scheduler.max_in_flight, request.feed_id, "too many at all", now);
    record_.most_in_flight = std::max(record_.most_in_flight, in_flight_);
    ++record_.polls;
    record_.moved += request.url != feed.feed->url ? 1U : 0U;
}

milliseconds Oracle::own_interval(const Known& feed) const {
    if (feed.feed->interval) {
        return *feed.feed->interval;
    }
    return world_.poll.interval && !feed.feed->adaptive ? *world_.poll.interval
                                                        : milliseconds{feed.pace};
}

void Oracle::learn(Known& feed, const WorldAnswer& answer) {
    const bool read = answer.kind == WorldAnswer::Kind::read;
    const std::size_t seen = answer.seen_before * 3;
    if (!read || answer.articles == 0 || seen > answer.articles * 2) {
        if (!read || feed.was_read) {
            feed.pace = std::min(feed.pace * 3 / 2, 60min);
        }
    } else if (seen < answer.articles && feed.was_read) {
        feed.pace = std::max(feed.pace * 2 / 3, 5min);
    }
    if (read) {
        feed.was_read = true;
        feed.ttl = std::max<milliseconds>(answer.schedule.ttl, answer.schedule.update_period);
        feed.quiet = {};
        for (const int hour : answer.schedule.skip_hours) {
            feed.quiet.hours |= 1U << static_cast<unsigned>(hour);
        }
        for (const weekday day : answer.schedule.skip_days) {
            feed.quiet.days |= 1U << day.c_encoding();
        }
    }
}

void Oracle::due_after(Known& feed, milliseconds wait, Instant now) {
    feed.earliest = now + wait;
    // 1.2 times: a tenth by chance, a tenth for whatever else. Chance is bounded.
    feed.latest = now + wait + std::min<milliseconds>(wait / 5, 2h);
    feed.set_back = 0ms;
}

// Without the queue. Quiet times that lie between earliest and latest may move it behind them, and
// by half an hour, so that not all come at once.
Instant Oracle::deadline(const Known& feed, const std::string& host) const {
    const auto server = servers_.find(host);
    Instant latest = feed.latest;
    if (server != servers_.end()) {
        latest = std::max(latest, server->second.rests_until);
    }
    if (feed.quiet == QuietTimes{} || feed.earliest == Instant::min()) {
        return latest;
    }
    for (Instant hour = floor<hours>(feed.earliest); hour <= latest + queue(host); hour += 1h) {
        if (feed.quiet.covers(hour)) {
            latest = std::max(latest, hour + 1h + 30min);
        }
    }
    return latest;
}

void Oracle::host_rests(const std::string& host, Instant until) {
    servers_[host].rests_until = std::max(servers_[host].rests_until, until);
}

void Oracle::finished(const std::string& feed_id, const WorldAnswer& answer, Instant now) {
    Known& feed = feeds_.at(feed_id);
    feed.in_flight = false;
    --servers_.at(feed.host).in_flight;
    --in_flight_;
    if (answer.kind != WorldAnswer::Kind::gone) {
        feed.gone_since.reset();
    }
    const auto asked = [&](milliseconds length) {
        return feed.feed->respect_ttl && length <= 24h ? length : 0ms;
    };
    milliseconds wait = 0ms;
    switch (answer.kind) {
        case WorldAnswer::Kind::read:
        case WorldAnswer::Kind::unchanged:
            learn(feed, answer);
            feed.failures = 0;
            wait = asked(answer.good);
            break;
        case WorldAnswer::Kind::failed:
            ++feed.failures;
            wait = std::min<milliseconds>(own_interval(feed) * (1LL << std::min(feed.failures, 12)),
                                          24h);
            break;
        case WorldAnswer::Kind::rest: {
            ++feed.failures;
            if (answer.rest) {
                wait = *answer.rest;
            } else if (answer.rest_until) {
                wait = std::max(0ms, *answer.rest_until - now);
            } else {
                wait = std::min<milliseconds>(1h * (1 << std::min(feed.failures - 1, 5)), 24h);
            }
            wait = std::min<milliseconds>(wait, days{7});
            if (answer.response->status == 429) {
                host_rests(feed.host, now + wait);
            }
            break;
        }
        case WorldAnswer::Kind::gone:
            ++feed.failures;
            if (feed.gone_since && now - *feed.gone_since >= 24h) {
                feed.gone = true;
                return;
            }
            feed.gone_since = feed.gone_since.value_or(now);
            wait = *feed.gone_since + 24h - now;
            break;
    }
    due_after(feed, std::max({wait, own_interval(feed), asked(feed.ttl)}), now);
}

void Oracle::restarted(const std::vector<std::string>& in_flight, Instant now) {
    for (const std::string& id : in_flight) {
        Known& feed = feeds_.at(id);
        feed.in_flight = false;
        --servers_.at(feed.host).in_flight;
        --in_flight_;
    }
    for (auto& [name, server] : servers_) {
        server.last_start.reset();  // a restart takes longer than the spacing
    }
    for (auto& [id, feed] : feeds_) {
        // What is on disk is by the clock as it was.
        feed.latest = std::max(feed.latest + feed.set_back, now + world_.scheduler.spread_over);
        feed.set_back = 0ms;
    }
}

void Oracle::clock_jumped(milliseconds by, Instant now) {
    for (auto& [id, feed] : feeds_) {
        if (by > 0ms) {
            feed.latest = std::max(feed.latest, now + world_.scheduler.spread_over);
        } else if (!feed.in_flight) {
            feed.latest = deadline(feed, feed.host) + by;
            if (feed.earliest != Instant::min()) {
                feed.earliest += by;
            }
            feed.set_back -= by;
        }
    }
    for (auto& [name, server] : servers_) {
        if (by < 0ms && server.rests_until != Instant::min()) {
            server.rests_until += by;
        }
    }
}

void Oracle::check_all(Instant now) {
    for (const auto& [id, feed] : feeds_) {
        if (feed.gone || feed.in_flight) {
            continue;
        }
        promise(now - deadline(feed, feed.host) <= queue(feed.host), id, "forgotten", now);
    }
}

}  // namespace wirewatch::feeds
