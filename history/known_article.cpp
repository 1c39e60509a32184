// SPDX-License-Identifier: MIT
#include "history/known_article.hpp"

#include <utility>

namespace wirewatch::history {

Result<std::optional<KnownArticle>> known_article(Statements& statements, std::string_view key) {
    std::optional<KnownArticle> found;
    Query row{statements,
              "SELECT a.id, a.revision, r.content_hash, a.story"
              " FROM articles a JOIN revisions r"
              " ON r.article_id = a.id AND r.revision = a.revision WHERE a.key = ?1",
              key};
    if (row.next()) {
        found = KnownArticle{row.integer(0), row.integer(1), row.uuid(2), row.integer(3)};
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return found;
}

}  // namespace wirewatch::history
