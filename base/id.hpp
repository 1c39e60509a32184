// SPDX-License-Identifier: MIT
// What ids are made of: those of feeds and rules stand in topics, commands and the database.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirewatch {

inline constexpr std::size_t kMaxIdBytes = 64;  ///< so that a topic stays under 128; docs/alerts.md

/// [a-z0-9._-]{1,64}
[[nodiscard]] constexpr bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= kMaxIdBytes &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") ==
               std::string_view::npos;
}

}  // namespace wirewatch
