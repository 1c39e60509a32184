// SPDX-License-Identifier: MIT
// The tables, as numbered steps from an empty file to the present. Described in docs/history.md.
#pragma once

#include "base/error.hpp"
#include "history/long_work.hpp"

#include <cstdint>
#include <span>

struct sqlite3;

namespace wirewatch::history {

/// "WWTC" in the file's header says that it is ours. Source: SQLite file format, section 1.3.
constexpr std::int64_t kApplicationId = 0x57575443;

/// Step n (from 1) brings a file from version n - 1 to n. A released step never changes.
[[nodiscard]] std::span<const char* const> schema_steps();

/// Takes the steps that the file has not seen, each in a transaction of its own, and marks the file
/// with kApplicationId and the number of the last step (`user_version`). Foreign keys must be off,
/// so that a step may rebuild a table. Error: refused, where `on_step` breaks it off; the steps
/// that were taken stay.
[[nodiscard]] Result<> migrate(sqlite3* handle, std::span<const char* const> steps,
                               const OnStep& on_step = {});

}  // namespace wirewatch::history
