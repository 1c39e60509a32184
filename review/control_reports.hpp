// SPDX-License-Identifier: MIT
// What a daemon tells of itself and of its rules, as JSON (docs/control.md). For
// review/control_wire.cpp.
#pragma once

#include "review/control_wire.hpp"

#include <optional>

#include <nlohmann/json_fwd.hpp>

namespace wirewatch::review {

[[nodiscard]] nlohmann::ordered_json to_json(const DaemonStatus& status);
[[nodiscard]] nlohmann::ordered_json to_json(const RuleReport& report);

/// The same back; none where this is not what to_json() writes: another version's.
[[nodiscard]] std::optional<DaemonStatus> status_in(const nlohmann::ordered_json& json);
[[nodiscard]] std::optional<RuleReport> report_in(const nlohmann::ordered_json& json);

}  // namespace wirewatch::review
