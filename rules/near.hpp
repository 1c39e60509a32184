// SPDX-License-Identifier: MIT
// NEAR, ONEAR, SAME: which places of the operands stand close enough to each other.
#pragma once

#include "rules/occurrence.hpp"
#include "rules/query.hpp"

#include <span>
#include <vector>

namespace wirewatch::rules {

/// An operand of a chain, with the places of its leaves that have not been ruled out yet.
struct Operand {
    Kind kind = Kind::term;          ///< all, any, field, set: of its parts; else a leaf
    std::size_t leaf = 0;            ///< what the caller calls the leaf whose places they are
    std::vector<Occurrence> places;  ///< of a leaf, in order
    std::vector<Operand> parts;      ///< of a group
};

/// Rules out the places that are not near enough to their neighbours in the chain; whether one of
/// each operand is left. `words` are the document's, for links that ask for a sentence or
/// paragraph. Where the effort (none: unbounded) is used up, the answer counts for nothing.
[[nodiscard]] bool narrow_to_near(std::vector<Operand>& chain, std::span<const Link> links,
                                  const std::vector<Word>& words, Effort* effort);

struct Located {
    const Node* leaf = nullptr;
    Occurrence where;
};

/// The places of all operands that are near enough to their neighbours in the chain; none where
/// the chain does not hold. An operand (a OR b) needs one of its parts near, (a b) each of them.
[[nodiscard]] std::vector<Located> near_places(const Node& near, const Reading& reading);

}  // namespace wirewatch::rules
