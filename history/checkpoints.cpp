// SPDX-License-Identifier: MIT
#include "history/checkpoints.hpp"

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

// Pages of 4 KiB. The first is SQLite's own default; 16 MiB and 4 MiB: our choice, so that the log
// stays well below 64 MiB.
constexpr int kFoldIn = 1'000;
constexpr int kBeginAnew = 4'096;
constexpr int kBetweenTries = 1'024;

constexpr int kPatienceMs = 100;  // our choice: readers of pages and searches end sooner
constexpr int kBusyMs = 2'000;    // as in database.cpp

int note_pages(void* pages, sqlite3* /*handle*/, const char* /*database*/, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

}  // namespace

Checkpoints::Checkpoints(sqlite3* handle) : handle_{handle}, next_restart_{kBeginAnew} {
    sqlite3_wal_hook(handle_, note_pages, &pages_);
}

Checkpoints::~Checkpoints() {
    sqlite3_wal_hook(handle_, nullptr, nullptr);
}

void Checkpoints::after_commit() {
    if (pages_ < kFoldIn) {
        next_restart_ = kBeginAnew;
        return;
    }
    // Trouble with the disk is left to the next commit, which meets it too.
    if (pages_ < next_restart_) {
        sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
        return;
    }
    sqlite3_busy_timeout(handle_, kPatienceMs);
    const int code =
        sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    sqlite3_busy_timeout(handle_, kBusyMs);
    next_restart_ = code == SQLITE_OK ? kBeginAnew : pages_ + kBetweenTries;
}

}  // namespace wirewatch::history
