// SPDX-License-Identifier: MIT
#include "history/hit_search.hpp"

#include "history/article_search.hpp"
#include "history/json_text.hpp"
#include "history/marks.hpp"
#include "history/narrowing.hpp"
#include "history/rows.hpp"

#include <string_view>
#include <unordered_set>
#include <utility>

namespace wirewatch::history {

namespace {

constexpr std::size_t kMaxCopies = 50;

std::int64_t stored(Instant instant) {
    return instant.time_since_epoch().count();
}

/// What a single hit must be like.
Conditions hit_conditions(const HitQuery& query) {
    Conditions all;
    if (query.rules.size() == 1) {
        // With one rule the index hits_by_rule gives the order too, and the newest come at once.
        all.add("h.rule_id = ?", query.rules.front());
    } else if (!query.rules.empty()) {
        all.add("h.rule_id IN (SELECT value FROM json_each(?))", to_json(query.rules));
    }
    if (!query.severities.empty()) {
        std::vector<std::string> words;
        for (const Severity severity : query.severities) {
            words.emplace_back(to_text(severity));
        }
        all.add(
            "h.rule_version IN (SELECT id FROM rule_versions"
            " WHERE severity IN (SELECT value FROM json_each(?)))",
            to_json(words));
    }
    if (!query.tags.empty()) {
        all.add(
            "h.rule_version IN (SELECT v.id FROM rule_versions v, json_each(v.tags) t"
            " WHERE t.value IN (SELECT value FROM json_each(?)))",
            to_json(query.tags));
    }
    if (query.since) {
        all.add("h.at >= ?", stored(*query.since));
    }
    if (query.until) {
        all.add("h.at < ?", stored(*query.until));
    }
    return all;
}

/// Those, and what its article must be like.
Conditions article_conditions(const HitQuery& query) {
    Conditions all = hit_conditions(query);
    const Conditions articles = conditions_of(query.articles);
    if (!articles.sql.empty()) {
        all.sql +=
            " AND EXISTS (SELECT 1 FROM articles a WHERE a.id = h.article_id" + articles.sql + ")";
        all.values.insert(all.values.end(), articles.values.begin(), articles.values.end());
    }
    const Narrowing narrowed = narrow(query.articles.words);
    if (!narrowed.match) {
        return all;
    }
    const std::string found =
        "h.article_id IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)";
    const std::string apart =
        "EXISTS (SELECT 1 FROM articles a WHERE a.id = h.article_id AND a.writing & ? <> 0)";
    const auto bits = static_cast<std::int64_t>(narrowed.apart);
    if (narrowed.match->empty()) {
        all.add(apart, bits);
    } else {
        all.add("(" + found + " OR " + apart + ")", *narrowed.match);
        all.values.emplace_back(bits);
    }
    return all;
}

/// A hit that stands for its article in a list: the newest that is wanted.
struct Newest {
    std::int64_t article_id = 0;
    HitCursor cursor;
};

Result<std::int64_t> last_hit(Statements& statements) {
    Query row{statements, "SELECT coalesce(max(id), 0) FROM hits"};
    const std::int64_t id = row.next() ? row.integer(0) : 0;
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return id;
}

/// Whether a page before had the article already, by a newer hit.
Result<bool> was_listed(Statements& statements, std::int64_t article_id, const HitCursor& after,
                        const Conditions& hits) {
    Query row{statements,
              "SELECT 1 FROM hits h WHERE h.article_id = ? AND h.id <= ?"
              " AND (h.at > ? OR (h.at = ? AND h.id >= ?))" +
                  hits.sql,
              article_id,
              after.newest,
              after.at,
              after.at,
              after.hit,
              hits.values};
    const bool listed = row.next();
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return listed;
}

/// The articles of a page, and one more where there are more.
Result<std::vector<Newest>> newest_articles(Statements& statements, const HitQuery& query) {
    Conditions hits = hit_conditions(query);
    Conditions wanted = article_conditions(query);
    if (query.articles.feeds.empty()) {
        // Copies of an article that a rule has told of stand beside that one.
        for (Conditions* conditions : {&hits, &wanted}) {
            conditions->sql += " AND h.told_by IS NULL";
        }
    }
    HitCursor cursor;
    if (query.after) {
        cursor = *query.after;
        wanted.sql += " AND h.id <= ? AND (h.at < ? OR (h.at = ? AND h.id < ?))";
        for (const std::int64_t value :
             {cursor.newest, stored(cursor.at), stored(cursor.at), cursor.hit}) {
            wanted.values.emplace_back(value);
        }
    } else {
        const auto last = last_hit(statements);
        if (!last) {
            return tl::unexpected{last.error()};
        }
        cursor.newest = *last;
    }
    std::vector<Newest> articles;
    std::unordered_set<std::int64_t> seen;
    Query row{statements,
              "SELECT h.article_id, h.at, h.id FROM hits h WHERE TRUE" + wanted.sql +
                  " ORDER BY h.at DESC, h.id DESC",
              wanted.values};
    while (articles.size() <= query.limit && row.next()) {
        const std::int64_t article_id = row.integer(0);
        if (!seen.insert(article_id).second) {
            continue;
        }
        if (query.after) {
            const auto before = was_listed(statements, article_id, *query.after, hits);
            if (!before) {
                return tl::unexpected{before.error()};
            }
            if (*before) {
                continue;
            }
        }
        articles.push_back({article_id, {cursor.newest, row.instant(1), row.integer(2)}});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return articles;
}

std::optional<std::uint64_t> maybe_seq(const Query& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional{row.number<std::uint64_t>(column)};
}

enum class Rows { one, per_revision };

/// Of one article, oldest first.
Result<std::vector<HitRow>> rows_of(Statements& statements, std::int64_t article_id,
                                    const Conditions& wanted, Rows rows) {
    constexpr int kStoryAt = 6;
    constexpr int kArticleAt = kStoryAt + kStoryColumnCount;
    constexpr int kRuleAt = kArticleAt + kArticleColumnCount;
    constexpr int kHitAt = kRuleAt + kRuleColumnCount;
    constexpr int kStateAt = kHitAt + kHitColumnCount;
    std::string sql = "SELECT h.revision, h.at, h.seq, h.told_by, f.title, a.first_seen, ";
    for (const std::string_view columns :
         {kStoryColumns, kArticleColumns, kRuleColumns, kHitColumns}) {
        sql.append(columns).append(", ");
    }
    sql.append("a.revision, a.language, ").append(kMarkColumns);
    sql.append(
        " FROM hits h JOIN rule_versions v ON v.id = h.rule_version"
        " JOIN articles a ON a.id = h.article_id"
        " JOIN revisions r ON r.article_id = h.article_id AND r.revision = h.revision"
        " JOIN feeds f ON f.feed_id = a.feed_id LEFT JOIN marks m ON m.article_id = a.id");
    sql.append(kJoinStories).append(" WHERE h.article_id = ?").append(wanted.sql);
    sql.append(" ORDER BY h.id");

    std::vector<HitRow> found;
    std::int64_t revision = 0;
    Query row{statements, sql, article_id, wanted.values};
    while (row.next()) {
        const bool revised = row.integer(0) != revision;
        if (found.empty() || (rows == Rows::per_revision && revised)) {
            revision = row.integer(0);
            found.push_back({.article = article_at(row, kArticleAt),
                             .feed_title = row.text(4),
                             .first_seen = row.instant(5),
                             .story = story_at(row, kStoryAt),
                             .also_in = {},
                             .hits = {},
                             .mark = mark_at(row, kStateAt + 2),
                             .language = row.text(kStateAt + 1),
                             .revised_since = row.integer(kStateAt) != revision,
                             .place = {}});
        }
        found.back().hits.push_back({.rule = rule_at(row, kRuleAt),
                                     .hit = hit_at(row, kHitAt),
                                     .at = row.instant(1),
                                     .seq = maybe_seq(row, 2),
                                     .told_by = maybe_seq(row, 3)});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return found;
}

}  // namespace

Result<HitPage> search_hits(Statements& statements, const HitQuery& query) {
    auto view = Transaction::read(statements);
    if (!view) {
        return fail(std::move(view));
    }
    const auto articles = newest_articles(statements, query);
    if (!articles) {
        return tl::unexpected{articles.error()};
    }
    HitPage page;
    for (const Newest& one : *articles) {
        if (page.rows.size() == query.limit) {
            break;
        }
        auto found = rows_of(statements, one.article_id, hit_conditions(query), Rows::one);
        if (!found) {
            return fail(std::move(found));
        }
        if (found->empty()) {
            return fail(Errc::bad_database,
                        "the database has hits without their article or rule; "
                        "it is damaged: restore it from a backup");
        }
        if (found->front().story.size > 1) {
            auto copies = copies_of(statements, one.article_id);
            if (!copies) {
                return fail(std::move(copies));
            }
            found->front().also_in = std::move(*copies);
        }
        page.rows.push_back(std::move(found->front()));
        page.rows.back().place = one.cursor;
    }
    page.more = articles->size() > query.limit;
    return page;
}

Result<> visit_hits(Statements& statements, const HitQuery& query,
                    const std::function<void(const CountedHit&)>& visit) {
    auto view = Transaction::read(statements);
    if (!view) {
        return fail(std::move(view));
    }
    const Conditions wanted = article_conditions(query);
    Query row{statements,
              "SELECT h.rule_id, c.feed_id, h.at FROM hits h JOIN articles c ON c.id = h.article_id"
              " WHERE TRUE" +
                  wanted.sql,
              wanted.values};
    while (row.next()) {
        visit({row.text(0), row.text(1), row.instant(2)});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "counting hits");
    }
    return {};
}

Result<HitRow> listed_article(Statements& statements, Candidate candidate) {
    auto view = Transaction::read(statements);
    if (!view) {
        return fail(std::move(view));
    }
    HitRow listed;
    Query row{statements,
              "SELECT f.title, a.language, " + std::string{kMarkColumns} + ", " +
                  std::string{kStoryColumns} +
                  " FROM articles a JOIN feeds f ON f.feed_id = a.feed_id"
                  " LEFT JOIN marks m ON m.article_id = a.id" +
                  std::string{kJoinStories} + " WHERE a.id = ?1",
              candidate.id};
    if (row.next()) {
        listed.feed_title = row.text(0);
        listed.language = row.text(1);
        listed.mark = mark_at(row, 2);
        listed.story = story_at(row, 2 + kMarkColumnCount);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading articles");
    }
    auto copies =
        listed.story.size > 1 ? copies_of(statements, candidate.id) : Result<std::vector<Copy>>{};
    if (!copies) {
        return fail(std::move(copies));
    }
    listed.also_in = std::move(*copies);
    auto matched = hits_of(statements, candidate.id);
    if (!matched) {
        return fail(std::move(matched));
    }
    for (HitRow& revision : *matched) {
        for (HitRow::Found& found : revision.hits) {
            if (revision.revised_since) {
                found.hit.spans.clear();
            }
            listed.hits.push_back(std::move(found));
        }
    }
    listed.article = std::move(candidate.article);
    listed.first_seen = candidate.first_seen;
    return listed;
}

Result<std::vector<Copy>> copies_of(Statements& statements, std::int64_t article_id) {
    std::vector<Copy> copies;
    Query row{statements,
              "SELECT a.key, a.feed_id, f.title, r.title, r.url, a.first_seen"
              " FROM (SELECT id, story FROM articles WHERE id = ?1) own"
              " CROSS JOIN articles a ON a.id IN (SELECT own.story UNION ALL"
              " SELECT id FROM articles WHERE story = own.story AND story <> id)"
              " JOIN revisions r ON r.article_id = a.id AND r.revision = a.revision"
              " JOIN feeds f ON f.feed_id = a.feed_id"
              " WHERE a.id <> own.id ORDER BY a.id LIMIT ?2",
              article_id, kMaxCopies};
    while (row.next()) {
        copies.push_back({.key = row.text(0),
                          .feed_id = row.text(1),
                          .feed_title = row.text(2),
                          .title = row.text(3),
                          .url = row.text(4),
                          .first_seen = row.instant(5)});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading a story");
    }
    return copies;
}

Result<std::vector<HitRow>> hits_of(Statements& statements, std::int64_t article_id) {
    return rows_of(statements, article_id, {}, Rows::per_revision);
}

}  // namespace wirewatch::history
