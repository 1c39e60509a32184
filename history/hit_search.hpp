// SPDX-License-Identifier: MIT
// Finds hits, and gathers them into the articles they belong to.
#pragma once

#include "base/error.hpp"
#include "history/reader.hpp"
#include "history/statement.hpp"

#include <cstdint>
#include <vector>

namespace wirewatch::history {

/// Reader::hits.
[[nodiscard]] Result<std::vector<HitRow>> search_hits(Statements& statements,
                                                      const HitQuery& query);

/// The other articles of its story, oldest first; at most 50.
[[nodiscard]] Result<std::vector<Copy>> copies_of(Statements& statements, std::int64_t article_id);

/// All hits of one article, a row per revision that was matched, oldest first.
[[nodiscard]] Result<std::vector<HitRow>> hits_of(Statements& statements, std::int64_t article_id);

}  // namespace wirewatch::history
