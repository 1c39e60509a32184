// SPDX-License-Identifier: MIT
// Backs the database up by itself, in a thread of its own: a copy of some gigabytes takes minutes,
// and nothing should wait for it.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <thread>

namespace wirewatch::daemon {

struct BackupOptions {
    std::filesystem::path directory;
    std::chrono::milliseconds interval = std::chrono::hours{1};  ///< 0: none are made

    friend bool operator==(const BackupOptions&, const BackupOptions&) = default;
};

/// Backups of the last 24 hours and 7 days (history/backup.hpp). Says in the log when they fail and
/// when they go on.
class Keeper {
  public:
    /// `clock` outlives it.
    Keeper(std::filesystem::path database, BackupOptions options, const Clock& clock);

    /// Starts the thread, which ends with the keeper: a backup that is being made is given up.
    void start();

    /// Makes a backup where it is time for one, unless `stop` breaks it off; returns how long to
    /// wait for the next look. The thread calls it; tests do instead of start().
    std::chrono::milliseconds turn(const std::stop_token& stop = {});

  private:
    void run(const std::stop_token& stop);

    std::filesystem::path database_;
    BackupOptions options_;
    const Clock& clock_;
    Instant due_;
    bool failing_ = false;
    std::jthread thread_;  // last: it uses the rest
};

}  // namespace wirewatch::daemon
