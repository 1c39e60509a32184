// SPDX-License-Identifier: MIT
// What the database finds addresses and texts by.
#pragma once

#include "base/article.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

struct sqlite3;

namespace wirewatch::history {

/// The first 8 bytes of SHA-256 over the text, a fifth of what itself would take; none for "".
[[nodiscard]] std::optional<std::int64_t> address_hash(std::string_view url);

/// What a reader of an article sees: when it changes, rules look again. 16 bytes of BLAKE2b over
/// the three with their lengths; a third of the time of SHA-256, and every article of a read has
/// one.
[[nodiscard]] Uuid content_hash(std::string_view title, std::string_view summary,
                                std::string_view content);

[[nodiscard]] inline Uuid content_hash(const Article& article) {
    return content_hash(article.title, article.summary, article.content);
}

/// Makes them the SQL functions address_hash(text) and content_hash(text, text, text) of this
/// connection, for steps of the schema.
[[nodiscard]] Result<> add_hashes(sqlite3* handle);

}  // namespace wirewatch::history
