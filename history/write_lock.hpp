// SPDX-License-Identifier: MIT
// One daemon writes a database. SQLite alone would let two take turns: their alerts would
// interleave and every feed would be polled twice.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <optional>

namespace wirewatch::history {

/// Process id of the daemon that writes this database now; 0 where it has only just started.
/// None where nobody does, or the lock file may not be read. Takes no lock itself.
[[nodiscard]] std::optional<int> writer_pid(const std::filesystem::path& file);

/// Held from take() to the end of its life, or of the process. The lock file "<file>.lock" stays
/// behind: removing it would let a third process lock a file that a second one still waits for.
class WriteLock {
  public:
    /// Errors: busy (names the process that holds it), disk_full, io.
    [[nodiscard]] static Result<WriteLock> take(const std::filesystem::path& file);

    ~WriteLock();
    WriteLock(WriteLock&& other) noexcept;
    WriteLock& operator=(WriteLock&&) = delete;

  private:
    explicit WriteLock(int descriptor) : descriptor_{descriptor} {}
    int descriptor_;
};

}  // namespace wirewatch::history
