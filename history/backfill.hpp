// SPDX-License-Identifier: MIT
// Rules that look at stored articles once: what is still to be looked at, kept in the database so
// that a restart goes on where the work ended.
#pragma once

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "history/article_walk.hpp"
#include "history/statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::history {

/// A rule that wants hits from stored articles, once for each `text` of it.
struct BackfillWish {
    std::string rule_id;
    Uuid text{};    ///< a digest of all that its hits depend on
    Instant since;  ///< from articles first seen then or later
};

/// One walk over the stored articles, for all rules that began together with the same `since`.
struct BackfillWalk {
    std::int64_t id = 0;
    std::vector<std::string> rule_ids;
    ArticleRange rest;  ///< what has not been looked at; its count may be 0
};

/// Writer::plan_backfills, without the transaction.
[[nodiscard]] Result<std::vector<BackfillWalk>> plan_backfills(
    Statements& statements, const std::vector<BackfillWish>& wishes, Instant now);

/// Keeps how far a walk has come; `over_at`: it has ended.
[[nodiscard]] Result<> store_progress(Statements& statements, const BackfillWalk& walk,
                                      std::optional<Instant> over_at);

}  // namespace wirewatch::history
