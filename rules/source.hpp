// SPDX-License-Identifier: MIT
// The text of one rule or set, and where in its file it stands.
#pragma once

#include "base/rule.hpp"
#include "rules/problem.hpp"
#include "rules/query.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace wirewatch::rules {

/// Problems told of one query; what comes after them shows when these are mended. Our choice: each
/// brings its source line along.
inline constexpr std::size_t kMaxProblems = 100;

/// What is wrong, and where in the query.
struct Complaint {
    Place place;
    std::string text;
};

struct Source {
    std::string name;  ///< the rule's id, or "@" and the set's name
    std::string_view text;
    Position at;  ///< of its first character; line 0: the text stands alone and begins at 1:1
    std::span<const Bend> bends{};
};

/// The complaint with line, column, source line and caret.
[[nodiscard]] Problem locate(const Source& source, Weight weight, const Complaint& complaint);

}  // namespace wirewatch::rules
