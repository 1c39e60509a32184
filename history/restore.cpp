// SPDX-License-Identifier: MIT
#include "history/backup.hpp"
#include "history/database.hpp"
#include "history/disk_file.hpp"
#include "history/statement.hpp"
#include "history/write_lock.hpp"

#include <algorithm>
#include <cerrno>
#include <string>
#include <utility>

#include <unistd.h>

namespace wirewatch::history {

namespace fs = std::filesystem;

namespace {

fs::path with(const fs::path& file, const char* suffix) {
    return fs::path{file} += suffix;
}

/// A whole copy that the daemon can open, of this wirewatch's schema, under a new epoch.
Result<> prepare(const fs::path& backup, const fs::path& copy) {
    std::error_code error;
    fs::copy_file(backup, copy, fs::copy_options::overwrite_existing, error);
    if (!error && fs::exists(with(backup, "-wal"))) {  // a copy that somebody made by hand
        fs::copy_file(with(backup, "-wal"), with(copy, "-wal"), error);
    }
    if (error) {
        return fail(error == std::errc::no_space_on_device ? Errc::disk_full : Errc::io,
                    copy.string() + ": cannot be written (" + error.message() + ")");
    }
    auto database = Database::open(copy, Access::write);
    if (!database) {
        Error why = std::move(database.error());
        why.text =
            backup.string() + why.text.substr(std::min(why.text.size(), copy.string().size()));
        return tl::unexpected{std::move(why)};
    }
    Statements statements{database->handle()};
    Query row{statements, "PRAGMA integrity_check(1)"};
    const bool whole = row.next() && row.view(0) == "ok";
    if (auto done = row.finish(); !done) {
        return done;
    }
    if (!whole) {
        return fail(Errc::bad_database,
                    backup.string() + ": damaged; nothing was changed, name another backup");
    }
    return run(statements, "UPDATE meta SET epoch = lower(hex(randomblob(8)))");
}

/// Keeps what stands there, with the log that belongs to it, under another name.
Result<> set_aside(const fs::path& database) {
    for (const char* suffix : {"-wal", ""}) {
        const fs::path from = with(database, suffix);
        const fs::path to = with(with(database, ".replaced"), suffix);
        ::unlink(to.c_str());
        if (::link(from.c_str(), to.c_str()) != 0 && errno != ENOENT) {
            return tl::unexpected(file_error(from, "cannot be set aside"));
        }
    }
    // A log that stayed would be taken for the new database's own.
    for (const char* suffix : {"-wal", "-shm", "-journal"}) {
        if (::unlink(with(database, suffix).c_str()) != 0 && errno != ENOENT) {
            return tl::unexpected(file_error(with(database, suffix), "cannot be removed"));
        }
    }
    return {};
}

}  // namespace

Result<Restored> restore(const fs::path& backup, const fs::path& database) {
    std::error_code error;
    if (!fs::is_regular_file(backup, error)) {
        return fail(Errc::not_found, backup.string() + ": no such backup");
    }
    if (fs::equivalent(backup, database, error)) {
        return fail(Errc::refused, backup.string() +
                                       ": is the database itself; name a backup of it, as "
                                       "'wirewatch backup' and the daemon make them");
    }
    if (auto made = make_private_directory(fs::absolute(database, error).parent_path()); !made) {
        return fail(std::move(made));
    }
    const auto owner = ownership_of(database);
    const auto lock = WriteLock::take(database);
    if (!lock) {
        return tl::unexpected{lock.error()};
    }
    auto draft = Draft::beside(database);
    if (!draft) {
        return fail(std::move(draft));
    }
    Restored restored;
    return prepare(backup, draft->file())
        .map([&] {
            if (auto given = owner ? give(draft->file(), *owner) : Result<>{}; !given) {
                restored.not_given = std::move(given.error());
            }
        })
        .and_then([&] { return set_aside(database); })
        .and_then([&] { return draft->put_in_place(); })
        .map([&] { return restored; });
}

}  // namespace wirewatch::history
