// SPDX-License-Identifier: MIT
#include "feeds/http_policy.hpp"

#include "base/digest.hpp"
#include "feeds/back_off.hpp"
#include "feeds/cache_lifetime.hpp"
#include "feeds/coverage.hpp"
#include "feeds/file_source.hpp"
#include "feeds/http_status.hpp"
#include "feeds/moves.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace wirewatch::feeds {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kGoneFor = std::chrono::hours{24};  // fetching.md, "errors"

// What was learned at another address says nothing about this one.
FeedState at_its_url(const Feed& feed, FeedState state) {
    if (state.url != feed.url) {
        state = {.feed_id = feed.id,
                 .url = feed.url,
                 .title = std::move(state.title),
                 .identity = state.identity,
                 .last_attempt = state.last_attempt,
                 .last_success = state.last_success,
                 .paused = state.paused};
    }
    state.feed_id = feed.id;
    return state;
}

void come_again(const PollContext& poll, FeedState& state, const std::vector<Wait>& waits) {
    NextPoll next = next_poll(waits, quiet_times(state), poll.now, poll.options, poll.random);
    state.next_due = next.due;
    state.due_reason = std::move(next.reason);
}

void come_after_success(const PollContext& poll, FeedState& state, const Response& response) {
    come_again(poll, state,
               {own_interval(poll.feed, state, poll.options),
                asked_by_server(poll.feed, cache_lifetime(response, poll.now)),
                asked_by_feed(poll.feed, state)});
}

// `rest`: the wait that this failure is worth. The failure is counted already.
void come_after_failure(const PollContext& poll, FeedState& state, Error error, Wait rest) {
    state.error = std::move(error);
    come_again(poll, state,
               {std::move(rest), own_interval(poll.feed, state, poll.options),
                asked_by_feed(poll.feed, state)});
}

void fail(const PollContext& poll, FeedState& state, Error error) {
    ++state.failures;
    const milliseconds interval = own_interval(poll.feed, state, poll.options).length;
    come_after_failure(poll, state, std::move(error),
                       back_off(interval, state.failures, poll.options));
}

void succeed(const PollContext& poll, FeedState& state) {
    state.failures = 0;
    state.error.reset();
    state.last_success = poll.now;
}

// All of it had been seen before.
void find_unchanged(const PollContext& poll, Outcome& outcome, const Response& response) {
    FeedState& state = outcome.state;
    outcome.verdict = Verdict::unchanged;
    succeed(poll, state);
    // The body is still the one that the old validators describe: only what is brought changes.
    if (!response.etag.empty()) {
        state.etag = response.etag;
    }
    if (!response.last_modified.empty()) {
        state.last_modified = response.last_modified;
    }
    state.pace = next_pace(own_pace(state, poll.options), {}, poll.options);
    outcome.move = note_redirects(poll.feed, state, response, poll.now);
    come_after_success(poll, state, response);
}

void judge_body(const PollContext& poll, Outcome& outcome, const Response& response) {
    FeedState& state = outcome.state;
    state.body_bytes = response.body.size();
    std::string hash = to_hex(sha256(response.body));
    if (hash == state.body_hash) {
        find_unchanged(poll, outcome, response);
        return;
    }
    outcome.verdict = Verdict::parse;
    state.body_hash = std::move(hash);
    // Both are replaced, also by nothing: the old ones describe the old body.
    state.etag = response.etag;
    state.last_modified = response.last_modified;
}

void judge_gone(const PollContext& poll, FeedState& state) {
    ++state.failures;
    if (!state.gone_since) {
        state.gone_since = poll.now;
    }
    const Instant decided = *state.gone_since + kGoneFor;
    if (poll.now < decided) {
        come_after_failure(poll, state, {Errc::network, status_words(410)},
                           {decided - poll.now,
                            "410 Gone: asked once more, 24 h after the first, before it is "
                            "given up"});
        return;
    }
    state.stopped = true;
    state.error = Error{Errc::network,
                        "410 Gone, said again after 24 h: the feed has ended and is polled no "
                        "more; remove it, or give its new address"};
    state.next_due.reset();
    state.due_reason = "never: 410 Gone, said again after 24 h";
}

void judge_rest(const PollContext& poll, Outcome& outcome, const Response& response) {
    FeedState& state = outcome.state;
    ++state.failures;
    Wait rest = rest_of_server(response.status, response.retry_after, state.failures, poll.now);
    if (response.status == 429) {
        outcome.pause = HostPause{
            .url = response.final_url.empty() ? poll_url(poll.feed, state) : response.final_url,
            .until = poll.now + rest.length};
    }
    come_after_failure(poll, state, {Errc::network, status_words(response.status, response.body)},
                       std::move(rest));
}

void judge_response(const PollContext& poll, Outcome& outcome, const Response& response) {
    FeedState& state = outcome.state;
    const bool conditional = !state.etag.empty() || !state.last_modified.empty();
    if (response.status != 410) {
        state.gone_since.reset();
    }
    switch (response.status) {
        case 200:
        case 203:  // a proxy between changed the body; still the feed
            judge_body(poll, outcome, response);
            return;
        case 304:
            if (conditional) {
                find_unchanged(poll, outcome, response);
                return;
            }
            break;
        case 410:
            judge_gone(poll, state);
            return;
        case 429:
        case 503:
            judge_rest(poll, outcome, response);
            return;
        default:
            break;
    }
    fail(poll, state, {Errc::network, status_words(response.status, response.body)});
}

// So that the next poll sees the whole document again.
void restore_validators(FeedState& state, const FeedState& before) {
    state.etag = before.etag;
    state.last_modified = before.last_modified;
    state.body_hash = before.body_hash;
}

// The bits of FeedState's sets.
void learn_schedule(FeedState& state, const FeedSchedule& schedule) {
    state.ttl = std::max<milliseconds>(schedule.ttl, schedule.update_period);
    state.skip_hours = 0;
    for (const int hour : schedule.skip_hours) {
        state.skip_hours |= 1U << static_cast<unsigned>(hour);
    }
    state.skip_days = 0;
    for (const std::chrono::weekday day : schedule.skip_days) {
        state.skip_days |= 1U << day.c_encoding();
    }
}

}  // namespace

FetchRequest request_for(const Feed& feed, const FeedState& state) {
    const FeedState here = at_its_url(feed, state);
    return {.feed_id = feed.id,
            .url = poll_url(feed, here),
            .etag = here.etag,
            .last_modified = here.last_modified,
            .headers = feed.headers,
            .credentials = feed.credentials,
            .ca_file = feed.ca_file,
            .allow_private = feed.allow_private};
}

Outcome judge(const PollContext& poll, FeedState former, const FetchResult& result) {
    Outcome outcome{.state = at_its_url(poll.feed, std::move(former))};
    FeedState& state = outcome.state;
    if (result.url != poll_url(poll.feed, state)) {
        state.next_due = poll.now;
        state.due_reason = "its address has changed";
        outcome.verdict = Verdict::outdated;
        return outcome;
    }
    state.last_attempt = poll.now;
    state.latency = result.elapsed;
    if (result.response) {
        state.http_status = result.response->status;
        judge_response(poll, outcome, *result.response);
    } else {
        state.http_status = 0;
        state.gone_since.reset();
        fail(poll, state, result.response.error());
    }
    return outcome;
}

Outcome read(const PollContext& poll, const FeedState& former, Outcome judged,
             const Response& response, const Reading& reading) {
    FeedState& state = judged.state;
    if (reading.completeness == Completeness::cut_off) {
        restore_validators(state, at_its_url(poll.feed, former));
    }
    learn_schedule(state, reading.schedule);
    if (state.last_success) {  // the first read has nothing to be compared with
        state.pace = next_pace(own_pace(state, poll.options), reading.counts, poll.options);
    }
    if (!is_file_url(poll.feed.url)) {  // of a file every change is seen: nothing is lost between
        judged.gap = note_coverage(state, reading.counts, poll.now);
    }
    judged.move = note_redirects(poll.feed, state, response, poll.now);
    succeed(poll, state);
    come_after_success(poll, state, response);
    return judged;
}

Outcome unreadable(const PollContext& poll, const FeedState& former, Outcome judged, Error error) {
    restore_validators(judged.state, at_its_url(poll.feed, former));
    forget_redirects(judged.state);
    judged.verdict = Verdict::failed;
    fail(poll, judged.state, std::move(error));
    return judged;
}

}  // namespace wirewatch::feeds
