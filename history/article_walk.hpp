// SPDX-License-Identifier: MIT
// A walk over the stored articles, a batch at a time, for what has to look at all of them. Between
// two batches nothing is held, so that the writer never waits and its log can be folded in.
#pragma once

#include "base/article.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "history/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace wirewatch::history {

inline constexpr std::size_t kBatchArticles = 500;    ///< our choice
inline constexpr std::size_t kBatchBytes = 4u << 20;  ///< of text; one article may exceed it

/// Stored articles, in the order in which they were first stored. What comes in while somebody
/// walks lies beyond its end.
struct ArticleRange {
    std::int64_t after = 0;        ///< the row id before the first
    std::int64_t up_to = 0;        ///< the row id of the last
    std::optional<Instant> since;  ///< only those first seen then or later
    std::size_t count = 0;         ///< how many there were when it was made
};

struct SeenArticle {
    Article article;  ///< the latest revision
    Instant first_seen;
};

struct ArticleBatch {
    std::vector<SeenArticle> articles;  ///< none: the walk is over
    ArticleRange rest;                  ///< what comes after them
};

/// Reader::articles_since, with no time: all there are.
[[nodiscard]] Result<ArticleRange> find_articles_since(Statements& statements,
                                                       std::optional<Instant> since);

/// Reader::newest_articles.
[[nodiscard]] Result<ArticleRange> find_newest_articles(Statements& statements, std::size_t most);

/// Reader::articles, with at most `most` of them.
[[nodiscard]] Result<ArticleBatch> read_articles(Statements& statements, const ArticleRange& range,
                                                 std::size_t most = kBatchArticles);

}  // namespace wirewatch::history
