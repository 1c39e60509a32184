// SPDX-License-Identifier: MIT
#include "history/rows.hpp"

#include "base/error_code.hpp"
#include "history/json_text.hpp"

#include <array>
#include <string>
#include <utility>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

/// The words that stand in the database for the values of an enum; a word is never reused.
template <class Value>
struct Word {
    Value value;
    std::string_view text;
};

constexpr std::array kErrorWords = {
    Word<Errc>{Errc::invalid, to_text(Errc::invalid)},
    Word<Errc>{Errc::not_found, to_text(Errc::not_found)},
    Word<Errc>{Errc::not_a_feed, to_text(Errc::not_a_feed)},
    Word<Errc>{Errc::network, to_text(Errc::network)},
    Word<Errc>{Errc::timeout, to_text(Errc::timeout)},
    Word<Errc>{Errc::too_large, to_text(Errc::too_large)},
    Word<Errc>{Errc::refused, to_text(Errc::refused)},
    Word<Errc>{Errc::busy, to_text(Errc::busy)},
    Word<Errc>{Errc::disk_full, to_text(Errc::disk_full)},
    Word<Errc>{Errc::bad_database, to_text(Errc::bad_database)},
    Word<Errc>{Errc::gone, to_text(Errc::gone)},
    Word<Errc>{Errc::io, to_text(Errc::io)},
};

constexpr std::array kIdentityWords = {
    Word<Identity>{Identity::automatic, "automatic"},
    Word<Identity>{Identity::id, "id"},
    Word<Identity>{Identity::url, "url"},
    Word<Identity>{Identity::title, "title"},
};

constexpr std::array kSeverityWords = {
    Word<Severity>{Severity::low, to_text(Severity::low)},
    Word<Severity>{Severity::normal, to_text(Severity::normal)},
    Word<Severity>{Severity::high, to_text(Severity::high)},
    Word<Severity>{Severity::critical, to_text(Severity::critical)},
};

template <class Value, std::size_t size>
std::string_view word_of(const std::array<Word<Value>, size>& words, Value value) {
    for (const auto& word : words) {
        if (word.value == value) {
            return word.text;
        }
    }
    return words.back().text;
}

template <class Value, std::size_t size>
Value value_at(Query& row, int column, const std::array<Word<Value>, size>& words) {
    const std::string text = row.text(column);
    for (const auto& word : words) {
        if (word.text == text) {
            return word.value;
        }
    }
    row.damaged("the word \"" + text + "\"");
    return words.front().value;
}

/// The columns of `feeds` behind feed_id, in the order in which states are read and stored.
constexpr std::array kFeedColumns = {
    "url",          "title",        "etag",         "last_modified",    "body_hash",  "identity",
    "last_attempt", "last_success", "next_due",     "gone_since",       "stopped",    "http_status",
    "failures",     "error_code",   "error_text",   "latency_ms",       "body_bytes", "moved_to",
    "paused",       "due_reason",   "ttl_ms",       "skip_hours",       "skip_days",  "pace_ms",
    "moving_to",    "moving_seen",  "moving_since", "continuous_since", "gap_from"};

/// What `part` makes of each of them and the number of its parameter, with commas between.
template <class Part>
std::string feed_columns(Part part) {
    std::string list;
    int number = 2;  // behind feed_id
    for (const std::string column : kFeedColumns) {
        list.append(list.empty() ? "" : ", ").append(part(column, std::to_string(number++)));
    }
    return list;
}

std::string name_of(const std::string& column, const std::string& /*number*/) {
    return column;
}

template <class List>
List list_at(Query& row, int column, std::optional<List> (*read)(std::string_view)) {
    auto list = read(row.text(column));
    if (!list) {
        row.damaged("a list");
        return {};
    }
    return std::move(*list);
}

}  // namespace

Article article_at(Query& row, int first) {
    Article article;
    article.key = row.text(first);
    article.feed_id = row.text(first + 1);
    article.id = row.text(first + 2);
    article.url = row.text(first + 3);
    article.title = row.text(first + 4);
    article.summary = row.text(first + 5);
    article.content = row.text(first + 6);
    article.authors = list_at(row, first + 7, strings_of);
    article.categories = list_at(row, first + 8, strings_of);
    article.language = row.text(first + 9);
    article.published = row.maybe_instant(first + 10);
    article.updated = row.maybe_instant(first + 11);
    article.image = row.text(first + 12);
    article.comments_url = row.text(first + 13);
    article.enclosures = list_at(row, first + 14, enclosures_of);
    return article;
}

Rule rule_at(Query& row, int first) {
    Rule rule;
    rule.id = row.text(first);
    rule.title = row.text(first + 1);
    rule.severity = value_at(row, first + 2, kSeverityWords);
    rule.tags = list_at(row, first + 3, strings_of);
    rule.query = row.text(first + 4);
    return rule;
}

Hit hit_at(Query& row, int first) {
    Hit hit;
    hit.rule_id = row.text(first);
    if (!row.is_null(first + 1)) {
        hit.score = row.real(first + 1);
    }
    hit.spans = list_at(row, first + 2, spans_of);
    hit.backfilled = row.integer(first + 3) != 0;
    return hit;
}

Story story_at(Query& row, int first) {
    return {.id = row.text(first),
            .size = row.number<int>(first + 1),
            .first_seen = row.instant(first + 2)};
}

Error error_at(Query& row, int first) {
    return Error{value_at(row, first, kErrorWords), row.text(first + 1)};
}

Result<std::vector<FeedState>> load_feed_states(Statements& statements) {
    static const std::string sql =
        "SELECT feed_id, " + feed_columns(name_of) + " FROM feeds ORDER BY feed_id";
    std::vector<FeedState> states;
    Query row{statements, sql};
    while (row.next()) {
        FeedState& state = states.emplace_back();
        state.feed_id = row.text(0);
        state.url = row.text(1);
        state.title = row.text(2);
        state.etag = row.text(3);
        state.last_modified = row.text(4);
        state.body_hash = row.text(5);
        state.identity = value_at(row, 6, kIdentityWords);
        state.last_attempt = row.maybe_instant(7);
        state.last_success = row.maybe_instant(8);
        state.next_due = row.maybe_instant(9);
        state.gone_since = row.maybe_instant(10);
        state.stopped = row.integer(11) != 0;
        state.http_status = row.number<int>(12);
        state.failures = row.number<int>(13);
        if (!row.is_null(14)) {
            state.error = error_at(row, 14);
        }
        state.latency = std::chrono::milliseconds{row.integer(16)};
        state.body_bytes = row.number<std::size_t>(17);
        state.moved_to = row.text(18);
        state.paused = row.integer(19) != 0;
        state.due_reason = row.text(20);
        state.ttl = std::chrono::milliseconds{row.integer(21)};
        state.skip_hours = row.number<std::uint32_t>(22);
        state.skip_days = row.number<std::uint32_t>(23);
        state.pace = std::chrono::milliseconds{row.integer(24)};
        state.moving_to = row.text(25);
        state.moving_seen = row.number<int>(26);
        state.moving_since = row.maybe_instant(27);
        state.continuous_since = row.maybe_instant(28);
        state.gap_from = row.maybe_instant(29);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading the feeds");
    }
    return states;
}

Result<> store_feed_state(Statements& statements, const FeedState& state) {
    static const std::string update = "UPDATE feeds SET " +
                                      feed_columns([](const auto& column, const auto& number) {
                                          return column + " = ?" + number;
                                      }) +
                                      " WHERE feed_id = ?1";
    static const std::string insert =
        "INSERT INTO feeds (feed_id, " + feed_columns(name_of) + ") VALUES (?1, " +
        feed_columns([](const auto&, const auto& number) { return "?" + number; }) + ")";
    std::optional<std::string_view> code;
    std::optional<std::string_view> words;
    if (state.error) {
        code = word_of(kErrorWords, state.error->code);
        words = state.error->text;
    }
    const auto store = [&](const std::string& sql) {
        return run(statements, sql, state.feed_id, state.url, state.title, state.etag,
                   state.last_modified, state.body_hash, word_of(kIdentityWords, state.identity),
                   state.last_attempt, state.last_success, state.next_due, state.gone_since,
                   state.stopped, state.http_status, state.failures, code, words,
                   state.latency.count(), state.body_bytes, state.moved_to, state.paused,
                   state.due_reason, state.ttl.count(), state.skip_hours, state.skip_days,
                   state.pace.count(), state.moving_to, state.moving_seen, state.moving_since,
                   state.continuous_since, state.gap_from);
    };
    // In this order: nearly every feed is there already, and an insert that is refused costs as
    // much as the update after it.
    auto stored = store(update);
    return stored && sqlite3_changes(statements.handle()) == 0 ? store(insert) : stored;
}

}  // namespace wirewatch::history
