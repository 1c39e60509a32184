// SPDX-License-Identifier: MIT
#include "history/verify.hpp"

#include "history/database.hpp"
#include "history/disk_file.hpp"
#include "history/statement.hpp"

#include <utility>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

constexpr std::size_t kMaxFindings = 20;  // of one kind

/// A question whose every row is something wrong.
struct Doubt {
    std::string_view what;  ///< in front of the row
    std::string_view sql;
};

constexpr Doubt kDoubts[] = {
    {"reference to a missing row, in table ",
     "SELECT \"table\" || coalesce(', row ' || rowid, '') FROM pragma_foreign_key_check"},
    {"the latest revision is missing, of article ",
     "SELECT key FROM articles a WHERE NOT EXISTS (SELECT 1 FROM revisions r"
     " WHERE r.article_id = a.id AND r.revision = a.revision)"},
    {"the story is missing, of article ",
     "SELECT key FROM articles WHERE story <> id AND story NOT IN (SELECT id FROM stories)"},
    {"the hit of another alert, or none, stands behind alert ",
     "SELECT o.seq FROM outbox o LEFT JOIN hits h ON h.id = o.hit_id"
     " WHERE o.hit_id IS NOT NULL AND h.seq IS NOT o.seq"},
    {"neither a hit nor a feed event stands behind alert ",
     "SELECT seq FROM outbox WHERE hit_id IS NULL AND seq NOT IN (SELECT seq FROM feed_events)"},
    {"no alert in the outbox for hit ",
     "SELECT h.id FROM hits h WHERE h.seq >= (SELECT min(seq) FROM outbox) AND h.seq NOT IN"
     " (SELECT seq FROM outbox)"},
    {"a later alert than the head, alert ",
     "SELECT seq FROM outbox WHERE seq > (SELECT head FROM meta)"},
    {"a topic's counter is behind its alerts, of ",
     "SELECT t.name FROM topics t WHERE t.tseq <"
     " (SELECT max(o.tseq) FROM outbox o WHERE o.topic_id = t.id)"},
};

Result<> ask(Statements& statements, const Doubt& doubt, std::vector<std::string>& findings) {
    Query row{statements, doubt.sql};
    for (std::size_t count = 0; row.next() && count < kMaxFindings; ++count) {
        findings.push_back(std::string{doubt.what} + row.text(0));
    }
    return row.finish();
}

Result<> check_pages(Statements& statements, std::vector<std::string>& findings) {
    Query row{statements, "PRAGMA integrity_check(20)"};
    while (row.next()) {
        if (row.view(0) != "ok") {
            findings.push_back("damaged page: " + row.text(0));
        }
    }
    return row.finish();
}

/// FTS5 compares only for one who may write, so it is done in a copy.
Result<> check_words(const Database& database, const std::filesystem::path& file,
                     std::vector<std::string>& findings) {
    auto draft = Draft::beside(file);
    if (!draft) {
        return fail(std::move(draft), "checking the full-text index");
    }
    if (auto copied = database.copy_to(draft->file()); !copied) {
        return fail(std::move(copied), "copying, to check the full-text index");
    }
    auto writable = Database::open(draft->file(), Access::write);
    if (!writable) {
        return fail(std::move(writable), "checking the full-text index");
    }
    Statements of_copy{writable->handle()};
    auto checked = run(of_copy,
                       "INSERT INTO article_text (article_text, rank)"
                       " VALUES ('integrity-check', 1)");
    if (!checked && checked.error().code == Errc::bad_database) {
        findings.emplace_back(
            "the full-text index does not agree with the texts; 'wirewatch vacuum' makes it anew");
        return {};
    }
    return checked;
}

}  // namespace

Result<std::vector<std::string>> verify(const std::filesystem::path& database,
                                        const std::function<void(std::string_view)>& on_step) {
    auto opened = Database::open(database, Access::read);
    if (!opened) {
        return fail(std::move(opened));
    }
    Statements statements{opened->handle()};
    std::vector<std::string> findings;
    on_step("pages and indexes");
    if (auto done = check_pages(statements, findings); !done) {
        return fail(std::move(done), "checking the pages");
    }
    if (!findings.empty()) {
        return findings;  // the rest would only trip over these
    }
    on_step("references, outbox and stories");
    for (const Doubt& doubt : kDoubts) {
        if (auto done = ask(statements, doubt, findings); !done) {
            return fail(std::move(done), "checking the tables");
        }
    }
    on_step("full-text index");
    if (auto done = check_words(*opened, database, findings); !done) {
        return fail(std::move(done));
    }
    return findings;
}

Result<> vacuum(const std::filesystem::path& database) {
    auto opened = Database::open(database, Access::write);
    if (!opened) {
        return fail(std::move(opened));
    }
    return execute(opened->handle(),
                   "INSERT INTO article_text (article_text) VALUES ('rebuild');"
                   "INSERT INTO article_text (article_text) VALUES ('optimize');"
                   "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
        .map_error([](Error&& error) { return std::move(error).with("vacuuming"); });
}

}  // namespace wirewatch::history
