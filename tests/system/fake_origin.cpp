// SPDX-License-Identifier: MIT
#include "fake_origin.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <ctime>
#include <utility>

namespace wirewatch {

namespace {

using namespace std::chrono;
using support::Answer;
using support::AskedRequest;
using support::Headers;

constexpr std::size_t kOrigins = 7;  // 127.0.0.1 to 127.0.0.7
constexpr milliseconds kInterval = 30min;

enum Origin : std::size_t { well_behaved, limiting, busy, ending, old_home, new_home, broken };

/// Ten articles, the newest of them number `newest`.
std::string rss(int newest, const std::string& channel = "") {
    std::string text = "<rss version=\"2.0\"><channel><title>Play</title>" + channel;
    for (int i = newest; i > newest - 10; --i) {
        text += "<item><guid isPermaLink=\"false\">n" + std::to_string(i) + "</guid><title>News " +
                std::to_string(i) + "</title></item>";
    }
    return text + "</channel></rss>";
}

std::string http_date(Instant moment) {
    const std::time_t time = system_clock::to_time_t(floor<seconds>(moment));
    std::tm parts{};
    gmtime_r(&time, &parts);
    std::array<char, 64> text{};
    const std::size_t length =
        std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    return {text.data(), length};
}

std::string header(const Answer& answer, std::string_view name) {
    const auto found = std::find_if(answer.headers.begin(), answer.headers.end(),
                                    [&](const auto& pair) { return pair.first == name; });
    return found == answer.headers.end() ? "" : found->second;
}

/// On every answer: none of them may come back.
Headers tempting() {
    return {{"Set-Cookie", "reader=tracked; Path=/"}, {"Refresh", "0"}};
}

/// A 200 with these validators, or a 304 where the request brings the ETag.
Answer serve(const AskedRequest& request, std::string body, const std::string& etag,
             const std::string& last_modified, const Headers& more = {}) {
    Headers headers = tempting();
    headers.insert(headers.end(), more.begin(), more.end());
    headers.emplace_back("ETag", etag);
    headers.emplace_back("Last-Modified", last_modified);
    headers.emplace_back("Content-Type", "application/rss+xml");
    const bool same = request.header("If-None-Match") == etag;
    return {.status = same ? 304 : 200,
            .headers = std::move(headers),
            .body = same ? "" : std::move(body)};
}

/// An error, with validators that are none of the feed's.
Answer fail(int status, Headers more = {}) {
    more.emplace_back("Set-Cookie", "error=seen; Path=/");
    more.emplace_back("ETag", "\"of-the-error-page\"");
    more.emplace_back("Last-Modified", "Thu, 01 Jan 1970 00:00:00 GMT");
    more.emplace_back("Cache-Control", "max-age=60");
    return {.status = status, .headers = std::move(more), .body = "<html>sorry</html>"};
}

Answer redirect(int status, std::string to) {
    Answer answer = fail(status);
    answer.headers.emplace_back("Location", std::move(to));
    return answer;
}

int version(double hours, double length) {
    return static_cast<int>(std::floor(hours / length));
}

std::string quoted(const std::string& name, int number) {
    return "W/\"" + name + "  " + std::to_string(number) + "\"";  // byte for byte: two spaces
}

/// The feed that a path is of.
std::string feed_of(const std::string& path) {
    const std::string name = path.substr(1);
    if (name == "middle" || name == "there") {
        return "moved";
    }
    return name == "away" ? "lent" : name;
}

/// Whether a request follows a redirect of the one before it.
bool is_hop(const std::string& path, const std::string& path_before) {
    return path == "/middle" || path == "/away" || (path == "/there" && path_before == "/middle");
}

}  // namespace

Manners& Manners::operator+=(const Manners& other) {
    requests += other.requests;
    redirects += other.redirects;
    unconditional += other.unconditional;
    wrong_validators += other.wrong_validators;
    early += other.early;
    cookies += other.cookies;
    referers += other.referers;
    nameless += other.nameless;
    return *this;
}

FakeOrigin::FakeOrigin(const support::ManualClock& clock) : clock_{clock}, start_{clock.now()} {
    for (std::size_t i = 0; i < kOrigins; ++i) {
        servers_.push_back(
            std::make_unique<support::FeedServer>("127.0.0." + std::to_string(i + 1)));
    }
    cast_well_behaved();
    cast_limiting();
    cast_failing();
    for (std::size_t i = 0; i < kOrigins; ++i) {
        servers_[i]->serve_all(
            [this, i](const AskedRequest& request) { return answer(i, request); });
    }
}

void FakeOrigin::add(const std::string& feed, std::size_t origin, milliseconds interval,
                     std::function<Answer(const AskedRequest&, double)> answer) {
    plays_[feed] = {.origin = origin, .interval = interval, .answer = std::move(answer)};
}

void FakeOrigin::cast_well_behaved() {
    add("changed", well_behaved, kInterval, [this](const AskedRequest& request, double at) {
        const int now = version(at, 2);
        return serve(request, rss(now), quoted("changed", now), date(now * 2.0));
    });
    add("unchanged", well_behaved, kInterval, [this](const AskedRequest& request, double) {
        return serve(request, rss(1), quoted("same", 1), date(0));
    });
    // The same body under new validators, every hour.
    add("touched", well_behaved, kInterval, [this](const AskedRequest& request, double at) {
        const int now = version(at, 1);
        return serve(request, rss(1), quoted("touched", now), date(now));
    });
    // A 304 whose validators are new each time.
    add("renewed", well_behaved, kInterval, [this](const AskedRequest& request, double at) {
        Answer answer = serve(request, rss(1), quoted("renewed", version(at, 0.1)), date(at));
        if (request.header("If-None-Match")) {
            answer.status = 304;
            answer.body.clear();
        }
        return answer;
    });
    add("max-age", well_behaved, 90min, [this](const AskedRequest& request, double at) {
        const int now = version(at, 1);
        return serve(request, rss(now), quoted("fresh", now), date(now),
                     {{"Cache-Control", "public, max-age=5700"}, {"Age", "300"}});
    });
    add("expires", well_behaved, 3h, [this](const AskedRequest& request, double at) {
        const int now = version(at, 1);
        return serve(request, rss(now), quoted("fresh", now), date(now),
                     {{"Date", date(at)}, {"Expires", date(at + 3)}});
    });
    add("ttl", well_behaved, 2h, [this](const AskedRequest& request, double) {
        return serve(request, rss(1, "<ttl>120</ttl>"), quoted("ttl", 1), date(0));
    });
    add("adaptive", well_behaved, 5min, [this](const AskedRequest& request, double at) {
        const int now = version(at, 0.02);  // fifty articles an hour
        return serve(request, rss(now), quoted("busy", now), date(at));
    });
    // Begins at noon and is quiet from 18:00 to midnight.
    add("quiet", well_behaved, kInterval, [this](const AskedRequest& request, double at) {
        std::string hours;
        for (int hour = 18; hour < 24; ++hour) {
            hours += "<hour>" + std::to_string(hour) + "</hour>";
        }
        const int now = version(at, 1);
        return serve(request, rss(now, "<skipHours>" + hours + "</skipHours>"),
                     quoted("quiet", now), date(now));
    });
}

void FakeOrigin::cast_limiting() {
    add("limited", limiting, kInterval, [this](const AskedRequest& request, double at) {
        if (at >= 10 && at < 11) {
            return fail(429, {{"Retry-After", "9000"}});
        }
        if (at >= 30 && at < 31) {
            return fail(429, {{"Retry-After", date(at + 4)}});
        }
        const int now = version(at, 2);
        return serve(request, rss(now), quoted("limited", now), date(now * 2.0));
    });
    // Behaves, but its host has had enough all the same.
    add("neighbour", limiting, kInterval, [this](const AskedRequest& request, double at) {
        const int now = version(at, 2);
        return serve(request, rss(now), quoted("neighbour", now), date(now * 2.0));
    });
    add("busy", busy, kInterval, [this](const AskedRequest& request, double at) {
        if (at >= 8 && at < 9) {
            return fail(503, {{"Retry-After", "7200"}});
        }
        if (at >= 20 && at < 21) {
            return fail(503, {{"Retry-After", date(at + 5)}});
        }
        if (at >= 40 && at < 44) {
            return fail(503);
        }
        const int now = version(at, 3);
        return serve(request, rss(now), quoted("busy", now), date(now * 3.0));
    });
}

void FakeOrigin::cast_failing() {
    add("gone", ending, kInterval, [this](const AskedRequest& request, double at) {
        return at >= 20 ? fail(410) : serve(request, rss(1), quoted("gone", 1), date(0));
    });
    add("broken", broken, kInterval, [this](const AskedRequest& request, double at) {
        if (at >= 5 && at < 15) {
            return at < 9 ? fail(500, {{"Connection", "close"}})
                          : Answer{.conduct = support::Conduct::hang_up};
        }
        const int now = version(at, 4);
        return serve(request, rss(now), quoted("broken", now), date(now * 4.0));
    });
    // moved –301→ middle –308→ there, for good; lent –302→ away, for now.
    add("moved", old_home, kInterval, [this](const AskedRequest& request, double at) {
        if (request.target == "/moved") {
            return redirect(301, servers_[old_home]->url("/middle"));
        }
        if (request.target == "/middle") {
            return redirect(308, servers_[new_home]->url("/there"));
        }
        const int now = version(at, 2);
        return serve(request, rss(now), quoted("moved", now), date(now * 2.0));
    });
    add("lent", old_home, kInterval, [this](const AskedRequest& request, double at) {
        if (request.target == "/lent") {
            return redirect(302, servers_[new_home]->url("/away"));
        }
        const int now = version(at, 2);
        return serve(request, rss(now), quoted("lent", now), date(now * 2.0));
    });
}

Answer FakeOrigin::answer(std::size_t origin, const AskedRequest& request) {
    const std::lock_guard lock{mutex_};
    const Instant now = clock_.now();
    ++asked_[request.target];
    const std::string feed = feed_of(request.target);
    const auto found = plays_.find(feed);
    if (found == plays_.end()) {
        ++statuses_[404];
        return {.status = 404};
    }
    Play& play = found->second;
    check(play, request);
    if (is_hop(request.target, play.last_path) && play.last == now) {
        ++play.manners.redirects;
    } else {
        ++play.manners.requests;
        check_time(feed, play, now);
        play.manners.early += rests_until_.contains(origin) && now < rests_until_[origin] ? 1U : 0U;
    }
    play.last = now;
    play.last_path = request.target;
    Answer answer = play.answer(request, hours(now));
    note(play, answer, now);
    if (answer.status == 429) {
        rests_until_[origin] = play.welcome;
    }
    ++statuses_[answer.conduct == support::Conduct::hang_up ? 0 : answer.status];
    return answer;
}

void FakeOrigin::check(Play& play, const AskedRequest& request) const {
    Manners& manners = play.manners;
    const std::string etag = request.header("If-None-Match").value_or("");
    const std::string last_modified = request.header("If-Modified-Since").value_or("");
    if (!play.etag.empty() && etag.empty() && last_modified.empty()) {
        ++manners.unconditional;
    } else if (etag != play.etag || last_modified != play.last_modified) {
        ++manners.wrong_validators;
    }
    manners.cookies += request.header("Cookie") ? 1U : 0U;
    manners.referers += request.header("Referer") ? 1U : 0U;
    const std::string agent = request.header("User-Agent").value_or("");
    manners.nameless +=
        agent.starts_with("wirewatch/") && agent.find("(+") != std::string::npos ? 0U : 1U;
}

void FakeOrigin::check_time(const std::string& feed, Play& play, Instant now) const {
    const auto hour_of_day = floor<std::chrono::hours>(now - floor<days>(now)).count();
    const bool asleep = feed == "quiet" && hour_of_day >= 18;
    play.manners.early += now < play.welcome || asleep ? 1U : 0U;
}

// What the publisher expects after this answer.
void FakeOrigin::note(Play& play, const Answer& answer, Instant now) {
    const bool answered = answer.conduct == support::Conduct::answer;
    if (answered && answer.status > 300 && answer.status < 310 && answer.status != 304) {
        return;
    }
    if (answered && (answer.status == 200 || answer.status == 304)) {
        play.etag = header(answer, "ETag");
        play.last_modified = header(answer, "Last-Modified");
        play.failures = 0;
        play.welcome = now + play.interval;
        return;
    }
    ++play.failures;
    milliseconds rest = play.interval * (1 << std::min(play.failures, 6));
    if (answered && (answer.status == 429 || answer.status == 503)) {
        const std::string asked = header(answer, "Retry-After");
        rest = 1h * (1 << std::min(play.failures - 1, 4));
        if (asked == "9000" || asked == "7200") {
            rest = seconds{std::stoi(asked)};
        } else if (!asked.empty()) {
            rest = answer.status == 429 ? 4h - 1s : 5h - 1s;  // its date has no milliseconds
        }
    } else if (answered && answer.status == 410) {
        rest = 24h;
    }
    play.welcome = now + std::min<milliseconds>(std::max(rest, play.interval), 24h);
}

std::string FakeOrigin::url(const std::string& feed) const {
    return servers_[plays_.at(feed).origin]->url("/" + feed);
}

std::vector<std::string> FakeOrigin::feeds() const {
    std::vector<std::string> names;
    for (const auto& [name, play] : plays_) {
        names.push_back(name);
    }
    return names;
}

Manners FakeOrigin::manners(const std::string& feed) const {
    const std::lock_guard lock{mutex_};
    return plays_.at(feed).manners;
}

std::map<int, std::size_t> FakeOrigin::statuses() const {
    const std::lock_guard lock{mutex_};
    return statuses_;
}

std::size_t FakeOrigin::asked(const std::string& path) const {
    const std::lock_guard lock{mutex_};
    const auto found = asked_.find(path);
    return found == asked_.end() ? 0 : found->second;
}

std::optional<Instant> FakeOrigin::last_asked(const std::string& feed) const {
    const std::lock_guard lock{mutex_};
    return plays_.at(feed).last;
}

double FakeOrigin::hours(Instant now) const {
    return duration<double, std::ratio<3600>>{now - start_}.count();
}

std::string FakeOrigin::date(double hours) const {
    return http_date(start_ +
                     duration_cast<milliseconds>(duration<double, std::ratio<3600>>{hours}));
}

}  // namespace wirewatch
