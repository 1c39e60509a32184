// SPDX-License-Identifier: MIT
#include "feeds/stranger.hpp"

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "feeds/html_tag.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kMaxHead = 256u << 10;  // where title and links are looked for; our choice
constexpr std::size_t kMaxQuote = 80;

std::string quoted(std::string_view text) {
    return "'" + printable(text, kMaxQuote) + "'";
}

bool is_html(std::string_view text, const std::optional<XmlRoot>& root) {
    constexpr std::array<std::string_view, 14> kTags{"html",  "head", "body",  "meta",  "title",
                                                     "link",  "div",  "p",     "br",    "script",
                                                     "style", "h1",   "table", "center"};
    const std::string_view prolog = text.substr(0, root ? root->start : 1024);
    return find_ignoring_case(prolog, "<!doctype html") != kNowhere ||
           (root && std::any_of(kTags.begin(), kTags.end(), [&](std::string_view tag) {
                return equal_ignoring_case(tag, root->name);
            }));
}

std::string title_of_page(std::string_view head) {
    const std::size_t start = find_ignoring_case(head, "<title");
    if (start == kNowhere) {
        return {};
    }
    const auto tag = read_tag(head, start);
    if (!tag) {
        return {};
    }
    const std::size_t end = std::min(find_ignoring_case(head, "</title", tag->end), head.size());
    return html_to_line(head.substr(tag->end, end - tag->end));
}

bool is_feed_type(std::string_view type) {
    constexpr std::array<std::string_view, 4> kTypes{"application/rss+xml", "application/atom+xml",
                                                     "application/rdf+xml",
                                                     "application/feed+json"};
    return std::any_of(kTypes.begin(), kTypes.end(), [&](std::string_view known) {
        return find_ignoring_case(type, known) != kNowhere;
    });
}

/// The first <link rel="alternate"> of a feed's type; empty: there is none.
std::string feed_named_by_page(std::string_view head, std::string_view base_url) {
    for (std::size_t at = find_ignoring_case(head, "<link"); at != kNowhere;
         at = find_ignoring_case(head, "<link", at)) {
        const auto tag = read_tag(head, at);
        if (!tag) {
            return {};
        }
        if (find_ignoring_case(attribute_of(*tag, "rel"), "alternate") != kNowhere &&
            is_feed_type(attribute_of(*tag, "type"))) {
            return resolve_url(base_url, attribute_of(*tag, "href"));
        }
        at = tag->end;
    }
    return {};
}

std::string describe_page(std::string_view text, std::string_view base_url) {
    const std::string_view head = utf8::cut(text, kMaxHead);
    std::string words = "this is an HTML page";
    if (const std::string title = title_of_page(head); !title.empty()) {
        words += " titled " + quoted(title);
    }
    if (const std::string feed = feed_named_by_page(head, base_url); !feed.empty()) {
        words += "; it names the feed " + printable(feed, 500);
    }
    return words;
}

}  // namespace

std::string describe_stranger(std::string_view text, std::string_view base_url) {
    const auto root = find_root(text);
    if (is_html(text, root)) {
        return describe_page(text, base_url);
    }
    if (root) {
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
