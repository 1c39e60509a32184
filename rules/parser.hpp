// SPDX-License-Identifier: MIT
// From the text of one query to its tree. The grammar: docs/rules.md.
#pragma once

#include "rules/problem.hpp"
#include "rules/query.hpp"
#include "rules/regexes.hpp"
#include "rules/source.hpp"

#include <optional>
#include <vector>

namespace wirewatch::rules {

struct Parsed {
    std::optional<Node> query;  ///< none where a problem is an error
    std::vector<Problem> problems;
};

/// Parses one query. Reading stops at the first thing that fits nowhere; what is wrong inside a
/// term (an unknown field, a bad expression) is reported and reading goes on. Regular expressions
/// are compiled into `regexes`. Sets stay references: rules/sets.hpp puts them in.
[[nodiscard]] Parsed parse(const Source& source, Regexes& regexes);

}  // namespace wirewatch::rules
