// SPDX-License-Identifier: MIT
// What is legal in a query, but seldom meant.
#pragma once

#include "rules/query.hpp"
#include "rules/source.hpp"

#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// About the alternatives of one OR: an AND beside it without parentheses, and terms that another
/// alternative contains already (looked for among the first 200). `query` is the whole text.
[[nodiscard]] std::vector<Complaint> warnings_about_alternatives(const Node& any,
                                                                 std::string_view query);

}  // namespace wirewatch::rules
