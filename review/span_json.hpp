// SPDX-License-Identifier: MIT
// What matched, as every command's JSON has it.
#pragma once

#include "base/hit.hpp"

#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace wirewatch::review {

/// A list of field, start, end, text and term; the item where it is not the first.
[[nodiscard]] nlohmann::ordered_json spans_json(const std::vector<Span>& spans);

}  // namespace wirewatch::review
