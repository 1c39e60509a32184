// SPDX-License-Identifier: MIT
#include "history/article_search.hpp"

#include "history/json_text.hpp"
#include "history/narrowing.hpp"
#include "history/rows.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace wirewatch::history {

namespace {

constexpr std::size_t kMaxLooks = 20'000;    // candidates of one batch; our choice
constexpr std::size_t kMaxRows = 1'000;      // articles of one batch; our choice
constexpr std::size_t kMaxBytes = 4u << 20;  // of their text; one may exceed it
constexpr std::size_t kGrowth = 4;           // of looks, from batch to batch

// Ids that are looked at in one go for words. Our choice.
constexpr std::int64_t kFirstWindow = 4'096;
constexpr std::int64_t kLongestWindow = 1 << 20;
constexpr std::int64_t kWindowGrowth = 8;

using Ids = std::vector<std::int64_t>;

Result<Ids> ids_of(Query& row) {
    Ids ids;
    while (row.next()) {
        ids.push_back(row.integer(0));
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return ids;
}

/// The newest rows that have these words. The index is walked forwards several times as fast as
/// backwards, so this goes back window by window, and forwards in each.
Result<Ids> newest_with(Statements& statements, const std::string& match,
                        const ArticleSearch& search) {
    Ids newest;
    std::int64_t before = search.before;
    std::int64_t window = kFirstWindow;
    while (before > search.lowest && newest.size() < search.looks) {
        const std::int64_t from = std::max(search.lowest, before - window);
        Query row{statements,
                  "SELECT rowid FROM article_text WHERE article_text MATCH ?1"
                  " AND rowid >= ?2 AND rowid < ?3 ORDER BY rowid",
                  match, from, before};
        const auto ids = ids_of(row);
        if (!ids) {
            return ids;
        }
        newest.insert(newest.end(), ids->rbegin(), ids->rend());
        before = from;
        window = std::min(window * kWindowGrowth, kLongestWindow);
    }
    newest.resize(std::min(newest.size(), search.looks));
    return newest;
}

/// The newest rows below `before` that may meet the words, at most `looks`, newest first.
Result<Ids> newest_candidates(Statements& statements, const ArticleSearch& search) {
    const Narrowing narrowed = narrow(search.filter.words);
    if (!narrowed.match) {
        Query row{statements,
                  "SELECT id FROM articles WHERE id < ?1 AND id >= ?2 ORDER BY id DESC LIMIT ?3",
                  search.before, search.lowest, search.looks};
        return ids_of(row);
    }
    Ids all;
    if (!narrowed.match->empty()) {
        auto found = newest_with(statements, *narrowed.match, search);
        if (!found) {
            return found;
        }
        all = std::move(*found);
    }
    if (narrowed.apart != 0) {
        Query row{statements,
                  "SELECT id FROM articles INDEXED BY articles_apart WHERE writing <> 0"
                  " AND writing & ?1 <> 0 AND id < ?2 AND id >= ?3 ORDER BY id DESC LIMIT ?4",
                  narrowed.apart,
                  search.before,
                  search.lowest,
                  search.looks};
        const auto apart = ids_of(row);
        if (!apart) {
            return apart;
        }
        Ids merged;
        std::set_union(all.begin(), all.end(), apart->begin(), apart->end(),
                       std::back_inserter(merged), std::greater<>{});
        merged.resize(std::min(merged.size(), search.looks));
        all = std::move(merged);
    }
    return all;
}

std::string article_sql(const std::string& conditions) {
    return "SELECT a.first_seen, " + std::string{kArticleColumns} +
           " FROM articles a JOIN revisions r ON r.article_id = a.id AND r.revision = a.revision"
           " WHERE a.id = ?" +
           conditions;
}

std::size_t text_bytes(const Article& article) {
    return article.title.size() + article.summary.size() + article.content.size();
}

std::string_view condition_of(Status status) {
    switch (status) {
        case Status::unread:
            return "NOT EXISTS (SELECT 1 FROM marks m WHERE m.article_id = a.id"
                   " AND (m.read = 1 OR m.dismissed = 1))";
        case Status::read:
            return "EXISTS (SELECT 1 FROM marks m WHERE m.article_id = a.id AND m.read = 1)";
        case Status::starred:
            return "EXISTS (SELECT 1 FROM marks m WHERE m.article_id = a.id AND m.starred = 1)";
        case Status::dismissed:
            return "EXISTS (SELECT 1 FROM marks m WHERE m.article_id = a.id AND m.dismissed = 1)";
        case Status::noted:
            return "EXISTS (SELECT 1 FROM marks m WHERE m.article_id = a.id AND m.note <> '')";
    }
    return "FALSE";
}

std::string status_condition(const ArticleFilter& filter) {
    if (filter.statuses.empty()) {
        return filter.dismissed_too
                   ? ""
                   : " AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.article_id = a.id"
                     " AND m.dismissed = 1)";
    }
    std::string any;
    for (const Status status : filter.statuses) {
        any.append(any.empty() ? " AND (" : " OR ").append(condition_of(status));
    }
    return any + ")";
}

}  // namespace

void Conditions::add(std::string_view condition, Value value) {
    sql.append(" AND ").append(condition);
    values.push_back(std::move(value));
}

Conditions conditions_of(const ArticleFilter& filter) {
    Conditions all;
    if (!filter.feeds.empty()) {
        all.add("a.feed_id IN (SELECT value FROM json_each(?))", to_json(filter.feeds));
    }
    if (!filter.languages.empty()) {
        all.add("a.language IN (SELECT value FROM json_each(?))", to_json(filter.languages));
    }
    all.sql += status_condition(filter);
    return all;
}

Result<ArticleSearch> find_articles(Statements& statements, ArticleSearch search) {
    if (search.before == 0) {
        search.before = std::numeric_limits<std::int64_t>::max();
    }
    // Without times these are the ends of the table, which SQLite finds at once. Within times it
    // looks at each: a clock that was set back leaves later articles with earlier times.
    constexpr std::string_view kEnds =
        "SELECT coalesce((SELECT min(id) FROM articles), 0),"
        " coalesce((SELECT max(id) FROM articles), -1) + 1, ?1, ?2";
    constexpr std::string_view kWithin =
        "SELECT coalesce(min(id), 0), coalesce(max(id), -1) + 1 FROM articles"
        " INDEXED BY articles_by_time WHERE first_seen >= ?1 AND first_seen < ?2";
    constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::max();
    Query row{statements, search.since || search.until ? kWithin : kEnds,
              search.since ? search.since->time_since_epoch().count() : -kEver,
              search.until ? search.until->time_since_epoch().count() : kEver};
    if (row.next()) {
        search.lowest = row.integer(0);
        search.before = std::min(search.before, row.integer(1));
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "looking for articles");
    }
    return search;
}

Result<CandidateBatch> read_candidates(Statements& statements, const ArticleSearch& search) {
    auto view = Transaction::read(statements);
    if (!view) {
        return fail(std::move(view));
    }
    const auto ids = newest_candidates(statements, search);
    if (!ids) {
        return tl::unexpected{ids.error()};
    }
    Conditions wanted = conditions_of(search.filter);
    if (search.since) {
        wanted.add("a.first_seen >= ?", search.since->time_since_epoch().count());
    }
    if (search.until) {
        wanted.add("a.first_seen < ?", search.until->time_since_epoch().count());
    }
    const std::string sql = article_sql(wanted.sql);
    CandidateBatch batch{{}, search, ids->size() < search.looks};
    batch.rest.looks = std::min(kMaxLooks, search.looks * kGrowth);
    std::size_t bytes = 0;
    for (const std::int64_t id : *ids) {
        if (batch.articles.size() >= kMaxRows || bytes >= kMaxBytes) {
            batch.over = false;
            break;
        }
        batch.rest.before = id;
        Query row{statements, sql, id, wanted.values};
        if (row.next()) {
            batch.articles.push_back({id, article_at(row, 1), row.instant(0)});
            bytes += text_bytes(batch.articles.back().article);
        }
        if (auto done = row.finish(); !done) {
            return fail(std::move(done), "reading articles");
        }
    }
    return batch;
}

}  // namespace wirewatch::history
