// SPDX-License-Identifier: MIT
// From the address of a page to the feeds of its publisher: what the page links to, else what
// stands where feeds usually stand.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "feeds/fetcher.hpp"
#include "feeds/parser.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// Where the address of a feed comes from.
enum class FoundBy {
    address,  ///< it is what was asked for
    link,     ///< the page names it as its feed
    anchor,   ///< the page links to it, and it looks like a feed
    guess,    ///< a common path
};

struct FoundFeed {
    std::string url;
    std::string title;  ///< the feed's own, else the page's name for it
    FoundBy found_by = FoundBy::link;
    bool verified = false;  ///< it was fetched and is a feed; what follows is only then known
    std::string problem;    ///< why it could not be verified though it was tried; empty: none
    std::string format;     ///< "RSS 2.0", …
    std::string language;
    std::size_t articles = 0;
    std::optional<Instant> newest;  ///< date of its newest article; none: no article has one
};

struct Discovery {
    std::string page_title;
    std::vector<FoundFeed> feeds;  ///< the best first; each feed once
    std::size_t untried = 0;       ///< further links of the page, beyond max_fetches
};

struct DiscoveryOptions {
    std::size_t max_fetches = 20;  ///< besides the page itself; our choice
    ParseLimits parse;
    std::vector<std::string> allow_private;  ///< as Feed::allow_private, for all that is fetched
    std::function<void(const std::string& url)> before_fetch;  ///< shows progress; may be empty
};

/// Fetches `url` and, where it is a page, what could be its feeds, one after another. Common paths
/// are tried only where no link of the page is one. What the page names as a feed is in the result
/// even where it is none, with its problem; anything else only where it is a feed. Errors: those of
/// fetch_document() for `url` itself; not_a_feed, where it is neither a feed nor a page.
[[nodiscard]] Result<Discovery> discover(Fetcher& fetcher, const std::string& url,
                                         const DiscoveryOptions& options);

/// The same for a document that is at hand: nothing is fetched, so that links stay unverified.
/// Error: not_a_feed, where it is neither a feed nor a page.
[[nodiscard]] Result<Discovery> discover_in(std::string_view document, const DocumentSource& source,
                                            const ParseLimits& limits);

/// Where the publisher of `page_url` would keep a feed: below the page, then below the host's root.
/// At most 20. Source: the defaults of WordPress, Blogger, Ghost, Hugo, Jekyll and Drupal.
[[nodiscard]] std::vector<std::string> common_feed_urls(std::string_view page_url);

/// What `feed`, read from `url`, is to a person who looks for feeds.
[[nodiscard]] FoundFeed found_feed(const ParsedFeed& feed, std::string url, FoundBy found_by);

}  // namespace wirewatch::feeds
