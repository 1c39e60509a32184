// SPDX-License-Identifier: MIT
#include "history/retention.hpp"

#include <charconv>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

// Our choice: an article takes 0.2 to 0.4 ms to delete, most of it to find its words in the index.
constexpr std::size_t kMaxDeleted = 25;
constexpr std::size_t kMaxLookedAt = 500;
constexpr std::uint64_t kMaxAlerts = 2'000;

/// The first 64 bits of a key.
std::int64_t short_key(std::string_view key) {
    std::uint64_t bits = 0;
    const std::string_view digits = key.substr(0, 16);
    std::from_chars(digits.data(), digits.data() + digits.size(), bits, 16);
    return static_cast<std::int64_t>(bits);
}

}  // namespace

struct Retention::Owed {
    std::uint64_t seq = 0;
    Instant committed;
    std::uint64_t head = 0;
};

struct Retention::Candidate {
    std::int64_t id = 0;
    std::string key;
    Instant first_seen;
    std::int64_t story = 0;
    bool matched = false;
    bool stays = false;  ///< starred, or matched and neither read nor dismissed
};

Result<bool> was_let_go(Statements& statements, std::string_view key) {
    Query row{statements, "SELECT 1 FROM let_go WHERE key = ?1", short_key(key)};
    const bool known = row.next();
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return known;
}

/// Pages that hold something: those that were freed are used before the file grows.
Result<bool> Retention::too_large(const RetentionOptions& options) const {
    const auto pages = pragma(statements_.handle(), "page_count");
    const auto free = pragma(statements_.handle(), "freelist_count");
    const auto size = pragma(statements_.handle(), "page_size");
    for (const auto* asked : {&pages, &free, &size}) {
        if (!*asked) {
            return tl::unexpected{asked->error()};
        }
    }
    const auto used = static_cast<std::size_t>((*pages - *free) * *size);
    const std::size_t enough =
        shrinks_ ? options.max_bytes - options.max_bytes / 50 : options.max_bytes;
    return options.max_bytes != 0 && used > enough;
}

/// The next oldest. They lie in the order in which they were first seen.
Result<std::vector<Retention::Candidate>> Retention::oldest() const {
    std::vector<Candidate> found;
    Query row{statements_,
              "SELECT a.id, a.key, a.first_seen, a.story,"
              " EXISTS (SELECT 1 FROM hits h WHERE h.article_id = a.id),"
              " coalesce(m.starred, 0) OR (coalesce(m.read OR m.dismissed, 0) = 0 AND EXISTS"
              " (SELECT 1 FROM hits h WHERE h.article_id = a.id AND h.told_by IS NULL))"
              " FROM articles a LEFT JOIN marks m ON m.article_id = a.id"
              " WHERE a.id > ?1 AND a.id < (SELECT max(id) FROM articles) ORDER BY a.id LIMIT ?2",
              after_, kMaxLookedAt};
    while (row.next()) {
        found.push_back({.id = row.integer(0),
                         .key = row.text(1),
                         .first_seen = row.instant(2),
                         .story = row.integer(3),
                         .matched = row.integer(4) != 0,
                         .stays = row.integer(5) != 0});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return found;
}

/// The last alert of an article that is still in the outbox.
Result<std::optional<Retention::Owed>> Retention::owed(const Candidate& article) const {
    std::optional<Owed> last;
    Query row{statements_,
              "SELECT o.seq, o.committed_at, (SELECT head FROM meta) FROM hits h"
              " CROSS JOIN outbox o ON o.hit_id = h.id WHERE h.article_id = ?1"
              " ORDER BY o.seq DESC LIMIT 1",
              article.id};
    if (row.next()) {
        last = Owed{row.number<std::uint64_t>(0), row.instant(1), row.number<std::uint64_t>(2)};
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return last;
}

/// From the beginning of the outbox up to `seq`, as many as a step may. Whether that was all.
Result<bool> Retention::shorten_outbox(std::uint64_t seq, Pruned& pruned) {
    auto cut = run(statements_,
                   "DELETE FROM outbox WHERE seq IN"
                   " (SELECT seq FROM outbox WHERE seq <= ?1 ORDER BY seq LIMIT ?2)",
                   seq, kMaxAlerts);
    if (!cut) {
        return fail(std::move(cut));
    }
    const auto count = static_cast<std::uint64_t>(sqlite3_changes64(statements_.handle()));
    pruned.alerts += count;
    return count < kMaxAlerts;
}

Result<> Retention::let_go(const Candidate& article) {
    for (const char* sql :
         {"INSERT INTO article_text (article_text, rowid, title, summary, content)"
          " SELECT 'delete', id, title, summary, content FROM current_text WHERE id = ?1",
          "DELETE FROM hits WHERE article_id = ?1", "DELETE FROM revisions WHERE article_id = ?1",
          "DELETE FROM articles WHERE id = ?1"}) {
        if (auto done = run(statements_, sql, article.id); !done) {
            return done;
        }
    }
    if (auto done =
            run(statements_, "UPDATE stories SET size = size - 1 WHERE id = ?1", article.story);
        !done) {
        return done;
    }
    if (auto done =
            run(statements_, "DELETE FROM stories WHERE id = ?1 AND size = 0", article.story);
        !done) {
        return done;
    }
    return run(statements_, "INSERT INTO let_go (key) VALUES (?1) ON CONFLICT DO NOTHING",
               short_key(article.key));
}

/// Whether it may go, with its alerts; none: its alerts are too many for this step.
Result<std::optional<bool>> Retention::free_to_go(const Candidate& article,
                                                  const RetentionOptions& options, Instant now,
                                                  Pruned& pruned) {
    if (!article.matched) {
        return true;
    }
    const auto last = owed(article);
    if (!last) {
        return tl::unexpected{last.error()};
    }
    if (!*last) {
        return true;
    }
    const bool recent = (*last)->committed >= now - options.alerts;
    if (recent || (*last)->seq + options.least_alerts > (*last)->head) {
        return false;
    }
    return shorten_outbox((*last)->seq, pruned).map([](bool all) {
        return all ? std::optional{true} : std::nullopt;
    });
}

Result<Pruned> Retention::walk(const RetentionOptions& options, Instant now, bool large) {
    Pruned pruned;
    const auto candidates = oldest();
    if (!candidates) {
        return tl::unexpected{candidates.error()};
    }
    pruned.more = candidates->size() == kMaxLookedAt;
    for (const Candidate& article : *candidates) {
        const bool old =
            options.articles.count() != 0 && article.first_seen < now - options.articles;
        if (!old && !large) {
            pruned.more = false;  // all that follow are younger
            break;
        }
        const auto free = article.stays ? Result<std::optional<bool>>{false}
                                        : free_to_go(article, options, now, pruned);
        if (!free) {
            return tl::unexpected{free.error()};
        }
        if (!*free || pruned.articles == kMaxDeleted) {
            pruned.more = true;  // goes on here
            break;
        }
        if (**free) {
            if (auto done = let_go(article); !done) {
                return fail(std::move(done));
            }
            ++pruned.articles;
        }
        after_ = article.id;
    }
    return pruned;
}

Result<Pruned> Retention::step(const RetentionOptions& options, Instant now) {
    auto large = too_large(options);
    if (!large) {
        return fail(std::move(large));
    }
    shrinks_ = *large;
    if (!*large && options.articles.count() == 0) {
        return Pruned{};
    }
    const std::int64_t former = after_;
    auto transaction = Transaction::write(statements_);
    if (!transaction) {
        return fail(std::move(transaction));
    }
    auto pruned = walk(options, now, *large);
    auto committed = pruned ? transaction->commit() : Result<>{};
    if (!pruned || !committed) {
        after_ = former;
        return pruned ? fail(std::move(committed)) : std::move(pruned);
    }
    gone_ += pruned->articles;
    if (!pruned->more) {
        pruned->stays_too_large = *large && gone_ == 0;
        after_ = 0;  // what stayed is looked at again by the next walk
        gone_ = 0;
    }
    return pruned;
}

}  // namespace wirewatch::history
