// SPDX-License-Identifier: MIT
#include "history/batch.hpp"

#include "base/digest.hpp"
#include "history/feed_events.hpp"
#include "history/hashes.hpp"
#include "history/json_text.hpp"
#include "history/rows.hpp"
#include "history/writing.hpp"

#include <utility>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

constexpr std::int64_t kNewestRevisions = 50;  // kept of an article; our choice

const std::string& address_of(const MatchedArticle& matched) {
    return matched.address.empty() ? matched.article.url : matched.address;
}

Writing writing_in(const MatchedArticle& matched) {
    return writing_of(matched.article) |
           (matched.stems == Stems::alike ? Writing{0} : writing::kStems);
}

/// A second one of the same moment takes the place of the first: only a repeated turn brings it.
Result<> store_feed_changes(Statements& statements, const Turn& turn, Instant now) {
    if (turn.move) {
        auto kept = run(statements,
                        "INSERT INTO feed_moves (feed_id, at, from_url, to_url)"
                        " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (feed_id, at) DO UPDATE"
                        " SET from_url = ?3, to_url = ?4",
                        turn.state.feed_id, now, turn.move->from, turn.move->to);
        if (!kept) {
            return kept;
        }
    }
    if (turn.gap) {
        return run(statements,
                   "INSERT INTO feed_gaps (feed_id, gap_from, gap_to) VALUES (?1, ?2, ?3)"
                   " ON CONFLICT (feed_id, gap_to) DO UPDATE SET gap_from = ?2",
                   turn.state.feed_id, turn.gap->from, turn.gap->to);
    }
    return {};
}

}  // namespace

Result<> Batch::begin() {
    Query row{statements_, "SELECT coalesce(max(id), 0) FROM articles"};
    if (row.next()) {
        last_article_ = row.integer(0);
    }
    return row.finish().and_then([&] { return outbox_.begin(); });
}

Result<> Batch::add(const Turn& turn) {
    auto events = news_of(statements_, turn.state, turn.gap);
    if (!events) {
        return fail(std::move(events));
    }
    for (FeedEvent& event : *events) {
        if (auto told = outbox_.add(std::move(event)); !told) {
            return told;
        }
        ++done_.new_feed_events;
    }
    if (auto kept = store_feed_state(statements_, turn.state); !kept) {
        return kept;
    }
    if (auto kept = store_feed_changes(statements_, turn, now_); !kept) {
        return kept;
    }
    for (const MatchedArticle& matched : turn.articles) {
        if (auto added = add(matched, turn.state.feed_id); !added) {
            return added;
        }
    }
    return {};
}

Result<> Batch::add(const MatchedArticle& matched, const std::string& feed_id) {
    auto known = known_article(statements_, matched.article.key);
    if (!known) {
        return fail(std::move(known));
    }
    Result<KnownArticle> article = KnownArticle{};
    if (!*known) {
        article = store_article(matched, feed_id);
    } else if ((*known)->hash != content_hash(matched.article)) {
        article = revise_article(**known, matched);
    } else {
        article = **known;
    }
    if (!article) {
        return fail(std::move(article));
    }
    for (const RuleHit& found : matched.hits) {
        auto kept = store_hit(*article, found, matched.announce);
        if (!kept) {
            return kept;
        }
    }
    return {};
}

/// Of an article that has been stored before; one that is no longer there has no hits.
Result<> Batch::add(const BackfillStep::Found& found) {
    auto article = known_article(statements_, found.article_key);
    if (!article) {
        return fail(std::move(article));
    }
    if (!*article) {
        return {};
    }
    for (const RuleHit& one : found.hits) {
        auto kept = store_hit(**article, one, Announce::alert);
        if (!kept) {
            return kept;
        }
    }
    return {};
}

Result<KnownArticle> Batch::store_article(const MatchedArticle& matched,
                                          const std::string& feed_id) {
    const Article& article = matched.article;
    const std::int64_t id = last_article_ + 1;
    auto place = stories_.place(id, article, address_of(matched), now_);
    if (!place) {
        return fail(std::move(place));
    }
    std::optional<Bytes> sketch;
    if (!place->sketch.empty()) {
        sketch = Bytes{place->sketch};
    }
    auto inserted =
        run(statements_,
            "INSERT INTO articles (id, key, feed_id, first_seen, revision, story, address, sketch,"
            " language, writing) VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8, ?9)",
            id, article.key, feed_id, now_, place->story, place->address, sketch, matched.language,
            writing_in(matched));
    if (!inserted) {
        return fail(std::move(inserted));
    }
    const KnownArticle added{id, 1, content_hash(article), place->story};
    if (auto kept = store_revision(added, article); !kept) {
        return fail(std::move(kept));
    }
    last_article_ = id;
    ++done_.new_articles;
    done_.copies += place->story != id ? 1U : 0U;
    return added;
}

Result<KnownArticle> Batch::revise_article(const KnownArticle& old, const MatchedArticle& matched) {
    const Article& article = matched.article;
    // FTS5 finds the entries to remove by being told the text that it once indexed.
    auto forgotten = run(statements_,
                         "INSERT INTO article_text (article_text, rowid, title, summary, content)"
                         " SELECT 'delete', id, title, summary, content"
                         " FROM current_text WHERE id = ?1",
                         old.id);
    if (!forgotten) {
        return fail(std::move(forgotten));
    }
    const Uuid hash = content_hash(article);
    const auto number = revision_with(old.id, hash);
    if (!number) {
        return tl::unexpected{number.error()};
    }
    const KnownArticle revised{old.id, number->number, hash, old.story};
    auto kept = number->stored ? index_text(revised.id, article)
                               : store_revision(revised, article).and_then([&] {
                                     return drop_old_revisions(revised);
                                 });
    if (!kept) {
        return fail(std::move(kept));
    }
    auto updated = run(statements_,
                       "UPDATE articles SET revision = ?2, address = ?3, language = ?4,"
                       " writing = ?5 WHERE id = ?1",
                       revised.id, revised.revision, address_hash(address_of(matched)),
                       matched.language, writing_in(matched));
    if (!updated) {
        return fail(std::move(updated));
    }
    ++done_.revised_articles;
    return revised;
}

Result<> Batch::store_revision(const KnownArticle& as, const Article& article) {
    auto inserted =
        run(statements_,
            "INSERT INTO revisions (article_id, revision, seen_at, content_hash,"
            " published, updated, language, guid, url, image, comments_url, authors,"
            " categories, enclosures, title, summary, content) VALUES (?1, ?2, ?3, ?4,"
            " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
            as.id, as.revision, now_, as.hash, article.published, article.updated, article.language,
            article.id, article.url, article.image, article.comments_url, to_json(article.authors),
            to_json(article.categories), to_json(article.enclosures), article.title,
            article.summary, article.content);
    return inserted ? index_text(as.id, article) : inserted;
}

Result<> Batch::index_text(std::int64_t id, const Article& article) {
    return run(statements_,
               "INSERT INTO article_text (rowid, title, summary, content) VALUES (?1, ?2, ?3, ?4)",
               id, article.title, article.summary, article.content);
}

/// A feed may flip between two texts for ever: a text that a revision has is that one again.
Result<Batch::RevisionNumber> Batch::revision_with(std::int64_t article_id, const Uuid& hash) {
    RevisionNumber found;
    Query row{statements_,
              "SELECT coalesce(max(CASE WHEN content_hash = ?2 THEN revision END), 0),"
              " max(revision) + 1 FROM revisions WHERE article_id = ?1",
              article_id, hash};
    if (row.next()) {
        found.stored = row.integer(0) != 0;
        found.number = row.integer(found.stored ? 0 : 1);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return found;
}

/// A text with a counter in it is another at each read. The first one stays, and what hits quote.
Result<> Batch::drop_old_revisions(const KnownArticle& latest) {
    return run(statements_,
               "DELETE FROM revisions WHERE article_id = ?1 AND revision BETWEEN 2 AND ?2"
               " AND NOT EXISTS (SELECT 1 FROM hits h WHERE h.article_id = ?1"
               " AND h.revision = revisions.revision)",
               latest.id, latest.revision - kNewestRevisions);
}

Result<std::int64_t> Batch::rule_version(const Rule& rule) {
    const std::string tags = to_json(rule.tags);
    const Uuid digest =
        head16(sha256({rule.id, rule.title, to_text(rule.severity), tags, rule.query}));
    if (const auto known = rule_versions_.find(digest); known != rule_versions_.end()) {
        return known->second;
    }
    auto inserted = run(statements_,
                        "INSERT INTO rule_versions (digest, rule_id, title, severity, tags, query)"
                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (digest) DO NOTHING",
                        digest, rule.id, rule.title, to_text(rule.severity), tags, rule.query);
    if (!inserted) {
        return fail(std::move(inserted));
    }
    Query row{statements_, "SELECT id FROM rule_versions WHERE digest = ?1", digest};
    const std::int64_t id = row.next() ? row.integer(0) : 0;
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    rule_versions_.emplace(digest, id);
    return id;
}

/// The alert that told of the story by this rule already; 0: none.
Result<std::int64_t> Batch::told_by(const KnownArticle& article, const RuleHit& found) {
    std::int64_t seq = 0;
    // CROSS JOIN keeps SQLite to this order: the few articles of the story, then their hits.
    Query row{statements_,
              "SELECT min(h.seq) FROM (SELECT id FROM articles WHERE id = ?1"
              " UNION ALL SELECT id FROM articles WHERE story = ?1 AND story <> id) a"
              " CROSS JOIN hits h ON h.article_id = a.id AND h.rule_id = ?2",
              article.story, found.rule.id};
    if (row.next()) {
        seq = row.integer(0);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return seq;
}

Result<> Batch::store_hit(const KnownArticle& article, const RuleHit& found, Announce how) {
    auto version = rule_version(found.rule);
    if (!version) {
        return fail(std::move(version));
    }
    Result<std::int64_t> told = 0;
    if (found.rule.dedupe == Dedupe::story) {
        told = told_by(article, found);
        if (!told) {
            return fail(std::move(told));
        }
    }
    const bool alerts = how == Announce::alert && *told == 0;
    std::optional<std::int64_t> seq;
    std::optional<std::int64_t> teller;
    if (alerts) {
        seq = static_cast<std::int64_t>(outbox_.next());
    } else if (*told != 0) {
        teller = *told;
    }
    auto inserted =
        run(statements_,
            "INSERT INTO hits (article_id, revision, rule_id, rule_version, at, score,"
            " spans, backfilled, seq, told_by)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
            " ON CONFLICT (article_id, rule_id) DO NOTHING",
            article.id, article.revision, found.rule.id, *version, now_, found.hit.score,
            to_json(found.hit.spans), found.hit.backfilled, seq, teller);
    if (!inserted || sqlite3_changes(statements_.handle()) == 0) {
        return inserted;
    }
    ++done_.new_hits;
    if (!alerts) {
        return {};
    }
    const std::int64_t hit_id = sqlite3_last_insert_rowid(statements_.handle());
    const auto size = story_size(article);
    if (!size) {
        return tl::unexpected{size.error()};
    }
    ++done_.new_alerts;
    return outbox_.add_alert(hit_id, *size);
}

Result<int> Batch::story_size(const KnownArticle& article) {
    int size = 1;
    Query row{statements_, "SELECT size FROM stories WHERE id = ?1", article.story};
    if (row.next()) {
        size = row.number<int>(0);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return size;
}

Result<Committed> Batch::finish() {
    done_.head = outbox_.head();
    return outbox_.finish().map([&] { return done_; });
}

}  // namespace wirewatch::history
