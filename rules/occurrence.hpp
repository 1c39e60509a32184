// SPDX-License-Identifier: MIT
// Where a single term, expression or host stands in a document.
#pragma once

#include "rules/answers.hpp"
#include "rules/document.hpp"
#include "rules/effort.hpp"
#include "rules/query.hpp"
#include "rules/regexes.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace wirewatch::rules {

/// What an evaluation looks at; all outlive it.
struct Reading {
    const Document& document;
    const Regexes& regexes;
    Effort* effort = nullptr;  ///< none: it takes what it takes. Used up: answers count for nothing
    Answers* answers = nullptr;  ///< none: every node is asked
};

struct Occurrence {
    std::size_t part = 0;        ///< in Document::parts()
    std::size_t first_word = 0;  ///< in Document::words(); of terms alone
    std::size_t last_word = 0;
    std::uint32_t start = 0;  ///< code points of the part's text
    std::uint32_t end = 0;
};

inline constexpr std::size_t kAllOccurrences = std::numeric_limits<std::size_t>::max();

/// The first `limit` places where the leaf stands, in order: their first words rise, and so do
/// their last words.
[[nodiscard]] std::vector<Occurrence> occurrences(const Node& leaf, const Reading& reading,
                                                  std::size_t limit = kAllOccurrences);

}  // namespace wirewatch::rules
