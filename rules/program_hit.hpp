// SPDX-License-Identifier: MIT
// What a program that holds found, and where.
#pragma once

#include "base/hit.hpp"
#include "rules/article_parts.hpp"
#include "rules/program.hpp"
#include "rules/program_runner.hpp"
#include "rules/word_places.hpp"

#include <span>

namespace wirewatch::rules {

/// Spans and score of a whole program that holds, as hit_of() of rules/evaluate.hpp makes them from
/// its query. The rule's id stays empty.
[[nodiscard]] Hit program_hit(const Programs& programs, const Step& root, ProgramRunner& runner,
                              std::span<const PartText> parts, const WordPlaces& places);

}  // namespace wirewatch::rules
