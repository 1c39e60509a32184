// SPDX-License-Identifier: MIT
// What people ask of hits and articles beside their words, and a place in a list to go on from.
#pragma once

#include "base/requirement.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::history {

/// What marks say of an article. An unread one is neither read nor dismissed.
enum class Status { unread, read, starred, dismissed, noted };

/// Conditions on an article, all of which must hold.
struct ArticleFilter {
    std::vector<std::string> feeds;  ///< any of these ids; empty: all
    std::vector<std::string>
        languages;                 ///< any of these primary subtags, as rules read it; empty: all
    std::vector<Status> statuses;  ///< any of these; empty: all but dismissed ones
    bool dismissed_too = false;    ///< with no statuses: all
    Requirement words;  ///< coarse: what does not meet it is left out, what meets it need not match
};

/// The newest articles first, in the order in which they came. Give it back to go on.
struct ArticleSearch {
    ArticleFilter filter;
    std::optional<Instant> since;  ///< first seen at or after
    std::optional<Instant> until;  ///< first seen before
    std::int64_t before = 0;       ///< row ids below this; 0: from the newest on
    std::int64_t lowest = 0;       ///< and from here on; set by Reader::find_articles()
    std::size_t looks = 200;       ///< candidates that the next batch looks at
};

/// Behind the last article of a page: newer hits do not move it.
struct HitCursor {
    std::int64_t newest = 0;  ///< the last hit that there was when the first page was made
    Instant at;               ///< of the last article's newest hit …
    std::int64_t hit = 0;     ///< … and its row
};

}  // namespace wirewatch::history
