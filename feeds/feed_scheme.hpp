// SPDX-License-Identifier: MIT
// The addresses that pages and reading lists write for a feed reader to pick up.
#pragma once

#include "feeds/letters.hpp"
#include "feeds/url.hpp"

#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// "https://example.org/rss" of "feed:https://example.org/rss", "http://example.org/rss" of
/// "feed://example.org/rss"; any other text as it is, without white space around it.
/// Source: draft-obasanjo-feed-URI-scheme-02, which never became a standard.
[[nodiscard]] inline std::string without_feed_scheme(std::string_view url) {
    constexpr std::string_view kScheme = "feed:";
    url = trimmed(url);
    if (!equal_ignoring_case(url.substr(0, kScheme.size()), kScheme)) {
        return std::string{url};
    }
    url.remove_prefix(kScheme.size());
    return url.starts_with("//") ? "http:" + std::string{url} : std::string{url};
}

}  // namespace wirewatch::feeds
