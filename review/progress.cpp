// SPDX-License-Identifier: MIT
#include "review/progress.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <utility>

namespace wirewatch::review {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 1s;    // what is over sooner needs no bar
constexpr auto kBetween = 100ms;  // two drawings
constexpr std::size_t kBar = 24;  // columns; our choice

}  // namespace

Progress::Progress(const Terminal& terminal, const Clock& clock, std::string what,
                   std::size_t total)
    : terminal_{terminal},
      clock_{clock},
      what_{std::move(what)},
      total_{total},
      begun_{clock.ticks()} {}

Progress::~Progress() {
    if (drawn_) {
        terminal_.err << "\r\033[K" << std::flush;
    }
}

void Progress::advance(std::size_t done) {
    if (terminal_.width == 0 || total_ == 0) {
        return;
    }
    const Ticks now = clock_.ticks();
    if (now - begun_ >= kPatience && (!drawn_ || now - *drawn_ >= kBetween)) {
        draw(std::min(done, total_), now);
    }
}

void Progress::draw(std::size_t done, Ticks now) {
    const double part = static_cast<double>(done) / static_cast<double>(total_);
    const auto filled = static_cast<std::size_t>(part * static_cast<double>(kBar));
    std::string line = what_ + "  [" + std::string(filled, '#') + std::string(kBar - filled, ' ') +
                       "] " + std::to_string(static_cast<int>(part * 100)) + " %";
    if (done > 0) {
        const std::chrono::duration<double> left = (now - begun_) / part * (1 - part);
        line += "  about " + std::to_string(static_cast<long>(left.count()) + 1) + " s left";
    }
    terminal_.err << "\r\033[K" << cut_to_columns(line, terminal_.width - 1) << std::flush;
    drawn_ = now;
}

}  // namespace wirewatch::review
