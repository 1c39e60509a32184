// SPDX-License-Identifier: MIT
#include "history/address_hash.hpp"

#include "base/digest.hpp"
#include "history/statement.hpp"

#include <sqlite3.h>

namespace wirewatch::history {

namespace {

void hash_in_sql(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(values[0]));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
    if (const auto hash = address_hash({bytes == nullptr ? "" : bytes, size})) {
        sqlite3_result_int64(context, *hash);
    }
}

}  // namespace

std::optional<std::int64_t> address_hash(std::string_view url) {
    if (url.empty()) {
        return std::nullopt;
    }
    const Uuid digest = head16(sha256(url));
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        bits = bits << 8 | digest[i];
    }
    return static_cast<std::int64_t>(bits);
}

Result<> add_address_hash(sqlite3* handle) {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    if (sqlite3_create_function_v2(handle, "address_hash", 1, flags, nullptr, hash_in_sql, nullptr,
                                   nullptr, nullptr) != SQLITE_OK) {
        return tl::unexpected(sqlite_error(handle));
    }
    return {};
}

}  // namespace wirewatch::history
