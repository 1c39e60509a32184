// SPDX-License-Identifier: MIT
// What can be told about a database file, and done to it, before a statement runs: the first one
// would roll back a stranger's journal, or leave files of its own beside it.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <filesystem>
#include <utility>

struct sqlite3;

namespace wirewatch::history {

enum class Content {
    none,  ///< no bytes yet
    ours,  ///< a wirewatch database that this program can read
};

/// Errors: not_found; io, where something else goes by that name.
[[nodiscard]] Result<> check_regular(const std::filesystem::path& file);

/// Reads the header of the file that `handle` has open; takes no lock and runs no statement.
/// Errors: bad_database (no database, another program's, a newer wirewatch's), io.
[[nodiscard]] Result<Content> look_at(const std::filesystem::path& file, sqlite3* handle);

/// The two marks in the header that say whose file it is, and of which schema version.
/// Error: bad_database.
[[nodiscard]] Result<> check_marks(const std::filesystem::path& file, std::int64_t application_id,
                                   std::int64_t version);

/// A file that did not exist before goes again at the end, unless it is kept.
class NewFile {
  public:
    explicit NewFile(std::filesystem::path file) : file_{std::move(file)} {}
    ~NewFile();
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;

    /// For its owner's eyes only: articles may be licensed, and rules are nobody's business.
    /// Errors: io, disk_full.
    [[nodiscard]] Result<> create_if_missing();
    void keep() { created_ = false; }

  private:
    std::filesystem::path file_;
    bool created_ = false;
};

}  // namespace wirewatch::history
