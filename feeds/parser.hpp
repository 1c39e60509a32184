// SPDX-License-Identifier: MIT
// From the bytes of a document to its articles, whatever the format. Pure: no network, no clock.
#pragma once

#include "base/article.hpp"
#include "base/error.hpp"
#include "base/time.hpp"
#include "feeds/feed_schedule.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// Source: docs/formats.md, "Limits".
struct ParseLimits {
    std::size_t max_articles = 10'000;
    std::size_t max_depth = 256;
    std::size_t max_tags = 400'000;  ///< JSON: values; fewer where the document is dense of them
    std::size_t max_attributes = 400'000;
    std::size_t max_bytes = 16u << 20;
    /// A date that a rule has to guess lies before it or is none (dates.hpp); empty: wherever.
    std::optional<Instant> latest_guess = std::nullopt;
};

/// Where a document came from.
struct DocumentSource {
    std::string_view content_type;  ///< the HTTP header, charset included; empty: unknown
    std::string_view base_url;      ///< what relative links hang on; empty: none
};

/// Whether articles carry the HTML of their texts beside the texts: `feeds parse` shows it, nothing
/// else wants it.
enum class Markup { dropped, kept };

struct ParsedFeed {
    std::string format;    ///< "RSS 2.0", "Atom 1.0", "JSON Feed 1.1", …
    std::string encoding;  ///< what the bytes were decoded as
    std::vector<std::string>
        repaired;          ///< in words, what had to be mended to read it; empty: nothing
    bool cut_off = false;  ///< the document breaks off: articles may be missing
    bool last_is_unfinished = false;  ///< of the last article, what follows the break is missing
    std::string title;
    std::string url;       ///< the page that the feed belongs to
    std::string feed_url;  ///< what the feed says its own address is
    std::string description;
    std::string language;
    std::vector<std::string> authors;
    std::string image;
    FeedSchedule schedule;
    std::vector<std::string> hubs;  ///< WebSub hubs that tell of changes
    std::string next_url;           ///< where older articles are
    bool expired = false;           ///< the feed says that nothing will come any more
    std::vector<Article> articles;  ///< in document order; feed_id and key are empty
};

/// Reads RSS 0.90 to 2.0, Atom 0.3 and 1.0, JSON Feed 1.x (docs/formats.md). Errors: not_a_feed
/// (saying what the document is), too_large.
[[nodiscard]] Result<ParsedFeed> parse_feed(std::string_view document, const DocumentSource& source,
                                            const ParseLimits& limits = {},
                                            Markup markup = Markup::kept);

}  // namespace wirewatch::feeds
