// SPDX-License-Identifier: MIT
// SQL run safely: statements compiled once, values always bound, transactions that end by
// themselves, and SQLite's result codes told as errors in words.
#pragma once

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/time.hpp"

#include <concepts>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace wirewatch::history {

/// Why the last call on `handle` failed: the file's name, what is wrong and what to do.
/// disk_full, busy, bad_database (corrupt or no database), refused (broken off: long_work.hpp),
/// else io.
[[nodiscard]] Error sqlite_error(sqlite3* handle);

/// Runs statements that bind nothing and whose rows nobody reads, such as a schema or a pragma.
[[nodiscard]] Result<> execute(sqlite3* handle, const std::string& sql);

/// The first column of a pragma's only row.
[[nodiscard]] Result<std::int64_t> pragma(sqlite3* handle, const std::string& name);

/// The prepared statements of one connection, each compiled at its first use. `handle` outlives it.
class Statements {
  public:
    explicit Statements(sqlite3* handle) : handle_{handle} {}

    [[nodiscard]] sqlite3* handle() const { return handle_; }

  private:
    friend class Query;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    /// Null where it does not compile; sqlite_error() says why.
    sqlite3_stmt* prepared(std::string_view sql);

    sqlite3* handle_;
    std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> prepared_;
};

/// For conditions that are put together at run time, with their values beside them.
using Value = std::variant<std::int64_t, std::string>;

/// Values that outlive the run need not be copied.
enum class Binding { copied, borrowed };

/// Bound as a BLOB.
struct Bytes {
    std::string_view value;
};

/// One run of a statement. Errors are kept until finish(), so that a loop over rows stays a loop:
///
///     Query query{statements, "SELECT title FROM feeds WHERE feed_id = ?1", id};
///     while (query.next()) { use(query.text(0)); }
///     if (auto done = query.finish(); !done) { return fail(std::move(done), "reading feeds"); }
///
/// The same SQL cannot be in use twice at once on one connection.
class Query {
  public:
    /// Binds `values` in their order; a vector<Value> counts as all that is in it.
    template <class... Values>
    Query(Statements& statements, std::string_view sql, const Values&... values)
        : Query{Binding::copied, statements, sql, values...} {}
    template <class... Values>
    Query(Binding binding, Statements& statements, std::string_view sql, const Values&... values)
        : Query{statements.handle(), statements.prepared(sql), binding} {
        (bind(values), ...);
    }
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    /// Moves to the next row; false at the end and after an error.
    bool next();

    /// Ends the run and tells whether anything failed on the way.
    [[nodiscard]] Result<> finish();

    /// A stored value is not what wirewatch writes: finish() says bad_database.
    void damaged(std::string_view what);

    // Columns of the current row, from 0.
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string_view view(int column) const;  ///< a text; until the next row
    [[nodiscard]] std::string_view blob(int column) const;  ///< likewise
    [[nodiscard]] Uuid uuid(int column);
    [[nodiscard]] Instant instant(int column) const;
    [[nodiscard]] std::optional<Instant> maybe_instant(int column) const;

    template <std::integral Number>
    [[nodiscard]] Number number(int column) const {
        return static_cast<Number>(integer(column));
    }

  private:
    Query(sqlite3* handle, sqlite3_stmt* statement, Binding binding);

    void bind_integer(std::int64_t value);
    void bind(double value);
    void bind(std::string_view value);
    void bind(const Uuid& value);
    void bind(Bytes value);
    void bind(Instant value) { bind_integer(value.time_since_epoch().count()); }
    void bind(std::nullopt_t);

    template <std::integral Number>
    void bind(Number value) {
        bind_integer(static_cast<std::int64_t>(value));
    }

    template <class Inner>
    void bind(const std::optional<Inner>& value) {
        if (value) {
            bind(*value);
        } else {
            bind(std::nullopt);
        }
    }

    void bind(const std::vector<Value>& values) {
        for (const Value& value : values) {
            std::visit([this](const auto& alternative) { bind(alternative); }, value);
        }
    }

    void bound(int result_code);

    sqlite3* handle_;
    sqlite3_stmt* statement_;
    Binding binding_;
    int parameter_ = 0;  ///< the last one bound
    std::optional<Error> error_;
};

/// Runs a statement whose rows nobody reads.
template <class... Values>
[[nodiscard]] Result<> run(Statements& statements, std::string_view sql, const Values&... values) {
    Query query{Binding::borrowed, statements, sql, values...};
    while (query.next()) {
    }
    return query.finish();
}

/// Rolled back at its end, unless committed.
class Transaction {
  public:
    /// One consistent view over several queries.
    [[nodiscard]] static Result<Transaction> read(Statements& statements);

    /// Takes the write lock at once, so that nothing later in it can be refused as busy.
    [[nodiscard]] static Result<Transaction> write(Statements& statements);

    ~Transaction();
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;

    [[nodiscard]] Result<> commit();

  private:
    explicit Transaction(Statements& statements) : statements_{&statements} {}
    Statements* statements_;  ///< null once it is over
};

}  // namespace wirewatch::history
