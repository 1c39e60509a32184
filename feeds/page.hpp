// SPDX-License-Identifier: MIT
// An HTML page where a feed was expected: what it is called and which feeds it points at. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// How much a link's being a feed can be believed.
enum class LinkKind {
    named,   ///< <link rel="alternate" type="application/rss+xml">: the page says so
    likely,  ///< <a href="/rss/world.xml">: it looks like one
};

struct FeedLink {
    std::string url;    ///< absolute, http or https, without fragment
    std::string title;  ///< what the page calls it; empty: nothing
    LinkKind kind = LinkKind::likely;
};

struct Page {
    std::string title;
    std::vector<FeedLink> feeds;  ///< the named ones first, each URL once, at most kMaxFeedLinks
};

/// Our choice: lists of feeds on news sites have a few hundred.
inline constexpr std::size_t kMaxFeedLinks = 500;

/// Whether a document is HTML: by its DOCTYPE or its first tag. `text` is valid UTF-8.
[[nodiscard]] bool is_page(std::string_view text);

/// `html` is valid UTF-8; `base_url` is where it came from. <base href> is honoured. Relative links
/// are left out where there is no absolute base. Types that are often written wrong ("text/xml",
/// "application/rss") count where the relation says "alternate".
/// Source: HTML, section 4.6.7.1 (alternate); RSS Autodiscovery 1.0.
[[nodiscard]] Page read_page(std::string_view html, std::string_view base_url);

}  // namespace wirewatch::feeds
