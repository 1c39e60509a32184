// SPDX-License-Identifier: MIT
// Finds hits, and gathers them into the articles they belong to.
#pragma once

#include "base/error.hpp"
#include "history/reader.hpp"
#include "history/statement.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace wirewatch::history {

/// Reader::hits.
[[nodiscard]] Result<HitPage> search_hits(Statements& statements, const HitQuery& query);

/// The other articles of its story, oldest first; at most 50.
[[nodiscard]] Result<std::vector<Copy>> copies_of(Statements& statements, std::int64_t article_id);

/// All hits of one article, a row per revision that was matched, oldest first.
[[nodiscard]] Result<std::vector<HitRow>> hits_of(Statements& statements, std::int64_t article_id);

/// Reader::each_hit.
[[nodiscard]] Result<> visit_hits(Statements& statements, const HitQuery& query,
                                  const std::function<void(const CountedHit&)>& visit);

/// Reader::listed.
[[nodiscard]] Result<HitRow> listed_article(Statements& statements, Candidate candidate);

}  // namespace wirewatch::history
