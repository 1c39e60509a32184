// SPDX-License-Identifier: MIT
#include "daemon/disk_trouble.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kFirstRetry = 1s;
constexpr std::chrono::milliseconds kLongestRetry = 30s;
constexpr int kMostDoublings = 5;

}  // namespace

DiskTrouble::DiskTrouble(const Clock& clock, std::function<void(bool)> on_storing)
    : clock_{clock}, on_storing_{std::move(on_storing)} {}

void DiskTrouble::refused(const Error& why) {
    retry_at_ = clock_.ticks() +
                std::min(kLongestRetry, kFirstRetry * (1 << std::min(failures_, kMostDoublings)));
    ++failures_;
    const std::string words = printable(why.text);
    if (standstill_) {
        standstill_->why = words;
        return;
    }
    standstill_ = {.since = clock_.now(), .why = words};
    spdlog::error("polling stops until the database takes writes again: " + words);
    if (on_storing_) {
        on_storing_(false);
    }
}

void DiskTrouble::over() {
    failures_ = 0;
    if (!standstill_) {
        return;
    }
    standstill_.reset();
    spdlog::info("the database takes writes again; polling goes on");
    if (on_storing_) {
        on_storing_(true);
    }
}

}  // namespace wirewatch::daemon
