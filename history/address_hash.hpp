// SPDX-License-Identifier: MIT
// Addresses as the database finds them: by 64 bits of a hash, a fifth of what the text would take.
#pragma once

#include "base/error.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

struct sqlite3;

namespace wirewatch::history {

/// The first 8 bytes of SHA-256 over the text; none for "".
[[nodiscard]] std::optional<std::int64_t> address_hash(std::string_view url);

/// Makes it the SQL function address_hash(text) of this connection, for steps of the schema.
[[nodiscard]] Result<> add_address_hash(sqlite3* handle);

}  // namespace wirewatch::history
