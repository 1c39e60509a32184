// SPDX-License-Identifier: MIT
#include "history/statement.hpp"

#include "base/check.hpp"
#include "history/long_work.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

std::string file_of(sqlite3* handle) {
    const char* name = sqlite3_db_filename(handle, "main");
    return name == nullptr || *name == '\0' ? "the database" : name;
}

/// What the system said. SQLite keeps it, except when a COMMIT fails; every run here starts with
/// errno 0, so that what stands there then is of that run.
int system_cause(sqlite3* handle) {
    return errno != 0 ? errno : sqlite3_system_errno(handle);
}

// A quota or a file size limit stops writing like a full disk does, but SQLite calls only ENOSPC
// SQLITE_FULL.
bool out_of_room(int code, int cause) {
    return code == SQLITE_FULL ||
           (code == SQLITE_IOERR && (cause == ENOSPC || cause == EDQUOT || cause == EFBIG));
}

}  // namespace

Error sqlite_error(sqlite3* handle) {
    const int cause = system_cause(handle);
    const int code = sqlite3_extended_errcode(handle) & 0xff;
    const std::string file = file_of(handle);
    const std::string words = sqlite3_errmsg(handle);
    if (out_of_room(code, cause)) {
        return {Errc::disk_full, file + ": the disk is full; nothing is lost, make room"};
    }
    switch (code) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Errc::busy, file + ": held by another process; try again"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {Errc::bad_database, file + ": damaged (" + words +
                                            "); it is left as it is; with the daemon stopped, "
                                            "'wirewatch restore FILE' puts a backup in its place"};
        case SQLITE_INTERRUPT:
            return broken_off(file);
        case SQLITE_CANTOPEN:
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return {Errc::io, file + ": " + words + " (" + std::strerror(cause) +
                                  "); check the permissions of the file and its directory"};
        case SQLITE_IOERR:
            return {Errc::io, file + ": reading or writing failed (" + std::strerror(cause) +
                                  "); check the disk"};
        default:
            return {Errc::io, file + ": " + words};
    }
}

Result<> execute(sqlite3* handle, const std::string& sql) {
    errno = 0;
    if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return tl::unexpected(sqlite_error(handle));
    }
    return {};
}

Result<std::int64_t> pragma(sqlite3* handle, const std::string& name) {
    Statements statements{handle};
    Query query{statements, "PRAGMA " + name};
    const std::int64_t value = query.next() ? query.integer(0) : 0;
    if (auto done = query.finish(); !done) {
        return fail(std::move(done));
    }
    return value;
}

void Statements::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

sqlite3_stmt* Statements::prepared(std::string_view sql) {
    if (const auto found = prepared_.find(sql); found != prepared_.end()) {
        WIREWATCH_CHECK(sqlite3_stmt_busy(found->second.get()) == 0);
        return found->second.get();
    }
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK) {
        return nullptr;
    }
    prepared_.emplace(std::string{sql}, statement);
    return statement;
}

Query::Query(sqlite3* handle, sqlite3_stmt* statement, Binding binding)
    : handle_{handle}, statement_{statement}, binding_{binding} {
    if (statement_ == nullptr) {
        error_ = sqlite_error(handle_);
    }
}

Query::~Query() {
    if (statement_ != nullptr) {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
}

bool Query::next() {
    if (error_) {
        return false;
    }
    errno = 0;
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code != SQLITE_DONE) {
        error_ = sqlite_error(handle_);
    }
    return false;
}

Result<> Query::finish() {
    sqlite3_reset(statement_);
    if (error_) {
        return tl::unexpected(*error_);
    }
    return {};
}

void Query::damaged(std::string_view what) {
    if (!error_) {
        error_ = Error{Errc::bad_database,
                       file_of(handle_) + ": damaged (" + std::string{what} +
                           " cannot be read); it is left as it is; with the daemon stopped, "
                           "'wirewatch restore FILE' puts a backup in its place"};
    }
}

bool Query::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Query::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

double Query::real(int column) const {
    return sqlite3_column_double(statement_, column);
}

std::string Query::text(int column) const {
    return std::string{view(column)};
}

std::string_view Query::view(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (bytes == nullptr) {
        return {};
    }
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::string_view Query::blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (bytes == nullptr) {
        return {};
    }
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Uuid Query::uuid(int column) {
    Uuid uuid{};
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    if (static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)) != uuid.size()) {
        damaged("an identifier of 16 bytes");
        return uuid;
    }
    std::copy_n(bytes, uuid.size(), uuid.begin());
    return uuid;
}

Instant Query::instant(int column) const {
    return Instant{std::chrono::milliseconds{integer(column)}};
}

std::optional<Instant> Query::maybe_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional{instant(column)};
}

// Values are copied when they are bound, unless they are known to outlive the Query.

void Query::bind_integer(std::int64_t value) {
    bound(sqlite3_bind_int64(statement_, ++parameter_, value));
}

void Query::bind(double value) {
    bound(sqlite3_bind_double(statement_, ++parameter_, value));
}

void Query::bind(std::string_view value) {
    // A null pointer would bind NULL, and an empty string_view may hold one.
    const char* bytes = value.empty() ? "" : value.data();
    bound(sqlite3_bind_text64(statement_, ++parameter_, bytes, value.size(),
                              binding_ == Binding::copied ? SQLITE_TRANSIENT : SQLITE_STATIC,
                              SQLITE_UTF8));
}

void Query::bind(const Uuid& value) {
    bound(sqlite3_bind_blob64(statement_, ++parameter_, value.data(), value.size(),
                              SQLITE_TRANSIENT));
}

void Query::bind(Bytes value) {
    const char* bytes = value.value.empty() ? "" : value.value.data();
    bound(
        sqlite3_bind_blob64(statement_, ++parameter_, bytes, value.value.size(), SQLITE_TRANSIENT));
}

void Query::bind(std::nullopt_t) {
    bound(sqlite3_bind_null(statement_, ++parameter_));
}

void Query::bound(int result_code) {
    if (result_code != SQLITE_OK && !error_) {
        error_ = sqlite_error(handle_);
    }
}

Result<Transaction> Transaction::read(Statements& statements) {
    if (auto begun = run(statements, "BEGIN"); !begun) {
        return fail(std::move(begun));
    }
    return Transaction{statements};
}

Result<Transaction> Transaction::write(Statements& statements) {
    if (auto begun = run(statements, "BEGIN IMMEDIATE"); !begun) {
        return fail(std::move(begun));
    }
    return Transaction{statements};
}

Transaction::Transaction(Transaction&& other) noexcept
    : statements_{std::exchange(other.statements_, nullptr)} {}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself, as it does on a full disk.
    if (statements_ != nullptr && sqlite3_get_autocommit(statements_->handle()) == 0) {
        (void)run(*statements_, "ROLLBACK");
    }
}

Result<> Transaction::commit() {
    auto committed = run(*statements_, "COMMIT");
    if (committed) {
        statements_ = nullptr;
    }
    return committed;
}

}  // namespace wirewatch::history
