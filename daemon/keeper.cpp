// SPDX-License-Identifier: MIT
#include "daemon/keeper.hpp"

#include "base/printable.hpp"
#include "history/backup.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <utility>

#include <spdlog/spdlog.h>
#include <sys/prctl.h>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kFirst = 5min;   // after the start, where there is none yet
constexpr std::chrono::milliseconds kAgain = 15min;  // after a failure; our choice
constexpr std::chrono::milliseconds kShortest = 1s;  // between two looks

}  // namespace

Keeper::Keeper(std::filesystem::path database, BackupOptions options, const Clock& clock)
    : database_{std::move(database)}, options_{std::move(options)}, clock_{clock} {
    const auto kept = history::kept_backups(options_.directory);
    due_ = kept.empty() ? clock_.now() + std::min(kFirst, options_.interval)
                        : kept.front().at + options_.interval;
}

void Keeper::start() {
    if (options_.interval > 0ms) {
        thread_ = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
    }
}

std::chrono::milliseconds Keeper::turn(const std::stop_token& stop) {
    const Instant now = clock_.now();
    // A backup from the future, left by a clock that was set back, must not stop them for long.
    due_ = std::min(due_, now + options_.interval);
    if (now >= due_) {
        const auto kept = history::keep_backup(database_, options_.directory, now, stop);
        if (kept) {
            spdlog::debug("backed up to " + printable(kept->file.string()));
            if (std::exchange(failing_, false)) {
                spdlog::info("backups are made again");
            }
        } else if (!stop.stop_requested() && !std::exchange(failing_, true)) {
            spdlog::error("no backup could be made, and it is tried again: " +
                          printable(kept.error().text));
        }
        due_ = clock_.now() + (kept ? options_.interval : std::min(kAgain, options_.interval));
    }
    return std::max(kShortest, due_ - clock_.now());
}

void Keeper::run(const std::stop_token& stop) {
    prctl(PR_SET_NAME, "keeper");  // as top -H and debuggers show it
    std::mutex nobody_elses;
    std::condition_variable_any ended;
    std::unique_lock lock{nobody_elses};
    while (!stop.stop_requested()) {
        const auto wait = turn(stop);
        ended.wait_for(lock, stop, wait, [] { return false; });
    }
}

}  // namespace wirewatch::daemon
