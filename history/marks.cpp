// SPDX-License-Identifier: MIT
#include "history/marks.hpp"

#include "base/utf8.hpp"

#include <utility>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

/// A mark with the change that made it what it is; 0: there is none.
struct State {
    Mark mark;
    std::int64_t change = 0;
};

Result<State> state_of(Statements& statements, std::int64_t article_id) {
    State state;
    Query row{statements,
              "SELECT m.at, m.read, m.starred, m.dismissed, m.note, m.by_whom, m.change"
              " FROM marks m WHERE m.article_id = ?1",
              article_id};
    if (row.next()) {
        state.mark = mark_at(row, 0).value_or(Mark{});
        state.change = row.integer(kMarkColumnCount);
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return state;
}

Result<> store(Statements& statements, std::int64_t article_id, const State& state) {
    const Mark& mark = state.mark;
    return run(statements,
               "INSERT INTO marks (article_id, read, starred, dismissed, note, at, by_whom, change)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (article_id) DO UPDATE"
               " SET read = ?2, starred = ?3, dismissed = ?4, note = ?5, at = ?6, by_whom = ?7,"
               " change = ?8",
               article_id, mark.read, mark.starred, mark.dismissed, mark.note, mark.at, mark.by,
               state.change);
}

Mark changed(Mark mark, const MarkOrder& order) {
    mark.read = order.read.value_or(mark.read);
    mark.starred = order.starred.value_or(mark.starred);
    mark.dismissed = order.dismissed.value_or(mark.dismissed);
    if (order.note) {
        mark.note = utf8::repair(utf8::cut(*order.note, kMaxNoteBytes));
    }
    return mark;
}

bool says_the_same(const Mark& a, const Mark& b) {
    return a.read == b.read && a.starred == b.starred && a.dismissed == b.dismissed &&
           a.note == b.note;
}

/// Notes what is about to change, so that it can be taken back. Gives the change's number.
Result<std::int64_t> note_change(Statements& statements, std::int64_t article_id,
                                 const State& former, const MarkOrder& order) {
    const Mark& mark = former.mark;
    auto noted = run(statements,
                     "INSERT INTO mark_changes (batch, by_whom, article_id, former_change,"
                     " former_read, former_starred, former_dismissed, former_note, former_at,"
                     " former_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                     order.batch, order.by, article_id, former.change, mark.read, mark.starred,
                     mark.dismissed, mark.note, mark.at, mark.by);
    if (!noted) {
        return fail(std::move(noted));
    }
    return sqlite3_last_insert_rowid(statements.handle());
}

enum class Done { changed, unchanged, unknown };

Result<Done> mark_one(Statements& statements, const std::string& key, const MarkOrder& order,
                      Instant now) {
    std::int64_t article_id = 0;
    {
        Query row{statements, "SELECT id FROM articles WHERE key = ?1", key};
        if (row.next()) {
            article_id = row.integer(0);
        }
        if (auto done = row.finish(); !done) {
            return fail(std::move(done));
        }
    }
    if (article_id == 0) {
        return Done::unknown;
    }
    auto former = state_of(statements, article_id);
    if (!former) {
        return fail(std::move(former));
    }
    State next{changed(former->mark, order), 0};
    if (says_the_same(next.mark, former->mark)) {
        return Done::unchanged;
    }
    auto change = note_change(statements, article_id, *former, order);
    if (!change) {
        return fail(std::move(change));
    }
    next.change = *change;
    next.mark.at = now;
    next.mark.by = order.by;
    if (auto kept = store(statements, article_id, next); !kept) {
        return fail(std::move(kept));
    }
    return Done::changed;
}

struct Change {
    std::int64_t id = 0;
    std::int64_t article_id = 0;
    State former;
};

/// The last batch of that user, its last change first.
Result<std::vector<Change>> last_batch(Statements& statements, std::string_view by) {
    std::vector<Change> changes;
    Query row{statements,
              "SELECT former_at, former_read, former_starred, former_dismissed, former_note,"
              " former_by, former_change, id, article_id FROM mark_changes"
              " WHERE by_whom = ?1 AND batch ="
              " (SELECT batch FROM mark_changes WHERE by_whom = ?1 ORDER BY id DESC LIMIT 1)"
              " ORDER BY id DESC",
              by};
    while (row.next()) {
        changes.push_back({row.integer(kMarkColumnCount + 1),
                           row.integer(kMarkColumnCount + 2),
                           {mark_at(row, 0).value_or(Mark{}), row.integer(kMarkColumnCount)}});
    }
    if (auto done = row.finish(); !done) {
        return fail(std::move(done));
    }
    return changes;
}

/// False: the mark has another change's state by now.
Result<bool> restore(Statements& statements, const Change& change) {
    const auto present = state_of(statements, change.article_id);
    if (!present) {
        return tl::unexpected{present.error()};
    }
    const bool ours = present->change == change.id;
    if (ours && change.former.change == 0) {
        if (auto gone =
                run(statements, "DELETE FROM marks WHERE article_id = ?1", change.article_id);
            !gone) {
            return fail(std::move(gone));
        }
    } else if (ours) {
        if (auto kept = store(statements, change.article_id, change.former); !kept) {
            return fail(std::move(kept));
        }
    }
    auto forgotten = run(statements, "DELETE FROM mark_changes WHERE id = ?1", change.id);
    if (!forgotten) {
        return fail(std::move(forgotten));
    }
    return ours;
}

}  // namespace

std::optional<Mark> mark_at(Query& row, int first) {
    if (row.is_null(first)) {
        return std::nullopt;
    }
    return Mark{.read = row.integer(first + 1) != 0,
                .starred = row.integer(first + 2) != 0,
                .dismissed = row.integer(first + 3) != 0,
                .note = row.text(first + 4),
                .at = row.instant(first),
                .by = row.text(first + 5)};
}

Result<Marked> set_marks(Statements& statements, const MarkOrder& order, Instant now) {
    Marked marked;
    for (const std::string& key : order.articles) {
        const auto done = mark_one(statements, key, order, now);
        if (!done) {
            return tl::unexpected{done.error()};
        }
        marked.changed += *done == Done::changed ? 1 : 0;
        marked.unchanged += *done == Done::unchanged ? 1 : 0;
        if (*done == Done::unknown) {
            marked.unknown.push_back(key);
        }
    }
    if (auto trimmed = run(statements,
                           "DELETE FROM mark_changes"
                           " WHERE id <= (SELECT max(id) FROM mark_changes) - ?1",
                           kMaxMarkChanges);
        !trimmed) {
        return fail(std::move(trimmed));
    }
    return marked;
}

Result<Unmarked> undo_marks(Statements& statements, std::string_view by) {
    const auto changes = last_batch(statements, by);
    if (!changes) {
        return tl::unexpected{changes.error()};
    }
    if (changes->empty()) {
        return fail(Errc::not_found, "there is nothing to undo");
    }
    Unmarked undone;
    for (const Change& change : *changes) {
        const auto ours = restore(statements, change);
        if (!ours) {
            return tl::unexpected{ours.error()};
        }
        ++(*ours ? undone.restored : undone.left);
    }
    return undone;
}

Result<std::optional<Mark>> mark_of(Statements& statements, std::int64_t article_id) {
    auto state = state_of(statements, article_id);
    if (!state) {
        return fail(std::move(state));
    }
    return state->change == 0 ? std::nullopt : std::optional{std::move(state->mark)};
}

}  // namespace wirewatch::history
