// SPDX-License-Identifier: MIT
// The sizes of enclosures, as feeds write them.
#pragma once

#include <cstdint>
#include <string_view>

namespace wirewatch::feeds {

/// Bytes of "1234567", "1,234,567", "1234567.0", "1.2 MB" (of a thousand thousands). 0: it is no
/// size, or one that can be read in several ways ("1.234").
[[nodiscard]] std::uint64_t byte_count(std::string_view text);

}  // namespace wirewatch::feeds
