// SPDX-License-Identifier: MIT
#include "polling_world.hpp"

#include <array>
#include <ctime>

namespace wirewatch::feeds {

namespace {

using namespace std::chrono;

std::string http_date(Instant moment) {
    const std::time_t time = system_clock::to_time_t(floor<seconds>(moment));
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 64> text{};
    const std::size_t length =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), length};
}

}  // namespace

std::string world_host(const std::string& url) {
    const std::size_t from = url.find("://") + 3;
    return url.substr(from, url.find('/', from) - from);
}

World::World(std::uint64_t seed, WorldSize size) : random{seed} {
    // The tighter the limits, the more they are leaned on.
    scheduler.max_in_flight = chance(50) ? 256 : 4 + below(12);
    scheduler.max_per_host = 1 + below(3);
    scheduler.host_spacing = chance(70) ? 1000ms : milliseconds{200 * below(15)};
    if (chance(30)) {
        poll.interval = minutes{1 + below(60)};
    }
    for (std::size_t i = 0; i < size.feeds; ++i) {
        // A few hosts have many feeds, many have one.
        const std::size_t host = std::min(below(size.hosts), below(size.hosts));
        const std::string name = "h" + std::to_string(host) + ".example";
        Feed feed{.id = "f" + std::to_string(i)};
        feed.url = "https://" + name + '/' + std::to_string(i);
        if (chance(30)) {
            feed.interval = minutes{1 + below(chance(80) ? 60 : 36 * 60)};
        } else {
            feed.adaptive = chance(30);
        }
        feed.respect_ttl = chance(90);
        Habit habit = draw_habit();
        if (chance(3)) {
            habit.moved_to = "https://new" + std::to_string(i) + ".example/feed";
            feeds_at_[world_host(habit.moved_to)] = 1;
        }
        ++feeds_at_[name];
        habits_.emplace(feed.id, std::move(habit));
        feeds.push_back(std::move(feed));
    }
}

World::Habit World::draw_habit() {
    Habit habit;
    habit.fails = chance(5) ? 60 : static_cast<int>(below(5));
    habit.limits = chance(5) ? 40 : static_cast<int>(below(3));
    habit.changes = static_cast<int>(below(100));
    habit.fresh = static_cast<int>(below(100));
    habit.validators = chance(80);
    if (chance(40)) {
        habit.max_age = std::array<seconds, 6>{60s, 300s, 1800s, 2h, 24h, 25h}.at(below(6));
        habit.by_expires = chance(40);
    }
    if (chance(20)) {
        habit.schedule.ttl = std::array<minutes, 5>{5min, 60min, 180min, 24h, 25h}.at(below(5));
    }
    if (chance(20)) {
        habit.schedule.update_period = std::array<seconds, 3>{30min, 1h, 48h}.at(below(3));
    }
    if (chance(10)) {
        for (int hour = 0; hour < 24; ++hour) {
            if (chance(30)) {
                habit.schedule.skip_hours.push_back(hour);
            }
        }
    }
    if (chance(5)) {
        habit.schedule.skip_days.emplace_back(static_cast<unsigned>(below(7)));
    }
    return habit;
}

int World::percent() {
    return static_cast<int>(below(100));
}

std::size_t World::below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>{0, limit - 1}(random);
}

const std::string& World::new_address(const std::string& feed_id) const {
    return habits_.at(feed_id).moved_to;
}

std::size_t World::feeds_at(const std::string& host) const {
    return feeds_at_.at(host);
}

WorldAnswer World::answer(const FetchRequest& request, Instant now) {
    Habit& habit = habits_.at(request.feed_id);
    WorldAnswer answer;
    answer.takes = milliseconds{20 + below(static_cast<std::size_t>(kSlowest.count()) - 20)};
    habit.gone = habit.gone || below(5000) == 0;
    if (habit.gone) {
        answer.kind = WorldAnswer::Kind::gone;
        answer.response = Response{.status = 410, .final_url = request.url};
    } else if (chance(habit.fails)) {
        fail(answer);
    } else if (chance(habit.limits)) {
        limit(answer, now + answer.takes);
    } else {
        serve(answer, habit, request, now + answer.takes);
    }
    return answer;
}

void World::fail(WorldAnswer& answer) {
    if (chance(50)) {
        answer.response = wirewatch::fail(Errc::timeout, "no answer");
    } else {
        // None of what it says on caching counts.
        answer.response = Response{.status = chance(50) ? 404 : 500,
                                   .etag = "\"error\"",
                                   .cache_control = "max-age=86400"};
    }
}

void World::limit(WorldAnswer& answer, Instant now) {
    answer.kind = WorldAnswer::Kind::rest;
    Response response{.status = chance(50) ? 429 : 503};
    const seconds rest{1 + below(chance(90) ? 3 * 3600 : 8 * 24 * 3600)};
    switch (below(3)) {
        case 0:
            response.retry_after = std::to_string(rest.count());
            answer.rest = rest;
            break;
        case 1:
            response.retry_after = http_date(now + rest);
            answer.rest_until = floor<seconds>(now + rest);
            break;
        default:
            response.retry_after = chance(50) ? "" : "later";
    }
    answer.response = std::move(response);
}

void World::serve(WorldAnswer& answer, Habit& habit, const FetchRequest& request, Instant now) {
    const bool changed = habit.version == 0 || habit.lost || chance(habit.changes);
    habit.lost = false;
    habit.version += changed ? 1 : 0;
    const std::string etag = '"' + std::to_string(habit.version) + '"';
    Response response{.status = 200};
    if (habit.validators) {
        response.etag = etag;
    }
    if (!habit.moved_to.empty() && request.url != habit.moved_to) {
        response.redirects = {{301, habit.moved_to}};
    }
    if (habit.max_age > 0s && habit.by_expires) {
        response.date = http_date(now);
        response.expires = http_date(floor<seconds>(now) + habit.max_age);
    } else if (habit.max_age > 0s) {
        response.cache_control = "public, max-age=" + std::to_string(habit.max_age.count());
    }
    answer.good = habit.max_age;
    answer.kind = changed ? WorldAnswer::Kind::read : WorldAnswer::Kind::unchanged;
    if (request.etag == etag) {
        response.status = 304;
    } else {
        response.body = "version " + std::to_string(habit.version);
    }
    if (changed) {
        answer.articles = below(40);
        for (std::size_t i = 0; i < answer.articles; ++i) {
            answer.seen_before += chance(habit.fresh) ? 0U : 1U;
        }
        answer.schedule = habit.schedule;
    }
    answer.response = std::move(response);
}

}  // namespace wirewatch::feeds
