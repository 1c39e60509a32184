// SPDX-License-Identifier: MIT
// A subscriber's place in the stream, and the file that keeps it.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::publishers {

/// Where a subscriber goes on from. An empty epoch fits any.
struct Cursor {
    std::string epoch;
    std::uint64_t seq = 0;
};

/// Reads and writes a cursor file; written beside and renamed, so that a crash leaves the old or
/// the new one. `topics` (Subscription::topics()) are kept with the place: it has passed all others
/// unseen. No file: none. Errors: io; invalid: not a cursor file, or one that was kept without some
/// of `topics`. Files of old do not say with which they were kept, and fit any.
[[nodiscard]] Result<std::optional<Cursor>> load_cursor(
    const std::string& file, const std::vector<std::string>& topics = {});
[[nodiscard]] Result<> save_cursor(const std::string& file, const Cursor& cursor,
                                   const std::vector<std::string>& topics = {});

}  // namespace wirewatch::publishers
