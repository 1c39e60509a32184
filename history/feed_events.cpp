// SPDX-License-Identifier: MIT
#include "history/feed_events.hpp"

#include "base/error_code.hpp"
#include "history/rows.hpp"

#include <optional>
#include <utility>

namespace wirewatch::history {

namespace {

struct Former {
    bool bad = false;
    bool stopped = false;
    int failures = 0;
};

Result<Former> former_state(Statements& statements, std::string_view feed_id) {
    Former former;
    Query row{statements,
              "SELECT error_code IS NOT NULL, stopped, failures FROM feeds WHERE feed_id = ?1",
              feed_id};
    if (row.next()) {
        former = {.bad = row.integer(0) != 0,
                  .stopped = row.integer(1) != 0,
                  .failures = row.number<int>(2)};
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return former;
}

FeedEvent event_of(const FeedState& state, FeedEvent::Kind kind) {
    FeedEvent event;
    event.kind = kind;
    event.feed_id = state.feed_id;
    event.feed_title = state.title;
    event.feed_url = state.url;
    event.stopped = state.stopped;
    event.failures = state.failures;
    event.http_status = state.http_status;
    return event;
}

std::optional<FeedEvent> change_of_health(const Former& former, const FeedState& next) {
    const bool bad = next.error.has_value();
    if ((bad && !former.bad) || (next.stopped && !former.stopped)) {
        FeedEvent event = event_of(next, FeedEvent::Kind::bad);
        event.error = next.error.value_or(Error{Errc::gone, "it is polled no more"});
        return event;
    }
    if (!bad && former.bad) {
        FeedEvent event = event_of(next, FeedEvent::Kind::good);
        event.failures = former.failures;
        return event;
    }
    return std::nullopt;
}

/// A turn that is stored a second time must not be told a second time.
Result<bool> gap_is_known(Statements& statements, std::string_view feed_id, const FeedGap& gap) {
    Query row{statements, "SELECT 1 FROM feed_gaps WHERE feed_id = ?1 AND gap_to = ?2", feed_id,
              gap.to};
    const bool known = row.next();
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return known;
}

FeedEvent::Kind kind_at(Query& row, int column) {
    const std::string text = row.text(column);
    for (const auto kind : {FeedEvent::Kind::bad, FeedEvent::Kind::good, FeedEvent::Kind::gap}) {
        if (text == to_text(kind)) {
            return kind;
        }
    }
    row.damaged("the word \"" + text + "\"");
    return FeedEvent::Kind::bad;
}

FeedEvent event_at(Query& row) {
    FeedEvent event;
    event.seq = row.number<std::uint64_t>(0);
    event.tseq = row.number<std::uint64_t>(1);
    event.uuid = row.uuid(2);
    event.committed = row.instant(3);
    event.kind = kind_at(row, 4);
    event.feed_id = row.text(5);
    event.feed_title = row.text(6);
    event.feed_url = row.text(7);
    event.stopped = row.integer(8) != 0;
    event.failures = row.number<int>(9);
    event.http_status = row.number<int>(10);
    if (!row.is_null(11)) {
        event.error = error_at(row, 11);
    }
    if (!row.is_null(13)) {
        event.gap = FeedGap{.from = row.instant(13), .to = row.instant(14)};
    }
    return event;
}

}  // namespace

Result<std::vector<FeedEvent>> news_of(Statements& statements, const FeedState& next,
                                       const std::optional<FeedGap>& gap) {
    const auto former = former_state(statements, next.feed_id);
    if (!former) {
        return tl::unexpected(former.error());
    }
    std::vector<FeedEvent> news;
    if (auto event = change_of_health(*former, next)) {
        news.push_back(std::move(*event));
    }
    if (!gap) {
        return news;
    }
    const auto known = gap_is_known(statements, next.feed_id, *gap);
    if (!known) {
        return tl::unexpected(known.error());
    }
    if (!*known) {
        news.push_back(event_of(next, FeedEvent::Kind::gap));
        news.back().gap = gap;
    }
    return news;
}

Result<> store_feed_event(Statements& statements, const FeedEvent& event) {
    std::optional<std::string_view> code;
    std::optional<std::string_view> words;
    if (event.error) {
        code = to_text(event.error->code);
        words = event.error->text;
    }
    std::optional<std::int64_t> from;
    std::optional<std::int64_t> to;
    if (event.gap) {
        from = event.gap->from.time_since_epoch().count();
        to = event.gap->to.time_since_epoch().count();
    }
    return run(statements,
               "INSERT INTO feed_events (seq, kind, feed_id, feed_title, feed_url, stopped,"
               " failures, http_status, error_code, error_text, gap_from, gap_to)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
               event.seq, to_text(event.kind), event.feed_id, event.feed_title, event.feed_url,
               event.stopped, event.failures, event.http_status, code, words, from, to);
}

Result<FeedEvent> feed_event(Statements& statements, std::uint64_t seq) {
    FeedEvent event;
    Query row{statements,
              "SELECT o.seq, o.tseq, o.uuid, o.committed_at, e.kind, e.feed_id, e.feed_title,"
              " e.feed_url, e.stopped, e.failures, e.http_status, e.error_code, e.error_text,"
              " e.gap_from, e.gap_to FROM feed_events e JOIN outbox o ON o.seq = e.seq"
              " WHERE e.seq = ?1",
              seq};
    if (row.next()) {
        event = event_at(row);
    } else {
        row.damaged("a feed event that is not there");
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading what the stream says of a feed");
    }
    return event;
}

}  // namespace wirewatch::history
