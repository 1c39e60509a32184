// SPDX-License-Identifier: MIT
// A subscriber's place in the stream, and the file that keeps it.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace wirewatch::publishers {

/// Where a subscriber goes on from. An empty epoch fits any.
struct Cursor {
    std::string epoch;
    std::uint64_t seq = 0;
};

/// Reads and writes a cursor file; written beside and renamed, so that a crash leaves the old or
/// the new one. No file: none. Errors: invalid (not a cursor file), io.
[[nodiscard]] Result<std::optional<Cursor>> load_cursor(const std::string& file);
[[nodiscard]] Result<> save_cursor(const std::string& file, const Cursor& cursor);

}  // namespace wirewatch::publishers
