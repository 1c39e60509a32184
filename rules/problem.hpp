// SPDX-License-Identifier: MIT
// What is wrong with a rule, for the person who wrote it.
#pragma once

#include "base/rule.hpp"

#include <string>
#include <vector>

namespace wirewatch::rules {

enum class Weight { error, warning };

struct Problem {
    Weight weight = Weight::error;
    std::string rule_id;  ///< the rule or @set it is about
    Position at;
    std::string text;    ///< what is wrong and what to write instead
    std::string source;  ///< the line of the query it stands in; empty: none
    int caret = 0;       ///< column in `source`, from 1
};

/// "rules.toml:12:9", "12:9" without a file, nothing without a line.
[[nodiscard]] std::string to_text(const Position& at);

/// "rules.toml:12:9: error: …", then the line and a caret below the place. No newline at the end.
[[nodiscard]] std::string to_text(const Problem& problem);

}  // namespace wirewatch::rules
