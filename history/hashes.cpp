// SPDX-License-Identifier: MIT
#include "history/hashes.hpp"

#include "history/statement.hpp"

#include <sodium/crypto_generichash.h>
#include <sqlite3.h>

namespace wirewatch::history {

namespace {

std::string_view text_of(sqlite3_value* value) {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    return bytes == nullptr ? std::string_view{} : std::string_view{bytes, size};
}

void address_in_sql(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
    if (const auto hash = address_hash(text_of(values[0]))) {
        sqlite3_result_int64(context, *hash);
    }
}

void content_in_sql(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
    const Uuid hash = content_hash(text_of(values[0]), text_of(values[1]), text_of(values[2]));
    sqlite3_result_blob64(context, hash.data(), hash.size(), SQLITE_TRANSIENT);
}

void add(crypto_generichash_state& state, std::string_view text) {
    std::array<unsigned char, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
        length[i] = static_cast<unsigned char>(text.size() >> i * 8);
    }
    crypto_generichash_update(&state, length.data(), length.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                              text.size());
}

}  // namespace

std::optional<std::int64_t> address_hash(std::string_view url) {
    if (url.empty()) {
        return std::nullopt;
    }
    const Digest digest = sha256(url);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        bits = bits << 8 | digest[i];
    }
    return static_cast<std::int64_t>(bits);
}

Uuid content_hash(std::string_view title, std::string_view summary, std::string_view content) {
    Uuid hash{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, hash.size());
    add(state, title);
    add(state, summary);
    add(state, content);
    crypto_generichash_final(&state, hash.data(), hash.size());
    return hash;
}

Result<> add_hashes(sqlite3* handle) {
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    if (sqlite3_create_function_v2(handle, "address_hash", 1, flags, nullptr, address_in_sql,
                                   nullptr, nullptr, nullptr) != SQLITE_OK ||
        sqlite3_create_function_v2(handle, "content_hash", 3, flags, nullptr, content_in_sql,
                                   nullptr, nullptr, nullptr) != SQLITE_OK) {
        return tl::unexpected(sqlite_error(handle));
    }
    return {};
}

}  // namespace wirewatch::history
