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
    std::vector<Node>
        sets;  ///< where there is an error: the references that were read all the same
};

/// Parses one query. What fits nowhere is reported, and reading goes on behind it: at the next AND,
/// OR, comma or parenthesis. Regular expressions are compiled into `regexes`. Sets stay
/// references: rules/sets.hpp puts them in.
[[nodiscard]] Parsed parse(const Source& source, Regexes& regexes);

}  // namespace wirewatch::rules
