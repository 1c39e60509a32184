// SPDX-License-Identifier: MIT
// Keeps the write-ahead log short, however many readers overlap.
#pragma once

#include <cstdint>

struct sqlite3;

namespace wirewatch::history {

/// In the place of SQLite's own checkpoints, which never come to begin the log anew while readers
/// overlap without a pause. Owned by the connection's owner; ends before the connection does.
class Checkpoints {
  public:
    explicit Checkpoints(sqlite3* handle);
    ~Checkpoints();
    Checkpoints(const Checkpoints&) = delete;
    Checkpoints& operator=(const Checkpoints&) = delete;

    /// After a commit: folds the log in where it has grown. Readers are not held up. A log that has
    /// become long waits up to 100 ms for readers of an old state to end, so that it can begin
    /// anew; one that reads for minutes, as a backup does, lets it grow as long.
    void after_commit();

  private:
    sqlite3* handle_;
    int pages_ = 0;         ///< in the log, at the last commit
    int next_restart_ = 0;  ///< not before it is so long
};

}  // namespace wirewatch::history
