// SPDX-License-Identifier: MIT
// Text from outside on its way to a log or a terminal: no control character goes through raw.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch {

/// One safe line: C0, DEL, C1 and the bidirectional overrides (U+202A–202E, U+2066–2069) stand as
/// \n, \t or \u{XXXX}; ill-formed UTF-8 as U+FFFD; beyond `max_bytes` it is cut and ends in "…".
[[nodiscard]] std::string printable(std::string_view text, std::size_t max_bytes = 4096);

}  // namespace wirewatch
