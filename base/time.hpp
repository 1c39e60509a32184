// SPDX-License-Identifier: MIT
// Time as values, and the one seam through which the program learns it.
#pragma once

#include "base/error.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace wirewatch {

/// UTC, in milliseconds since 1970: what is stored and shown.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// Monotonic: measures how long something took, never stored.
using Ticks = std::chrono::steady_clock::time_point;

/// Tests move time by hand (tests/support/manual_clock.hpp). Thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
    [[nodiscard]] virtual Ticks ticks() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] Ticks ticks() const override;
};

/// "2021-04-07T09:30:00Z", with ".123" where the milliseconds are not zero. Years 0001 to 9999;
/// an instant outside is moved to the nearest end. Source: RFC 3339 section 5.6.
[[nodiscard]] std::string to_rfc3339(Instant instant);

/// "15m", "24h", "90s", "7d", "500ms", "2w": a whole number and a unit, what configuration and
/// command line take. Error: invalid, with the forms that are read. At most 100 years.
[[nodiscard]] Result<std::chrono::milliseconds> parse_duration(std::string_view text);

/// The shortest such text for a duration: 900 s is "15m".
[[nodiscard]] std::string to_text(std::chrono::milliseconds duration);

}  // namespace wirewatch
