// SPDX-License-Identifier: MIT
#include "daemon/upkeep.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;

// A step takes some 10 ms, so that this leaves nine tenths of the time to what comes in.
constexpr std::chrono::milliseconds kBetweenSteps = 100ms;
constexpr std::chrono::milliseconds kBetweenWalks = 10min;

}  // namespace

void Upkeep::turn(const history::RetentionOptions& options, bool waits) {
    if (clock_.ticks() < next_ || waits) {
        return;
    }
    const auto pruned = writer_.prune(options, clock_.now());
    if (!pruned) {
        // The next commit meets the same trouble, and says so.
        next_ = clock_.ticks() + kBetweenWalks;
        return;
    }
    gone_ += pruned->articles;
    if (pruned->more) {
        next_ = clock_.ticks() + kBetweenSteps;
        return;
    }
    if (const std::size_t gone = std::exchange(gone_, 0); gone > 0) {
        spdlog::info("deleted " + std::to_string(gone) + " articles that were too old or too many");
    }
    if (std::exchange(too_large_, pruned->stays_too_large) != pruned->stays_too_large) {
        pruned->stays_too_large
            ? spdlog::warn(
                  "the database is larger than 'history.max_size', and all that is left is "
                  "starred, waits to be read or dismissed, or is owed to subscribers")
            : spdlog::info("the database is within 'history.max_size' again");
    }
    next_ = clock_.ticks() + kBetweenWalks;
}

}  // namespace wirewatch::daemon
