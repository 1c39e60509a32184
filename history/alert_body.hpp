// SPDX-License-Identifier: MIT
// The body of an alert: a CloudEvents 1.0 event in JSON. Its schema: docs/alert.schema.json.
#pragma once

#include "base/alert.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::history {

/// Never longer than `max_bytes`, which must be at least 60,000. What does not fit is shortened in
/// this order, and the article says `"truncated": true`: the summary; then long lists and strings,
/// in three steps (alert_body.cpp); the summary gets what room is left.
[[nodiscard]] std::string alert_body(const Alert& alert, std::string_view deployment,
                                     std::size_t max_bytes);

}  // namespace wirewatch::history
