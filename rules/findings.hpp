// SPDX-License-Identifier: MIT
// What is wrong, or seldom meant, in a query that follows the grammar.
#pragma once

#include "rules/problem.hpp"
#include "rules/query.hpp"
#include "rules/source.hpp"

#include <string_view>
#include <vector>

namespace wirewatch::rules {

struct Finding {
    Weight weight = Weight::error;
    Complaint complaint;
};

/// About the alternatives of one OR: an AND beside it without parentheses, and terms that another
/// alternative contains already (looked for among the first 200). `query` is the whole text.
[[nodiscard]] std::vector<Finding> findings_in_alternatives(const Node& any,
                                                            std::string_view query);

/// About an ATLEAST or SCORE whose number always or never is reached.
[[nodiscard]] std::vector<Finding> findings_in_list(const Node& list);

/// About a comment of a query of one line that looks as if it were meant as a hashtag. An empty
/// place: none does.
[[nodiscard]] std::vector<Finding> findings_in_comment(Place hashtag, std::string_view query);

/// About a group that only takes away.
[[nodiscard]] std::vector<Finding> findings_in_group(const Node& group);

}  // namespace wirewatch::rules
