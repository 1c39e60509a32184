// SPDX-License-Identifier: MIT
// Opens the database file: checks that it is ours, brings its schema up to date, keeps others out.
#pragma once

#include "base/error.hpp"
#include "history/long_work.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>

struct sqlite3;

namespace wirewatch::history {

enum class Access {
    read,   ///< any number, while the daemon runs and while it is stopped
    write,  ///< one at a time over all processes; creates and migrates
};

/// Owns one SQLite connection. One thread.
class Database {
  public:
    /// Errors: not_found (read only), busy (another daemon writes it), bad_database (corrupt,
    /// foreign, from a newer wirewatch), refused (read only: from an older one, the writer brings
    /// it up to date; to write: `on_step` broke it off while the schema was brought up to date), io
    /// (permissions, directory missing), disk_full. On any error the file is as it was, or some
    /// steps nearer to the present schema.
    [[nodiscard]] static Result<Database> open(const std::filesystem::path& file, Access access,
                                               const OnStep& on_step = {});

    ~Database();
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;

    [[nodiscard]] sqlite3* handle() const;

    /// Whether the file that was opened still stands under its name. Error: bad_database.
    [[nodiscard]] Result<> still_there() const;

    /// Writes all of it, as it stands now, to a file that is new or empty. The writer goes on, but
    /// cannot fold its log in before this ends. Errors: disk_full, busy, io, bad_database; refused,
    /// where `stop` broke it off: the file holds nothing of use then.
    [[nodiscard]] Result<> copy_to(const std::filesystem::path& file,
                                   const std::stop_token& stop = {}) const;

    /// The file turned out to be damaged: closing moves nothing into it any more.
    void leave_as_it_is();

  private:
    struct Impl;
    explicit Database(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::history
