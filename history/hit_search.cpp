// SPDX-License-Identifier: MIT
#include "history/hit_search.hpp"

#include "history/json_text.hpp"
#include "history/rows.hpp"
#include "history/search_text.hpp"

#include <string_view>
#include <unordered_set>
#include <utility>

namespace wirewatch::history {

namespace {

constexpr std::size_t kMaxCopies = 50;

/// Conditions on `hits h`, and in step with them the values of their question marks.
struct Conditions {
    std::string sql;
    std::vector<Value> values;

    void add(std::string_view condition, Value value) {
        sql.append(" AND ").append(condition);
        values.push_back(std::move(value));
    }
};

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
    if (query.since) {
        all.add("h.at >= ?", stored(*query.since));
    }
    if (query.until) {
        all.add("h.at < ?", stored(*query.until));
    }
    return all;
}

/// Those, and what its article must be like.
Conditions article_conditions(const HitQuery& query, const std::string& match) {
    Conditions all = hit_conditions(query);
    if (query.feeds.empty()) {
        all.sql += " AND h.told_by IS NULL";
    } else {
        all.add(
            "EXISTS (SELECT 1 FROM articles a WHERE a.id = h.article_id"
            " AND a.feed_id IN (SELECT value FROM json_each(?)))",
            to_json(query.feeds));
    }
    if (!match.empty()) {
        all.add("h.article_id IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)",
                match);
    }
    return all;
}

Result<std::vector<std::int64_t>> newest_articles(Statements& statements, const Conditions& wanted,
                                                  std::size_t limit) {
    std::vector<std::int64_t> articles;
    std::unordered_set<std::int64_t> seen;
    Query row{statements,
              "SELECT h.article_id FROM hits h WHERE TRUE" + wanted.sql +
                  " ORDER BY h.at DESC, h.id DESC",
              wanted.values};
    while (articles.size() < limit && row.next()) {
        if (seen.insert(row.integer(0)).second) {
            articles.push_back(row.integer(0));
        }
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
    std::string sql = "SELECT h.revision, h.at, h.seq, h.told_by, f.title, a.first_seen, ";
    sql.append(kStoryColumns)
        .append(", ")
        .append(kArticleColumns)
        .append(", ")
        .append(kRuleColumns)
        .append(", ")
        .append(kHitColumns);
    sql.append(
        " FROM hits h JOIN rule_versions v ON v.id = h.rule_version"
        " JOIN articles a ON a.id = h.article_id"
        " JOIN revisions r ON r.article_id = h.article_id AND r.revision = h.revision"
        " JOIN feeds f ON f.feed_id = a.feed_id");
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
                             .hits = {}});
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

Result<std::vector<HitRow>> search_hits(Statements& statements, const HitQuery& query) {
    auto match = match_expression(query.text);
    if (!match) {
        return fail(std::move(match));
    }
    auto view = Transaction::read(statements);
    if (!view) {
        return fail(std::move(view));
    }
    auto articles = newest_articles(statements, article_conditions(query, *match), query.limit);
    if (!articles) {
        return fail(std::move(articles));
    }
    std::vector<HitRow> rows;
    for (const std::int64_t article_id : *articles) {
        auto found = rows_of(statements, article_id, hit_conditions(query), Rows::one);
        if (!found) {
            return found;
        }
        if (found->empty()) {
            return fail(Errc::bad_database,
                        "the database has hits without their article or rule; "
                        "it is damaged: restore it from a backup");
        }
        if (found->front().story.size > 1) {
            auto copies = copies_of(statements, article_id);
            if (!copies) {
                return fail(std::move(copies));
            }
            found->front().also_in = std::move(*copies);
        }
        rows.push_back(std::move(found->front()));
    }
    return rows;
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
