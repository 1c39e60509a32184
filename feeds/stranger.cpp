// SPDX-License-Identifier: MIT
#include "feeds/stranger.hpp"

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/page.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <vector>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kMaxQuote = 80;
constexpr std::size_t kMaxNamed = 3;  // feeds of a page in one sentence; our choice

std::string quoted(std::string_view text) {
    return "'" + printable(text, kMaxQuote) + "'";
}

/// "; it links to the feed A", "; it links to the feeds A, B, C and 4 more": those that the page
/// itself names, since what merely looks like a feed may be none.
std::string feeds_of(const Page& page) {
    std::vector<std::string> named;
    for (const FeedLink& link : page.feeds) {
        if (link.kind == LinkKind::named) {
            named.push_back(printable(link.url, 500));
        }
    }
    if (named.empty()) {
        return {};
    }
    std::string words = named.size() == 1 ? "; it links to the feed " : "; it links to the feeds ";
    const std::size_t shown = std::min(named.size(), kMaxNamed);
    for (std::size_t i = 0; i < shown; ++i) {
        const bool last = i + 1 == named.size();
        words += (i == 0 ? "" : last ? " and " : ", ") + named[i];
    }
    return shown < named.size() ? words + " and " + std::to_string(named.size() - shown) + " more"
                                : words;
}

std::string describe_page(std::string_view text, std::string_view base_url) {
    const Page page = read_page(text, base_url);
    return "this is an HTML page" + (page.title.empty() ? "" : " titled " + quoted(page.title)) +
           feeds_of(page);
}

}  // namespace

std::string describe_stranger(std::string_view text, std::string_view base_url) {
    if (is_page(text)) {
        return describe_page(text, base_url);
    }
    if (const auto root = find_root(text)) {
        return "this is XML with the root <" + printable(root->name, kMaxQuote) +
               ">, which is no feed";
    }
    const std::string line = plain_to_line(utf8::cut(trimmed(text), 4 * kMaxQuote));
    if (line.empty()) {
        return "the document is empty";
    }
    return "this is text that begins " + quoted(line) + ", and no feed";
}

}  // namespace wirewatch::feeds
