// SPDX-License-Identifier: MIT
// How wide text is on a terminal, so that tables line up and carets point.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirewatch {

/// The columns that valid UTF-8 text takes: two for a wide East Asian character, none for a mark or
/// an invisible one. Source: Unicode Standard Annex 11.
[[nodiscard]] std::size_t columns(std::string_view text);

/// The same of one character.
[[nodiscard]] std::size_t columns_of(char32_t character);

}  // namespace wirewatch
