// SPDX-License-Identifier: MIT
// Categories of RSS and Atom, in all their shapes.
#pragma once

#include "feeds/xml_fields.hpp"

#include <string>
#include <vector>

namespace wirewatch::feeds {

/// What all elements of `names` say, once each and in that order: a label, else a term, else the
/// text; each of an rdf:Bag; each of a list with commas, where the element is `keywords`.
[[nodiscard]] std::vector<std::string> categories_in(const Children& parent, const Names& names);

}  // namespace wirewatch::feeds
