// SPDX-License-Identifier: MIT
// An alert, put together from the tables that its hit refers to.
#pragma once

#include "base/alert.hpp"
#include "base/error.hpp"
#include "history/statement.hpp"

#include <cstdint>

namespace wirewatch::history {

/// The alert of a hit, with article, rule, feed and story as they are stored now. What the outbox
/// gives it is left empty: seq, tseq, uuid, time, the size of its story. So is of the article what
/// no alert shows: content, id, image, comments, enclosures. Error: bad_database, where the hit or
/// what it refers to is not there.
[[nodiscard]] Result<Alert> alert_about(Statements& statements, std::int64_t hit_id);

}  // namespace wirewatch::history
