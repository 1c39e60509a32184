// SPDX-License-Identifier: MIT
// SHA-256 and what is cut from it: content hashes, article keys, alert uuids.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace wirewatch {

using Digest = std::array<std::uint8_t, 32>;
using Uuid = std::array<std::uint8_t, 16>;

/// Source: FIPS 180-4, through libsodium.
[[nodiscard]] Digest sha256(std::string_view bytes);

/// Over several parts, each with its length in front, so that ("ab","c") differs from ("a","bc").
[[nodiscard]] Digest sha256(std::initializer_list<std::string_view> parts);

/// The first 16 bytes.
[[nodiscard]] Uuid head16(const Digest& digest);

[[nodiscard]] std::string to_hex(const std::uint8_t* bytes, std::size_t count);
[[nodiscard]] std::string to_hex(const Digest& digest);

/// "0f9c…" in the five groups 8-4-4-4-12 of RFC 9562, and back (with or without dashes).
[[nodiscard]] std::string to_text(const Uuid& uuid);
[[nodiscard]] std::optional<Uuid> parse_uuid(std::string_view text);

}  // namespace wirewatch
