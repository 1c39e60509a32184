// SPDX-License-Identifier: MIT
// The language in which an article is read: what is said of it, else what its text shows.
#pragma once

#include "base/article.hpp"
#include "base/feed.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::rules {

/// As much of an article is looked at to tell its language; more told no more of 5,000 articles
/// (docs/decisions/0007-cld2-tells-languages.md).
inline constexpr std::size_t kMaxDetectedBytes = 512;

/// A primary subtag ("ur"), never empty: of the article's language, else of the feed's, else of
/// what title, summary and content are written in.
[[nodiscard]] std::string language_of(const Article& article, const Feed& feed);

/// The language that valid UTF-8 text is written in. The same text always gives the same answer.
/// Where there is too little of it to tell, the commonest language of its script: "ru" for
/// Cyrillic, "ar", "fa" or "ur" by the letters that only one of them has; "en" for Latin and where
/// there are no letters at all.
[[nodiscard]] std::string detected_language(std::string_view text);

}  // namespace wirewatch::rules
