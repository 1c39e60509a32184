// SPDX-License-Identifier: MIT
// An article as a feed carries it, in one shape for all formats.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch {

struct Enclosure {
    std::string url;
    std::string type;          ///< media type; empty: not said
    std::uint64_t length = 0;  ///< bytes; 0: not said
};

/// All strings are valid UTF-8. Text fields hold visible text: no tags, no entities, paragraphs
/// separated by "\n\n", other block ends by "\n". URLs are absolute, or as the feed had them where
/// they cannot be made so. Empty means absent.
struct Article {
    std::string key;  ///< 32 hex digits, unique over all feeds (feeds/identity.hpp)
    std::string feed_id;

    std::string id;   ///< the feed's own id for it: guid, atom:id
    std::string url;  ///< as shown to people, tracking parameters and all
    std::string title;
    std::string summary;
    std::string content;
    std::string title_html;    ///< as the feed gave it, for `feeds parse` only; not stored
    std::string summary_html;  ///< likewise
    std::string content_html;  ///< likewise
    std::vector<std::string> authors;
    std::vector<std::string> categories;
    std::string language;  ///< BCP 47
    std::optional<Instant> published;
    std::optional<Instant> updated;
    std::string image;
    std::string comments_url;
    std::vector<Enclosure> enclosures;
};

}  // namespace wirewatch
