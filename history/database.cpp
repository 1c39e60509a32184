// SPDX-License-Identifier: MIT
#include "history/database.hpp"

#include "base/check.hpp"
#include "history/database_file.hpp"
#include "history/disk_file.hpp"
#include "history/long_work.hpp"
#include "history/schema.hpp"
#include "history/statement.hpp"
#include "history/write_lock.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <sqlite3.h>

namespace wirewatch::history {

namespace fs = std::filesystem;

namespace {

// Our choice: longer than any transaction of ours, and short enough that the desk, which tries
// again, stays within the watchdog's 10 s.
constexpr int kBusyMs = 2000;

struct Close {
    void operator()(sqlite3* handle) const {
        WIREWATCH_CHECK(sqlite3_close(handle) == SQLITE_OK);  // else a statement is still alive
    }
};
using Handle = std::unique_ptr<sqlite3, Close>;

/// The lock comes first: it is given back when the connection is closed.
struct Connection {
    std::optional<WriteLock> lock;
    Handle handle;
};

/// Only the writer moves the log into the file, and only once the file is known to be ours.
void checkpoint_on_close(sqlite3* handle, bool wanted) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, wanted ? 0 : 1, nullptr);
}

Result<Handle> connect(const std::string& name, int flags) {
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(
        name.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    Handle handle{raw};
    if (opened != SQLITE_OK) {
        return tl::unexpected(sqlite_error(raw));
    }
    checkpoint_on_close(raw, false);
    sqlite3_busy_timeout(raw, kBusyMs);
    // A file that someone tampered with must not reach further than its own tables.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return handle;
}

/// The schema's version as SQLite tells it, 0 where the file has no content. By now it may have
/// rolled back a creation that was cut off, or know a later header from the write-ahead log.
Result<std::int64_t> checked_version(const fs::path& file, sqlite3* handle) {
    const auto pages = pragma(handle, "page_count");
    if (!pages || *pages == 0) {
        return pages;
    }
    const auto application_id = pragma(handle, "application_id");
    if (!application_id) {
        return application_id;
    }
    const auto version = pragma(handle, "user_version");
    if (!version) {
        return version;
    }
    return check_marks(file, *application_id, *version).map([&] { return *version; });
}

/// Reads the one row that every database of ours has.
Result<> check_readable(sqlite3* handle) {
    Statements statements{handle};
    Query query{statements, "SELECT epoch, head FROM meta"};
    if (!query.next()) {
        query.damaged("table meta");
    }
    return query.finish();
}

Result<> keep_write_ahead_log(const fs::path& file, sqlite3* handle) {
    Statements statements{handle};
    Query query{statements, "PRAGMA journal_mode = WAL"};
    const std::string mode = query.next() ? query.text(0) : "";
    if (auto done = query.finish(); !done) {
        return done;
    }
    if (mode != "wal") {
        return fail(Errc::io, file.string() + ": SQLite cannot keep a write-ahead log here; keep " +
                                  "the database on a local disk");
    }
    return {};
}

Result<> prepare_to_write(const fs::path& file, sqlite3* handle, const OnStep& on_step) {
    auto content = look_at(file, handle);
    if (!content) {
        return fail(std::move(content));
    }
    if (*content == Content::ours) {
        if (auto version = checked_version(file, handle); !version) {
            return fail(std::move(version));
        }
    }
    if (sqlite3_db_readonly(handle, "main") == 1) {
        return fail(Errc::io, file.string() + ": may not be written; check its permissions");
    }
    // A new file gets its tables before its write-ahead log, so that the header in the file itself
    // says that it is ours from the first moment on.
    return migrate(handle, schema_steps(), on_step)
        .and_then([&] { return check_readable(handle); })
        .and_then([&] { return keep_write_ahead_log(file, handle); })
        .and_then([&] {
            // Checkpoints are the writer's (checkpoints.hpp); the limit is what the log is cut back
            // to once it was longer. 64 MiB: our choice.
            return execute(handle,
                           "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                           "PRAGMA journal_size_limit = 67108864");
        });
}

/// Before a lock is laid beside it: a file that is there is no stranger's, as far as its header
/// tells.
Result<> check_no_strangers(const fs::path& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored)) {
        return {};
    }
    if (auto regular = check_regular(file); !regular) {
        return regular;
    }
    auto handle = connect(file.string(), SQLITE_OPEN_READONLY);
    if (!handle) {
        return fail(std::move(handle));
    }
    return look_at(file, handle->get()).map([](Content) {});
}

Result<Connection> open_to_write(const fs::path& file, const OnStep& on_step) {
    std::error_code ignored;
    if (!fs::is_directory(file.parent_path(), ignored)) {
        return fail(Errc::io,
                    file.parent_path().string() + ": no such directory; the database goes there");
    }
    if (auto checked = check_no_strangers(file); !checked) {
        return fail(std::move(checked));
    }
    auto lock = WriteLock::take(file);
    if (!lock) {
        return fail(std::move(lock));
    }
    NewFile fresh{file};
    if (auto created = fresh.create_if_missing(); !created) {
        return fail(std::move(created));
    }
    if (auto regular = check_regular(file); !regular) {
        return fail(std::move(regular));
    }
    auto handle = connect(file.string(), SQLITE_OPEN_READWRITE);
    if (!handle) {
        return fail(std::move(handle));
    }
    if (auto ready = prepare_to_write(file, handle->get(), on_step); !ready) {
        return fail(std::move(ready));
    }
    checkpoint_on_close(handle->get(), true);
    fresh.keep();
    return Connection{std::move(*lock), std::move(*handle)};
}

Result<> prepare_to_read(const fs::path& file, sqlite3* handle) {
    auto content = look_at(file, handle);
    if (!content) {
        return fail(std::move(content));
    }
    if (*content == Content::none) {
        return fail(Errc::not_found, file.string() + ": empty; wirewatchd fills it when it starts");
    }
    auto version = checked_version(file, handle);
    if (!version) {
        return fail(std::move(version));
    }
    if (*version < static_cast<std::int64_t>(schema_steps().size())) {
        return fail(Errc::refused, file.string() +
                                       ": written by an older wirewatch (schema version " +
                                       std::to_string(*version) +
                                       "); wirewatchd brings it up to date when it starts");
    }
    return check_readable(handle).and_then(
        [&] { return execute(handle, "PRAGMA query_only = ON"); });
}

/// `name` is a path, or a "file:" URI where the flags say so.
Result<Handle> connect_to_read(const fs::path& file, const std::string& name, int flags) {
    auto handle = connect(name, SQLITE_OPEN_READONLY | flags);
    if (!handle) {
        return handle;
    }
    if (auto ready = prepare_to_read(file, handle->get()); !ready) {
        return fail(std::move(ready));
    }
    return handle;
}

/// Nobody writes, and no log or journal holds more: all there is stands in the file.
bool at_rest(const fs::path& file) {
    for (const char* suffix : {"-wal", "-journal"}) {
        fs::path log = file;
        log += suffix;
        std::error_code missing;
        if (fs::file_size(log, missing) != 0 && !missing) {
            return false;
        }
    }
    return !writer_pid(file);
}

std::string immutable_uri(const fs::path& file) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : file.string()) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '%' || c == '?' || c == '#') {
            uri.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
        } else {
            uri += c;
        }
    }
    return uri + "?immutable=1";
}

Result<Handle> open_to_read(const fs::path& file) {
    if (auto regular = check_regular(file); !regular) {
        return fail(std::move(regular));
    }
    auto handle = connect_to_read(file, file.string(), 0);
    if (!handle && handle.error().code == Errc::io && at_rest(file)) {
        // SQLite shares memory between readers and writer through a file beside the database, which
        // a reader may not create in a directory that it may not write. With nobody to share with,
        // it can do without.
        return connect_to_read(file, immutable_uri(file), SQLITE_OPEN_URI);
    }
    return handle;
}

}  // namespace

struct Database::Impl {
    Connection connection;
};

Result<Database> Database::open(const fs::path& given, Access access, const OnStep& on_step) {
    // Absolute, since to SQLite some names alone are no file: ":memory:" is one.
    std::error_code ignored;
    const fs::path file = fs::absolute(given, ignored);
    auto opened = access == Access::write ? open_to_write(file, on_step)
                                          : open_to_read(file).map([](Handle&& handle) {
                                                return Connection{std::nullopt, std::move(handle)};
                                            });
    if (!opened) {
        return fail(std::move(opened));
    }
    return Database{std::unique_ptr<Impl>{new Impl{std::move(*opened)}}};
}

Database::Database(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

sqlite3* Database::handle() const {
    return impl_->connection.handle.get();
}

Result<> Database::still_there() const {
    int moved = 0;
    if (sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
        moved != 0) {
        return fail(Errc::bad_database,
                    std::string{sqlite3_db_filename(handle(), "main")} +
                        ": has been moved or removed while the daemon runs; what it "
                        "stores would be lost. Put the file back, and start again");
    }
    return {};
}

Result<> Database::copy_to(const fs::path& file, const std::stop_token& stop) const {
    // To SQLite a copy is a change, which a reader's query_only forbids; it is open for reading
    // only in any case.
    Statements statements{handle()};
    SteadySync disk{file};
    const LongWork work{handle(), [&](std::string_view) {
                            disk.keep_up();
                            return stop.stop_requested() ? Proceed::break_off : Proceed::go_on;
                        }};
    const auto former = pragma(handle(), "query_only");
    if (!former) {
        return tl::unexpected{former.error()};
    }
    return execute(handle(), "PRAGMA query_only = OFF")
        .and_then([&] { return run(statements, "VACUUM INTO ?1", file.string()); })
        .and_then(
            [&] { return execute(handle(), "PRAGMA query_only = " + std::to_string(*former)); });
}

void Database::leave_as_it_is() {
    checkpoint_on_close(handle(), false);
}

}  // namespace wirewatch::history
