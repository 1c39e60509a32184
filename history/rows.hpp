// SPDX-License-Identifier: MIT
// How articles, hits and feed states lie in columns, and come back.
#pragma once

#include "base/article.hpp"
#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/hit.hpp"
#include "base/rule.hpp"
#include "history/statement.hpp"

#include <string_view>
#include <vector>

namespace wirewatch::history {

/// What article_at() reads, of `articles a` and `revisions r`.
constexpr std::string_view kArticleColumns =
    "a.key, a.feed_id, r.guid, r.url, r.title, r.summary, r.content, r.authors, r.categories, "
    "r.language, r.published, r.updated, r.image, r.comments_url, r.enclosures";
constexpr int kArticleColumnCount = 15;

/// The same without what no alert shows, above all the long text, which lies on pages of its own.
constexpr std::string_view kShownArticleColumns =
    "a.key, a.feed_id, '', r.url, r.title, r.summary, '', r.authors, r.categories, "
    "r.language, r.published, r.updated, '', '', '[]'";

/// What rule_at() reads, of `rule_versions v`.
constexpr std::string_view kRuleColumns = "v.rule_id, v.title, v.severity, v.tags, v.query";
constexpr int kRuleColumnCount = 5;

/// What hit_at() reads, of `hits h`.
constexpr std::string_view kHitColumns = "h.rule_id, h.score, h.spans, h.backfilled";

// Each reads its columns of the current row, from column `first` on.
[[nodiscard]] Article article_at(Query& row, int first);
[[nodiscard]] Rule rule_at(Query& row, int first);
[[nodiscard]] Hit hit_at(Query& row, int first);
[[nodiscard]] Error error_at(Query& row, int first);  ///< code and words

[[nodiscard]] Result<std::vector<FeedState>> load_feed_states(Statements& statements);
[[nodiscard]] Result<> store_feed_state(Statements& statements, const FeedState& state);

}  // namespace wirewatch::history
