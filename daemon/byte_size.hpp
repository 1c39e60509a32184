// SPDX-License-Identifier: MIT
// Sizes as configuration writes them: "16MiB".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::daemon {

/// A whole number and one of B, KiB, MiB, GiB; at most 1 TiB. None where it is not of that form.
[[nodiscard]] std::optional<std::size_t> parse_byte_size(std::string_view text);

/// The shortest such text.
[[nodiscard]] std::string byte_size_text(std::size_t bytes);

}  // namespace wirewatch::daemon
