// SPDX-License-Identifier: MIT
#include "history/article_walk.hpp"

#include "history/rows.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace wirewatch::history {

namespace {

std::size_t text_bytes(const Article& article) {
    return article.title.size() + article.summary.size() + article.content.size();
}

Result<ArticleRange> finished(Query& row, ArticleRange range) {
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "counting articles");
    }
    return range;
}

}  // namespace

Result<ArticleRange> find_articles_since(Statements& statements, std::optional<Instant> since) {
    ArticleRange range;
    range.since = since;
    Query row{statements,
              "SELECT coalesce(min(id), 1) - 1, coalesce(max(id), 0), count(*) FROM articles"
              " WHERE ?1 IS NULL OR first_seen >= ?1",
              since};
    if (row.next()) {
        range.after = row.integer(0);
        range.up_to = row.integer(1);
        range.count = row.number<std::size_t>(2);
    }
    return finished(row, range);
}

Result<ArticleRange> find_newest_articles(Statements& statements, std::size_t most) {
    ArticleRange range;
    Query row{statements,
              "SELECT coalesce(min(id), 1) - 1, coalesce(max(id), 0), count(*)"
              " FROM (SELECT id FROM articles ORDER BY id DESC LIMIT ?1)",
              most};
    if (row.next()) {
        range.after = row.integer(0);
        range.up_to = row.integer(1);
        range.count = row.number<std::size_t>(2);
    }
    return finished(row, range);
}

Result<ArticleBatch> read_articles(Statements& statements, const ArticleRange& range,
                                   std::size_t most) {
    constexpr int kArticleAt = 2;
    static const std::string kSql =
        "SELECT a.id, a.first_seen, " + std::string{kArticleColumns} +
        " FROM articles a JOIN revisions r ON r.article_id = a.id AND r.revision = a.revision"
        " WHERE a.id > ?1 AND a.id <= ?2 AND (?3 IS NULL OR a.first_seen >= ?3)"
        " ORDER BY a.id LIMIT ?4";
    ArticleBatch batch{{}, range};
    std::size_t bytes = 0;
    Query row{statements, kSql, range.after, range.up_to, range.since, most};
    while (bytes < kBatchBytes && row.next()) {
        batch.rest.after = row.integer(0);
        batch.articles.push_back({article_at(row, kArticleAt), row.instant(1)});
        bytes += text_bytes(batch.articles.back().article);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "reading articles");
    }
    batch.rest.count -= std::min(batch.rest.count, batch.articles.size());
    return batch;
}

}  // namespace wirewatch::history
