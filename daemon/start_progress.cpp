// SPDX-License-Identifier: MIT
#include "daemon/start_progress.hpp"

#include "daemon/service.hpp"

#include <chrono>
#include <csignal>
#include <utility>

#include <spdlog/spdlog.h>

namespace wirewatch::daemon {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kTellAgain = 1s;
// Between two words of ours the disk may be waited for: a transaction of gigabytes that goes to it.
constexpr std::chrono::microseconds kMostBetween = 2min;

}  // namespace

history::Proceed StartProgress::at(std::string_view step) {
    const Ticks now = clock_.ticks();
    const bool fresh = step != step_;
    if (fresh) {
        step_ = step;
        begun_ = now;
        logged_ = false;
    }
    if (fresh || now - told_ >= kTellAgain) {
        service::starting(step_, kMostBetween);
        told_ = now;
    }
    if (now - begun_ >= kTellAgain && !std::exchange(logged_, true)) {
        spdlog::info("starting: " + step_ + "; this takes its time");
    }
    broken_off_ = signals_.waits(SIGTERM) || signals_.waits(SIGINT);
    return broken_off_ ? history::Proceed::break_off : history::Proceed::go_on;
}

}  // namespace wirewatch::daemon
