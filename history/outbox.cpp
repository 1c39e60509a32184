// SPDX-License-Identifier: MIT
#include "history/outbox.hpp"

#include "base/alert.hpp"
#include "base/message.hpp"
#include "history/alert_body.hpp"
#include "history/alert_row.hpp"
#include "history/feed_body.hpp"
#include "history/feed_events.hpp"

#include <utility>

namespace wirewatch::history {

Result<> Outbox::begin() {
    Query row{statements_, "SELECT head FROM meta"};
    if (row.next()) {
        head_ = former_head_ = row.number<std::uint64_t>(0);
    }
    return row.finish();
}

Result<> Outbox::add_alert(std::int64_t hit_id, int story_size) {
    auto alert = alert_about(statements_, hit_id);
    if (!alert) {
        return fail(std::move(alert));
    }
    const auto place = place_in(alert_topic(alert->rule.id));
    if (!place) {
        return tl::unexpected(place.error());
    }
    alert->seq = next();
    alert->tseq = place->tseq;
    alert->uuid = alert_uuid(deployment_, alert->rule.id, alert->article.key);
    alert->committed = now_;
    alert->story.size = story_size;
    return enqueue(*place, alert->uuid, hit_id, story_size,
                   alert_body(*alert, deployment_, kMaxBodyBytes));
}

Result<> Outbox::add(FeedEvent event) {
    const auto place = place_in(feed_topic(event.feed_id));
    if (!place) {
        return tl::unexpected(place.error());
    }
    event.seq = next();
    event.tseq = place->tseq;
    event.uuid = feed_event_uuid(deployment_, event.feed_id, event.kind, now_);
    event.committed = now_;
    return enqueue(*place, event.uuid, std::nullopt, 1, feed_body(event, deployment_))
        .and_then([&] { return store_feed_event(statements_, event); });
}

Result<> Outbox::finish() {
    return head_ == former_head_ ? Result<>{}
                                 : run(statements_, "UPDATE meta SET head = ?1", head_);
}

Result<Outbox::Place> Outbox::place_in(std::string_view topic) {
    Place place;
    Query row{statements_,
              "INSERT INTO topics (name, tseq) VALUES (?1, 1)"
              " ON CONFLICT (name) DO UPDATE SET tseq = tseq + 1 RETURNING id, tseq",
              topic};
    while (row.next()) {
        place = {.topic_id = row.integer(0), .tseq = row.number<std::uint64_t>(1)};
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return place;
}

Result<> Outbox::enqueue(const Place& place, const Uuid& uuid, std::optional<std::int64_t> hit_id,
                         int story_size, std::string_view body) {
    auto queued =
        run(statements_,
            "INSERT INTO outbox (seq, topic_id, tseq, uuid, committed_at, hit_id, story_size, body)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            next(), place.topic_id, place.tseq, uuid, now_, hit_id, story_size, body);
    head_ += queued ? 1 : 0;
    return queued;
}

}  // namespace wirewatch::history
