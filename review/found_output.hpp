// SPDX-License-Identifier: MIT
// A list of articles as a person reads it: a table, and below each title where QUERY was found.
#pragma once

#include "review/listing.hpp"
#include "review/terminal.hpp"

#include <vector>

namespace wirewatch::review {

void print_found(const Terminal& terminal, const std::vector<Found>& rows);

/// "*" starred, "r" read, "x" dismissed, "n" has a note; empty: none of it.
[[nodiscard]] std::string mark_signs(const std::optional<Mark>& mark);

/// The part of a field around the first of its spans, on one line, with the spans highlighted:
/// "… sign a *gas pipeline* deal …". Empty where the field has none.
[[nodiscard]] std::string excerpt(const Terminal& terminal, std::string_view text, Field field,
                                  const std::vector<Span>& spans);

/// Of summary and content, the first that has spans.
[[nodiscard]] std::string snippet(const Terminal& terminal, const Article& article,
                                  const std::vector<Span>& spans);

}  // namespace wirewatch::review
