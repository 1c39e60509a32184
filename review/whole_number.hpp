// SPDX-License-Identifier: MIT
// A count as a person types it on a command line.
#pragma once

#include <cstdint>
#include <string>

namespace wirewatch::review {

/// As CLI11 wants it of a check: empty where `text` is a whole number of at least `least`, else
/// what to write instead. CLI11's own checks would wrap -1 round, or name limits of 300 digits.
[[nodiscard]] std::string check_whole_number(const std::string& text, std::uint64_t least);

}  // namespace wirewatch::review
