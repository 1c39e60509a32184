// SPDX-License-Identifier: MIT
// The marks of articles in the database: set, looked up, taken back.
#pragma once

#include "base/error.hpp"
#include "base/mark.hpp"
#include "base/time.hpp"
#include "history/statement.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::history {

struct Marked {
    std::size_t changed = 0;
    std::size_t unchanged = 0;         ///< they were so already
    std::vector<std::string> unknown;  ///< keys that no article has
};

struct Unmarked {
    std::size_t restored = 0;
    std::size_t left = 0;  ///< somebody has marked them otherwise since
};

/// Changes that can be taken back, over all users; older ones are forgotten. Our choice.
inline constexpr std::size_t kMaxMarkChanges = 100'000;

// These are Writer::mark and Writer::undo_marks; the caller holds a transaction.
[[nodiscard]] Result<Marked> set_marks(Statements& statements, const MarkOrder& order, Instant now);
[[nodiscard]] Result<Unmarked> undo_marks(Statements& statements, std::string_view by);

/// What mark_at() reads, of `marks m` joined on the left.
constexpr std::string_view kMarkColumns = "m.at, m.read, m.starred, m.dismissed, m.note, m.by_whom";
constexpr int kMarkColumnCount = 6;
[[nodiscard]] std::optional<Mark> mark_at(Query& row, int first);

[[nodiscard]] Result<std::optional<Mark>> mark_of(Statements& statements, std::int64_t article_id);

}  // namespace wirewatch::history
