// SPDX-License-Identifier: MIT
// From a response to its articles, also where several documents make up one feed.
#pragma once

#include "base/error.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/parser.hpp"

#include <optional>

namespace wirewatch::feeds {

struct ReadDocuments {
    ParsedFeed feed;
    std::optional<Error> trouble;  ///< some documents could not be read; the others are in `feed`
};

/// parse_feed() of the body. Where it is in parts, each is parsed for itself: the articles of all,
/// in the parts' order, and the rest of the feed as the first of them that can be read says it; no
/// part at all is an empty feed. The limit on articles is that of all parts together. Relative
/// links of files stay relative: no path of this machine gets into an article.
/// Errors: those of parse_feed(); not_a_feed where no part of several can be read.
[[nodiscard]] Result<ReadDocuments> read_documents(const Response& response,
                                                   const ParseLimits& limits);

}  // namespace wirewatch::feeds
