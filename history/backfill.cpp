// SPDX-License-Identifier: MIT
#include "history/backfill.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

/// A rule as it was when it joined a walk.
using Version = std::pair<std::string, Uuid>;

/// Rules that a walk has not come to the end for, but that are no more, or read otherwise now: it
/// goes on without them. Should one come back, it begins anew; hits do not double.
Result<> forget_all_but(Statements& statements, const std::set<Version>& wanted) {
    std::vector<Version> unwanted;
    Query row{statements,
              "SELECT b.rule_id, b.text FROM backfills b JOIN backfill_walks w ON w.id = b.walk_id"
              " WHERE w.finished IS NULL"};
    while (row.next()) {
        Version version{row.text(0), row.uuid(1)};
        if (!wanted.contains(version)) {
            unwanted.push_back(std::move(version));
        }
    }
    if (auto done = row.finish(); !done) {
        return done;
    }
    for (const auto& [rule_id, text] : unwanted) {
        auto forgotten = run(statements, "DELETE FROM backfills WHERE rule_id = ?1 AND text = ?2",
                             rule_id, text);
        if (!forgotten) {
            return forgotten;
        }
    }
    return run(statements,
               "DELETE FROM backfill_walks WHERE finished IS NULL"
               " AND id NOT IN (SELECT walk_id FROM backfills)");
}

Result<bool> has_begun(Statements& statements, const BackfillWish& wish) {
    Query row{statements, "SELECT 1 FROM backfills WHERE rule_id = ?1 AND text = ?2", wish.rule_id,
              wish.text};
    const bool found = row.next();
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return found;
}

Result<std::int64_t> begin_walk(Statements& statements, Instant since, Instant now) {
    auto range = find_articles_since(statements, since);
    if (!range) {
        return fail(std::move(range));
    }
    auto begun = run(statements,
                     "INSERT INTO backfill_walks (since, after, up_to, begun) VALUES (?1, ?2, ?3, "
                     "?4)",
                     since, range->after, range->up_to, now);
    if (!begun) {
        return fail(std::move(begun));
    }
    return sqlite3_last_insert_rowid(statements.handle());
}

Result<> begin(Statements& statements, const std::vector<BackfillWish>& wishes, Instant now) {
    std::map<Instant, std::int64_t> walks;
    for (const BackfillWish& wish : wishes) {
        auto begun = has_begun(statements, wish);
        if (!begun) {
            return fail(std::move(begun));
        }
        if (*begun) {
            continue;
        }
        if (!walks.contains(wish.since)) {
            auto walk = begin_walk(statements, wish.since, now);
            if (!walk) {
                return fail(std::move(walk));
            }
            walks.emplace(wish.since, *walk);
        }
        auto joined =
            run(statements, "INSERT INTO backfills (rule_id, text, walk_id) VALUES (?1, ?2, ?3)",
                wish.rule_id, wish.text, walks.at(wish.since));
        if (!joined) {
            return joined;
        }
    }
    return {};
}

Result<std::size_t> count_articles(Statements& statements, const ArticleRange& range) {
    Query row{statements,
              "SELECT count(*) FROM articles WHERE id > ?1 AND id <= ?2 AND first_seen >= ?3",
              range.after, range.up_to, range.since};
    const std::size_t count = row.next() ? row.number<std::size_t>(0) : 0;
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return count;
}

Result<std::vector<BackfillWalk>> open_walks(Statements& statements) {
    std::vector<BackfillWalk> walks;
    Query row{statements,
              "SELECT w.id, w.since, w.after, w.up_to, b.rule_id"
              " FROM backfill_walks w JOIN backfills b ON b.walk_id = w.id"
              " WHERE w.finished IS NULL ORDER BY w.id, b.rule_id"};
    while (row.next()) {
        if (walks.empty() || walks.back().id != row.integer(0)) {
            walks.push_back(
                {.id = row.integer(0),
                 .rule_ids = {},
                 .rest = {
                     .after = row.integer(2), .up_to = row.integer(3), .since = row.instant(1)}});
        }
        walks.back().rule_ids.push_back(row.text(4));
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    for (BackfillWalk& walk : walks) {
        auto count = count_articles(statements, walk.rest);
        if (!count) {
            return fail(std::move(count));
        }
        walk.rest.count = *count;
    }
    return walks;
}

}  // namespace

Result<std::vector<BackfillWalk>> plan_backfills(Statements& statements,
                                                 const std::vector<BackfillWish>& wishes,
                                                 Instant now) {
    std::set<Version> wanted;
    for (const BackfillWish& wish : wishes) {
        wanted.emplace(wish.rule_id, wish.text);
    }
    if (auto forgotten = forget_all_but(statements, wanted); !forgotten) {
        return fail(std::move(forgotten));
    }
    if (auto begun = begin(statements, wishes, now); !begun) {
        return fail(std::move(begun));
    }
    return open_walks(statements);
}

Result<> store_progress(Statements& statements, const BackfillWalk& walk,
                        std::optional<Instant> over_at) {
    return run(statements, "UPDATE backfill_walks SET after = ?2, finished = ?3 WHERE id = ?1",
               walk.id, walk.rest.after, over_at);
}

}  // namespace wirewatch::history
