// SPDX-License-Identifier: MIT
// Stored articles that may meet a search, newest first, a batch at a time. Between two batches
// nothing is held, so that the writer never waits.
#pragma once

#include "base/article.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "history/article_query.hpp"
#include "history/statement.hpp"

#include <string>
#include <vector>

namespace wirewatch::history {

struct Candidate {
    std::int64_t id = 0;
    Article article;  ///< the latest revision
    Instant first_seen;
};

struct CandidateBatch {
    std::vector<Candidate> articles;  ///< may be none although there are more
    ArticleSearch rest;               ///< what comes after them
    bool over = false;                ///< nothing comes after them
};

/// SQL conditions on `articles a`, each with " AND " in front, and the values of their question
/// marks.
struct Conditions {
    std::string sql;
    std::vector<Value> values;

    void add(std::string_view condition, Value value);
};
[[nodiscard]] Conditions conditions_of(const ArticleFilter& filter);

/// Reader::find_articles.
[[nodiscard]] Result<ArticleSearch> find_articles(Statements& statements, ArticleSearch search);

/// Reader::candidates.
[[nodiscard]] Result<CandidateBatch> read_candidates(Statements& statements,
                                                     const ArticleSearch& search);

}  // namespace wirewatch::history
