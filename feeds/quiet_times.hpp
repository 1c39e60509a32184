// SPDX-License-Identifier: MIT
// The hours and days on which a feed asks not to be polled (RSS skipHours and skipDays). Pure.
#pragma once

#include "base/time.hpp"

#include <cstdint>

namespace wirewatch::feeds {

/// All in UTC. A feed that leaves no hour of the day, or no day of the week, says nothing.
struct QuietTimes {
    std::uint32_t hours = 0;  ///< bit 0 is the hour that begins at 00:00
    std::uint32_t days = 0;   ///< bit 0 is Sunday

    /// Whether it asks to be left alone at that moment.
    [[nodiscard]] bool covers(Instant moment) const;

    /// `moment`, or the first one after it that is not covered.
    [[nodiscard]] Instant end(Instant moment) const;

    friend bool operator==(const QuietTimes&, const QuietTimes&) = default;
};

}  // namespace wirewatch::feeds
