// SPDX-License-Identifier: MIT
// How long history keeps what.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace wirewatch::history {

struct RetentionOptions {
    std::chrono::milliseconds articles{0};          ///< kept since first seen; 0: for ever
    std::size_t max_bytes = std::size_t{10} << 30;  ///< of the database; 0: no limit. Our choice
    std::chrono::milliseconds alerts = std::chrono::hours{24 * 90};  ///< all alerts for so long, …
    std::uint64_t least_alerts = 1'000'000;  ///< … and so many in any case (docs/alerts.md G4)

    friend bool operator==(const RetentionOptions&, const RetentionOptions&) = default;
};

/// What one step let go of.
struct Pruned {
    std::size_t articles = 0;
    std::size_t alerts = 0;        ///< left the outbox: a cursor before them is gone
    bool more = false;             ///< there is more to look at: another step soon
    bool stays_too_large = false;  ///< over max_bytes, and nothing that is left may go
};

}  // namespace wirewatch::history
