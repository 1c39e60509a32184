// SPDX-License-Identifier: MIT
// A hit: one rule matched one article, and where.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch {

/// The fields that a rule can look into.
enum class Field { title, summary, content, author, category, url, domain, feed, lang };

[[nodiscard]] constexpr std::string_view to_text(Field field) {
    switch (field) {
        case Field::title:
            return "title";
        case Field::summary:
            return "summary";
        case Field::content:
            return "content";
        case Field::author:
            return "author";
        case Field::category:
            return "category";
        case Field::url:
            return "url";
        case Field::domain:
            return "domain";
        case Field::feed:
            return "feed";
        case Field::lang:
            return "lang";
    }
    return "title";
}

/// What matched. Offsets count Unicode code points of the stored field, end exclusive.
struct Span {
    Field field = Field::title;
    std::uint32_t item = 0;  ///< which author or category, from 0; 0 elsewhere
    std::uint32_t start = 0;
    std::uint32_t end = 0;
    std::string text;  ///< what stands there
    std::string term;  ///< the part of the rule that it satisfied, as written

    friend bool operator==(const Span&, const Span&) = default;
};

struct Hit {
    std::string rule_id;
    std::vector<Span> spans;      ///< in order of field, item, start; at most 200
    std::optional<double> score;  ///< of SCORE rules
    bool backfilled = false;      ///< found among stored articles, by a rule that came after them
};

}  // namespace wirewatch
