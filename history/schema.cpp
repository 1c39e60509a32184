// SPDX-License-Identifier: MIT
#include "history/schema.hpp"

#include "history/hashes.hpp"
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

// What people note of articles, and what search asks of them beside their words: the language in
// which rules read them, and how their letters stand in the full-text index (base/writing.hpp; of
// what was stored before, anything may be).
constexpr const char* kStep4 = R"sql(
CREATE TABLE marks (
    article_id INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    read       INTEGER NOT NULL CHECK (read IN (0, 1)),
    starred    INTEGER NOT NULL CHECK (starred IN (0, 1)),
    dismissed  INTEGER NOT NULL CHECK (dismissed IN (0, 1)),
    note       TEXT    NOT NULL,
    at         INTEGER NOT NULL,
    by_whom    TEXT    NOT NULL,
    change     INTEGER NOT NULL
) STRICT;
CREATE INDEX marks_starred ON marks (article_id) WHERE starred = 1;

CREATE TABLE mark_changes (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    batch            TEXT    NOT NULL,
    by_whom          TEXT    NOT NULL,
    article_id       INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    former_change    INTEGER NOT NULL,
    former_read      INTEGER NOT NULL,
    former_starred   INTEGER NOT NULL,
    former_dismissed INTEGER NOT NULL,
    former_note      TEXT    NOT NULL,
    former_at        INTEGER NOT NULL,
    former_by        TEXT    NOT NULL
) STRICT;
CREATE INDEX mark_changes_by_user ON mark_changes (by_whom, id);
CREATE INDEX mark_changes_by_article ON mark_changes (article_id);

ALTER TABLE articles ADD COLUMN language TEXT    NOT NULL DEFAULT '';
ALTER TABLE articles ADD COLUMN writing  INTEGER NOT NULL DEFAULT 63;
CREATE INDEX articles_by_time ON articles (first_seen);
CREATE INDEX articles_apart ON articles (id, writing) WHERE writing <> 0;
)sql";

// Articles are joined to stories (`story` is the id of the first one; only stories of two and more
// have a row), addresses are found by their hash, and a hit knows its alert.
constexpr const char* kStep5 = R"sql(
ALTER TABLE articles ADD COLUMN story   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN address INTEGER;
ALTER TABLE articles ADD COLUMN sketch  BLOB;
UPDATE articles SET story = id, address = (SELECT address_hash(r.url) FROM revisions r
    WHERE r.article_id = articles.id AND r.revision = articles.revision);
CREATE INDEX articles_by_story ON articles (story) WHERE story <> id;
CREATE INDEX articles_by_address ON articles (address) WHERE address IS NOT NULL;
DROP INDEX revisions_by_url;

CREATE TABLE stories (
    id         INTEGER PRIMARY KEY,
    key        TEXT    NOT NULL,
    first_seen INTEGER NOT NULL,
    size       INTEGER NOT NULL
) STRICT;

ALTER TABLE hits ADD COLUMN seq     INTEGER;
ALTER TABLE hits ADD COLUMN told_by INTEGER;
UPDATE hits SET seq = (SELECT o.seq FROM outbox o WHERE o.hit_id = hits.id);
ALTER TABLE outbox ADD COLUMN story_size INTEGER NOT NULL DEFAULT 1;
UPDATE revisions SET content_hash = content_hash(title, summary, content);

-- Larger leaves, merged when 16 of a size have come together, make a small commit a third cheaper.
INSERT INTO article_text (article_text, rank) VALUES ('pgsz', 16000);
INSERT INTO article_text (article_text, rank) VALUES ('automerge', 16);
INSERT INTO article_text (article_text, rank) VALUES ('crisismerge', 64);

-- The first 64 bits of the keys of articles that were deleted: their feeds may list them for years.
CREATE TABLE let_go (key INTEGER PRIMARY KEY) STRICT;
)sql";

// Rules that look at stored articles once, how far they have come, and which hits came of it.
constexpr const char* kStep6 = R"sql(
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

// What goes out is kept as it goes out. Bodies of former rows are written after the steps
// (missing_bodies.hpp), which finds them by the index.
constexpr const char* kStep7 = R"sql(
ALTER TABLE outbox ADD COLUMN body TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_without_body ON outbox (seq) WHERE body = '';
)sql";

constexpr std::array kSteps = {kStep1, kStep2, kStep3, kStep4, kStep5, kStep6, kStep7};

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

/// What is about to be done, for an operator who waits for it.
std::string in_words(std::size_t former, std::size_t next, std::size_t last) {
    if (former == 0) {
        return "making the database";
    }
    return "bringing the database to version " + std::to_string(last) + ", step " +
           std::to_string(next - former + 1) + " of " + std::to_string(last - former);
}

}  // namespace

std::span<const char* const> schema_steps() {
    return kSteps;
}

Result<> migrate(sqlite3* handle, std::span<const char* const> steps, const OnStep& on_step) {
    auto version = pragma(handle, "user_version");
    if (!version) {
        return fail(std::move(version));
    }
    if (auto ready = add_hashes(handle); !ready) {
        return ready;
    }
    const auto former = static_cast<std::size_t>(*version);
    LongWork work{handle, on_step};
    for (std::size_t next = former; next < steps.size(); ++next) {
        if (auto begun = work.begin(in_words(former, next, steps.size())); !begun) {
            return begun;
        }
        auto taken = take_step(handle, steps[next], static_cast<std::int64_t>(next) + 1);
        if (!taken) {
            return fail(std::move(taken),
                        "bringing the schema to version " + std::to_string(next + 1));
        }
    }
    return {};
}

}  // namespace wirewatch::history
