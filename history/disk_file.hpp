// SPDX-License-Identifier: MIT
// Files that appear whole or not at all.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include <sys/types.h>

namespace wirewatch::history {

/// What errno says about a file: disk_full or io.
[[nodiscard]] Error file_error(const std::filesystem::path& file, std::string_view failed);

/// Everything that was written to it is on disk when it returns. Also of a directory: the names.
[[nodiscard]] Result<> sync(const std::filesystem::path& file);

/// Brings a file that somebody else writes to disk as it grows: what is left for the end, which
/// nothing can break off, takes no longer than one such step.
class SteadySync {
  public:
    /// Of a file that exists; else nothing is done.
    explicit SteadySync(const std::filesystem::path& file);
    ~SteadySync();
    SteadySync(const SteadySync&) = delete;
    SteadySync& operator=(const SteadySync&) = delete;

    /// Waits for the disk where the file has grown by 64 MiB.
    void keep_up();

  private:
    int descriptor_;
    off_t synced_ = 0;  ///< bytes
};

/// With mode 0700, where it is missing.
[[nodiscard]] Result<> make_private_directory(const std::filesystem::path& directory);

/// Whose a file is, and what they may do with it.
struct Ownership {
    uid_t user = 0;
    gid_t group = 0;
    mode_t mode = 0600;
};

/// That of `file`; where it does not exist, its directory's owner, who alone may read and write it.
/// None where neither can be looked at.
[[nodiscard]] std::optional<Ownership> ownership_of(const std::filesystem::path& file);

/// What root makes in another's place is theirs to use. A file of ours under one name only: links
/// that somebody has put there lead nowhere. Error: io.
[[nodiscard]] Result<> give(const std::filesystem::path& file, const Ownership& to);

/// An empty file beside another one, for its owner's eyes only; removed at the end of its life,
/// with what SQLite lays beside it, unless it was put in place.
class Draft {
  public:
    /// Errors: io, disk_full.
    [[nodiscard]] static Result<Draft> beside(const std::filesystem::path& target);

    ~Draft();
    Draft(Draft&& other) noexcept
        : target_{std::move(other.target_)}, file_{std::exchange(other.file_, {})} {}
    Draft& operator=(Draft&&) = delete;

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

    /// To disk, and under the target's name, whatever that was before.
    [[nodiscard]] Result<> put_in_place();

  private:
    Draft(std::filesystem::path target, std::filesystem::path file)
        : target_{std::move(target)}, file_{std::move(file)} {}

    std::filesystem::path target_;
    std::filesystem::path file_;  ///< empty: put in place
};

}  // namespace wirewatch::history
