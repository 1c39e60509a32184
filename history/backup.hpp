// SPDX-License-Identifier: MIT
// Copies of the database that are whole, made while the daemon writes, and put back.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <vector>

namespace wirewatch::history {

/// Writes the database as it stands at this moment to `target`, which nobody may have written yet.
/// It appears there whole, on disk, or not at all; a link that leads nowhere is not followed. Reads
/// alone: the writer goes on. Errors: refused (`target` exists, or `stop` broke it off), disk_full,
/// io, those of a reader.
[[nodiscard]] Result<> back_up(const std::filesystem::path& database,
                               const std::filesystem::path& target,
                               const std::stop_token& stop = {});

struct Restored {
    std::optional<Error> not_given;  ///< why the file does not belong to whom it belonged before
};

/// Puts a copy of `backup` in the place of `database`, with a new epoch, since its alerts' numbers
/// may be given anew. It belongs to the owner of what stood there, or of the directory, as far as
/// we may give it away. What stood there is kept beside it, as "<database>.replaced". Errors: busy
/// (a daemon writes the database), refused (`backup` is it), bad_database (`backup` is not whole,
/// or not ours), disk_full, io. Then `database` is as it was, or its last commits stand in
/// "<database>.replaced" alone.
[[nodiscard]] Result<Restored> restore(const std::filesystem::path& backup,
                                       const std::filesystem::path& database);

/// One of the copies that the daemon keeps by itself.
struct KeptBackup {
    std::filesystem::path file;
    Instant at;
    std::size_t bytes = 0;
};

/// Newest first; none where there is no such directory.
[[nodiscard]] std::vector<KeptBackup> kept_backups(const std::filesystem::path& directory);

/// Which of `newest_first` need not be kept: all but the newest of each of the last 24 hours and of
/// each of the last 7 days that have one. Pure. Source: daemon.md, "History".
[[nodiscard]] std::vector<std::size_t> superfluous(const std::vector<Instant>& newest_first);

/// Makes one now, called by its time, and removes what is superfluous then. Makes the directory,
/// for its owner alone. Errors: those of back_up; refused, where the disk has not room for another
/// that large and a tenth more.
[[nodiscard]] Result<KeptBackup> keep_backup(const std::filesystem::path& database,
                                             const std::filesystem::path& directory, Instant now,
                                             const std::stop_token& stop = {});

}  // namespace wirewatch::history
