// SPDX-License-Identifier: MIT
// The marks of a control request, as JSON (docs/control.md). For review/control_wire.cpp.
#pragma once

#include "base/error.hpp"
#include "base/mark.hpp"
#include "review/control_wire.hpp"

#include <nlohmann/json_fwd.hpp>

namespace wirewatch::review {

[[nodiscard]] nlohmann::ordered_json to_json(const MarkOrder& order);

/// What `request` holds under "marks" for mark and undo; of other commands there must be none.
/// Error: invalid, in words for whoever wrote it.
[[nodiscard]] Result<MarkOrder> marks_of(const nlohmann::ordered_json& request,
                                         ControlCommand command);

}  // namespace wirewatch::review
