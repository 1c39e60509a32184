// SPDX-License-Identifier: MIT
// From a query as parsed to the tree that is evaluated: sets put in, fields and forms settled.
#pragma once

#include "rules/query.hpp"
#include "rules/source.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::rules {

enum class Stemming { on, off };

struct Resolved {
    std::optional<Node> query;  ///< none where there is a complaint
    std::vector<Complaint> complaints;
};

/// The parsed query of a set; called only for names that the query or its sets use.
using QueryOf = std::function<const Node&(const std::string& name)>;

/// A copy in which every set holds its query, every leaf its fields and every word its form. The
/// caller has seen to it that all sets are known and the whole is not too large. Complains about
/// what cannot stand beside NEAR.
[[nodiscard]] Resolved resolve_tree(const Node& query, Stemming stemming, const QueryOf& query_of);

}  // namespace wirewatch::rules
