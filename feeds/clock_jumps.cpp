// SPDX-License-Identifier: MIT
#include "feeds/clock_jumps.hpp"

#include <cstdlib>

namespace wirewatch::feeds {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTolerance = std::chrono::seconds{2};

}  // namespace

milliseconds ClockJumps::since_last(Instant now, Ticks ticks) {
    const milliseconds offset =
        now.time_since_epoch() - std::chrono::floor<milliseconds>(ticks.time_since_epoch());
    const milliseconds moved = offset - offset_.value_or(offset);
    offset_ = offset;
    return std::chrono::abs(moved) > kTolerance ? moved : milliseconds{0};
}

}  // namespace wirewatch::feeds
