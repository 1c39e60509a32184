// SPDX-License-Identifier: MIT
// Lists of feeds as feed readers exchange them. Source: OPML 1.0 and 2.0,
// http://opml.org/spec2.opml.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// Source: those of feed documents (docs/formats.md, "Limits"), and our choice.
struct OpmlLimits {
    std::size_t max_outlines = 10'000;
    std::size_t max_depth = 256;
    std::size_t max_bytes = 16u << 20;
};

struct OpmlList {
    std::string title;
    /// In document order. `id` is empty where the list was not written by wirewatch; `url` is http
    /// or https. Tags: the folders around an outline from the outermost on, then its categories.
    std::vector<Feed> feeds;
    std::vector<std::string> skipped;   ///< in words, an entry for each outline that is no feed
    std::vector<std::string> repaired;  ///< in words; empty: it was well-formed
    bool cut_off = false;               ///< the end is missing
};

/// Reads OPML as tolerantly as feeds are read (docs/formats.md). Errors: not_a_feed (saying what
/// the document is instead), too_large.
[[nodiscard]] Result<OpmlList> read_opml(std::string_view document, const OpmlLimits& limits = {});

/// OPML 2.0: the first tag of a feed as its folder, all of them as its category. What OPML has no
/// words for (id, interval, …) is in attributes of our own namespace, which other readers pass
/// over: read_opml(write_opml(x)) gives x, but for the order of the folders and for line breaks and
/// control characters, which attributes cannot hold.
[[nodiscard]] std::string write_opml(const std::vector<Feed>& feeds, std::string_view title,
                                     Instant now);

/// The tag that a folder of that name becomes: "middle-east" of "Middle East". Letters beyond ASCII
/// stay as they are. At most 64 bytes; empty where the name has neither letters nor digits.
[[nodiscard]] std::string tag_of_folder(std::string_view name);

}  // namespace wirewatch::feeds
