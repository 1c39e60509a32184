// SPDX-License-Identifier: MIT
#include "history/alert_row.hpp"

#include "history/rows.hpp"

#include <string>
#include <utility>

namespace wirewatch::history {

namespace {

constexpr int kStoryAt = 2;
constexpr int kArticleAt = kStoryAt + kStoryColumnCount;
constexpr int kRuleAt = kArticleAt + kArticleColumnCount;
constexpr int kHitAt = kRuleAt + kRuleColumnCount;

const std::string& select_alert() {
    static const std::string sql = [] {
        std::string text = "SELECT f.title, f.url, ";
        text.append(kStoryColumns).append(", ").append(kShownArticleColumns).append(", ");
        text.append(kRuleColumns).append(", ").append(kHitColumns);
        // CROSS JOIN keeps SQLite to this order: from the one hit to what it refers to.
        text.append(
            " FROM hits h CROSS JOIN rule_versions v ON v.id = h.rule_version"
            " CROSS JOIN articles a ON a.id = h.article_id"
            " CROSS JOIN revisions r ON r.article_id = h.article_id AND r.revision = h.revision"
            " CROSS JOIN feeds f ON f.feed_id = a.feed_id");
        return text.append(kJoinStories).append(" WHERE h.id = ?1");
    }();
    return sql;
}

}  // namespace

Result<Alert> alert_about(Statements& statements, std::int64_t hit_id) {
    Alert alert;
    Query row{statements, select_alert(), hit_id};
    if (row.next()) {
        alert.feed_title = row.text(0);
        alert.feed_url = row.text(1);
        alert.story = story_at(row, kStoryAt);
        alert.article = article_at(row, kArticleAt);
        alert.rule = rule_at(row, kRuleAt);
        alert.hit = hit_at(row, kHitAt);
    } else {
        row.damaged("a hit that refers to nothing");
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done), "putting an alert together");
    }
    return alert;
}

}  // namespace wirewatch::history
