// SPDX-License-Identifier: MIT
#include "history/schema.hpp"

#include "history/statement.hpp"

#include <array>
#include <string>

namespace wirewatch::history {

namespace {

// Times are milliseconds since 1970, lists are JSON arrays.
constexpr const char* kStep1 = R"sql(
CREATE TABLE meta (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    epoch TEXT    NOT NULL,
    head  INTEGER NOT NULL
) STRICT;
INSERT INTO meta (id, epoch, head) VALUES (1, lower(hex(randomblob(8))), 0);

CREATE TABLE feeds (
    feed_id       TEXT PRIMARY KEY,
    url           TEXT    NOT NULL,
    title         TEXT    NOT NULL,
    etag          TEXT    NOT NULL,
    last_modified TEXT    NOT NULL,
    body_hash     TEXT    NOT NULL,
    identity      TEXT    NOT NULL,
    last_attempt  INTEGER,
    last_success  INTEGER,
    next_due      INTEGER,
    gone_since    INTEGER,
    stopped       INTEGER NOT NULL,
    http_status   INTEGER NOT NULL,
    failures      INTEGER NOT NULL,
    error_code    TEXT,
    error_text    TEXT,
    latency_ms    INTEGER NOT NULL,
    body_bytes    INTEGER NOT NULL
) STRICT;

CREATE TABLE articles (
    id         INTEGER PRIMARY KEY,
    key        TEXT    NOT NULL UNIQUE,
    feed_id    TEXT    NOT NULL REFERENCES feeds (feed_id),
    first_seen INTEGER NOT NULL,
    revision   INTEGER NOT NULL
) STRICT;
CREATE INDEX articles_by_feed ON articles (feed_id, first_seen);

-- The short columns come first: a long text lies on overflow pages that they need not touch.
CREATE TABLE revisions (
    article_id   INTEGER NOT NULL REFERENCES articles (id),
    revision     INTEGER NOT NULL,
    seen_at      INTEGER NOT NULL,
    content_hash BLOB    NOT NULL,
    published    INTEGER,
    updated      INTEGER,
    language     TEXT    NOT NULL,
    guid         TEXT    NOT NULL,
    url          TEXT    NOT NULL,
    image        TEXT    NOT NULL,
    comments_url TEXT    NOT NULL,
    authors      TEXT    NOT NULL,
    categories   TEXT    NOT NULL,
    enclosures   TEXT    NOT NULL,
    title        TEXT    NOT NULL,
    summary      TEXT    NOT NULL,
    content      TEXT    NOT NULL,
    PRIMARY KEY (article_id, revision)
) STRICT;
CREATE INDEX revisions_by_url ON revisions (url);

CREATE VIEW current_text (id, title, summary, content) AS
    SELECT a.id, r.title, r.summary, r.content
    FROM articles a JOIN revisions r ON r.article_id = a.id AND r.revision = a.revision;
CREATE VIRTUAL TABLE article_text USING fts5 (
    title, summary, content,
    content = 'current_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE rule_versions (
    id       INTEGER PRIMARY KEY,
    digest   BLOB NOT NULL UNIQUE,
    rule_id  TEXT NOT NULL,
    title    TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('low', 'normal', 'high', 'critical')),
    tags     TEXT NOT NULL,
    query    TEXT NOT NULL
) STRICT;

CREATE TABLE hits (
    id           INTEGER PRIMARY KEY,
    article_id   INTEGER NOT NULL,
    revision     INTEGER NOT NULL,
    rule_id      TEXT    NOT NULL,
    rule_version INTEGER NOT NULL REFERENCES rule_versions (id),
    at           INTEGER NOT NULL,
    score        REAL,
    spans        TEXT    NOT NULL,
    UNIQUE (article_id, rule_id),
    FOREIGN KEY (article_id, revision) REFERENCES revisions (article_id, revision)
) STRICT;
CREATE INDEX hits_by_time ON hits (at);
CREATE INDEX hits_by_rule ON hits (rule_id, at);

CREATE TABLE topics (
    id   INTEGER PRIMARY KEY,
    name TEXT    NOT NULL UNIQUE,
    tseq INTEGER NOT NULL
) STRICT;

CREATE TABLE outbox (
    seq          INTEGER PRIMARY KEY,
    topic_id     INTEGER NOT NULL REFERENCES topics (id),
    tseq         INTEGER NOT NULL,
    uuid         BLOB    NOT NULL,
    committed_at INTEGER NOT NULL,
    hit_id       INTEGER UNIQUE REFERENCES hits (id)
) STRICT;
-- SQLite appends the primary key: this is (topic_id, seq), what a replay of one rule walks along.
CREATE INDEX outbox_by_topic ON outbox (topic_id);
)sql";

// What polite polling keeps of a feed between polls.
constexpr const char* kStep2 = R"sql(
ALTER TABLE feeds ADD COLUMN moved_to         TEXT    NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN paused           INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN due_reason       TEXT    NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN ttl_ms           INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN skip_hours       INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN skip_days        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN pace_ms          INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN moving_to        TEXT    NOT NULL DEFAULT '';
ALTER TABLE feeds ADD COLUMN moving_seen      INTEGER NOT NULL DEFAULT 0;
ALTER TABLE feeds ADD COLUMN moving_since     INTEGER;
ALTER TABLE feeds ADD COLUMN continuous_since INTEGER;
ALTER TABLE feeds ADD COLUMN gap_from         INTEGER;

-- Where a feed was polled before it moved, and to where.
CREATE TABLE feed_moves (
    feed_id TEXT    NOT NULL REFERENCES feeds (feed_id),
    at      INTEGER NOT NULL,
    from_url TEXT   NOT NULL,
    to_url   TEXT   NOT NULL,
    PRIMARY KEY (feed_id, at)
) STRICT;

-- Between two reads that share no article, some may have been lost.
CREATE TABLE feed_gaps (
    feed_id TEXT    NOT NULL REFERENCES feeds (feed_id),
    gap_from INTEGER NOT NULL,
    gap_to   INTEGER NOT NULL,
    PRIMARY KEY (feed_id, gap_to)
) STRICT;
)sql";

// What the stream says of feeds, numbered in the outbox like alerts.
constexpr const char* kStep3 = R"sql(
CREATE TABLE feed_events (
    seq         INTEGER PRIMARY KEY REFERENCES outbox (seq) ON DELETE CASCADE,
    kind        TEXT    NOT NULL CHECK (kind IN ('bad', 'good', 'gap')),
    feed_id     TEXT    NOT NULL,
    feed_title  TEXT    NOT NULL,
    feed_url    TEXT    NOT NULL,
    stopped     INTEGER NOT NULL,
    failures    INTEGER NOT NULL,
    http_status INTEGER NOT NULL,
    error_code  TEXT,
    error_text  TEXT,
    gap_from    INTEGER,
    gap_to      INTEGER
) STRICT;
)sql";

// Rules that look at stored articles once, how far they have come, and which hits came of it.
constexpr const char* kStep4 = R"sql(
CREATE TABLE backfill_walks (
    id       INTEGER PRIMARY KEY,
    since    INTEGER NOT NULL,
    after    INTEGER NOT NULL,
    up_to    INTEGER NOT NULL,
    begun    INTEGER NOT NULL,
    finished INTEGER
) STRICT;

CREATE TABLE backfills (
    rule_id TEXT    NOT NULL,
    text    BLOB    NOT NULL,
    walk_id INTEGER NOT NULL REFERENCES backfill_walks (id),
    PRIMARY KEY (rule_id, text)
) STRICT;
CREATE INDEX backfills_by_walk ON backfills (walk_id);

ALTER TABLE hits ADD COLUMN backfilled INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr std::array kSteps = {kStep1, kStep2, kStep3, kStep4};

Result<> take_step(sqlite3* handle, const char* sql, std::int64_t version) {
    // A pragma cannot bind; both numbers are our own.
    const std::string marks = "PRAGMA application_id = " + std::to_string(kApplicationId) +
                              "; PRAGMA user_version = " + std::to_string(version);
    Statements statements{handle};
    auto transaction = Transaction::write(statements);
    if (!transaction) {
        return fail(std::move(transaction));
    }
    if (auto changed = execute(handle, sql); !changed) {
        return changed;
    }
    if (auto marked = execute(handle, marks); !marked) {
        return marked;
    }
    return transaction->commit();
}

}  // namespace

std::span<const char* const> schema_steps() {
    return kSteps;
}

Result<> migrate(sqlite3* handle, std::span<const char* const> steps) {
    auto version = pragma(handle, "user_version");
    if (!version) {
        return fail(std::move(version));
    }
    for (auto next = static_cast<std::size_t>(*version); next < steps.size(); ++next) {
        auto taken = take_step(handle, steps[next], static_cast<std::int64_t>(next) + 1);
        if (!taken) {
            return fail(std::move(taken),
                        "bringing the schema to version " + std::to_string(next + 1));
        }
    }
    return {};
}

}  // namespace wirewatch::history
