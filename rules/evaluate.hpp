// SPDX-License-Identifier: MIT
// Whether a resolved query holds for a document, and where. Plain: every node is asked, nothing is
// prepared over rules; faster ways are measured against this one.
#pragma once

#include "base/hit.hpp"
#include "rules/near.hpp"
#include "rules/occurrence.hpp"
#include "rules/query.hpp"

#include <cstddef>
#include <vector>

namespace wirewatch::rules {

inline constexpr std::size_t kMaxSpans = 200;  ///< base/hit.hpp

[[nodiscard]] bool holds(const Node& node, const Reading& reading);

/// How many children of a node hold.
[[nodiscard]] std::size_t holding_children(const Node& node, const Reading& reading);

/// The weights of what holds in a SCORE node.
[[nodiscard]] double score_of(const Node& score, const Reading& reading);

/// Spans and score of a query that holds. Nothing under NOT gives spans, nor does a part of SCORE
/// whose weight is below zero. Of several SCOREs the highest counts. The rule's id stays empty.
[[nodiscard]] Hit hit_of(const Node& query, const Reading& reading);

/// The places as spans: in order, none twice, at most kMaxSpans.
[[nodiscard]] std::vector<Span> spans_of(std::vector<Located> places, const Document& document);

}  // namespace wirewatch::rules
