// SPDX-License-Identifier: MIT
// Why a query holds for a document, or why not.
#pragma once

#include "rules/occurrence.hpp"
#include "rules/query.hpp"

#include <string>

namespace wirewatch::rules {

/// The query as an indented tree, ✓ or ✗ before each node, behind each leaf where it stands. For a
/// query that does not hold, at the end the first parts that failed. No newline at the end.
[[nodiscard]] std::string explain(const Node& query, const Reading& reading);

}  // namespace wirewatch::rules
