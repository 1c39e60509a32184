// SPDX-License-Identifier: MIT
// What history holds of an article, found by its key.
#pragma once

#include "base/digest.hpp"
#include "base/error.hpp"
#include "history/statement.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace wirewatch::history {

struct KnownArticle {
    std::int64_t id = 0;
    std::int64_t revision = 0;  ///< the one that stands in its feed
    Uuid hash{};                ///< of that one's title, summary and content
    std::int64_t story = 0;
};

/// None: history does not hold it. Errors: the database's.
[[nodiscard]] Result<std::optional<KnownArticle>> known_article(Statements& statements,
                                                                std::string_view key);

}  // namespace wirewatch::history
