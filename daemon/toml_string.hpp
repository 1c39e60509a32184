// SPDX-License-Identifier: MIT
// Text as a value in a TOML file.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::daemon {

/// A basic string, in its quotes; ill-formed UTF-8 is repaired, what no editor shows is escaped.
/// Source: TOML 1.0, "String".
[[nodiscard]] std::string toml_string(std::string_view text);

}  // namespace wirewatch::daemon
