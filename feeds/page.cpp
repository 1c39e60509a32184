// SPDX-License-Identifier: MIT
#include "feeds/page.hpp"

#include "base/utf8.hpp"
#include "feeds/feed_scheme.hpp"
#include "feeds/html_text.hpp"
#include "feeds/html_tree.hpp"
#include "feeds/identity.hpp"
#include "feeds/letters.hpp"
#include "feeds/url.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kMaxUrlBytes = 8u << 10;    // as address_of() takes them
constexpr std::size_t kMaxTitleBytes = 4u << 10;  // our choice
constexpr std::size_t kMaxCandidates = 10'000;    // before repeats are dropped; our choice

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& list) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view known) { return equal_ignoring_case(known, text); });
}

bool has_token(std::string_view list, std::string_view wanted) {
    while (!(list = trimmed(list)).empty()) {
        const auto end = std::find_if(list.begin(), list.end(), is_space);
        const auto bytes = static_cast<std::size_t>(end - list.begin());
        if (equal_ignoring_case(list.substr(0, bytes), wanted)) {
            return true;
        }
        list.remove_prefix(bytes);
    }
    return false;
}

bool contains(std::string_view text, std::string_view what) {
    return find_ignoring_case(text, what) != kNowhere;
}

/// "application/rss+xml", also misspelt ("text/rss", "application/x.atom+xml; charset=utf-8").
bool is_feed_type(std::string_view type) {
    return !contains(type, "oembed") && (contains(type, "rss") || contains(type, "atom") ||
                                         contains(type, "rdf+xml") || contains(type, "feed+json"));
}

/// Types that say too little: anything may be XML. As an alternate of a page it mostly is a feed.
bool is_xml_type(std::string_view type) {
    type = trimmed(type.substr(0, type.find(';')));
    return equal_ignoring_case(type, "text/xml") || equal_ignoring_case(type, "application/xml");
}

/// WordPress names its API of every page as <link rel="alternate" type="application/json">.
bool is_json_feed(std::string_view type, std::string_view url, std::string_view title) {
    type = trimmed(type.substr(0, type.find(';')));
    return equal_ignoring_case(type, "application/json") && !contains(url, "/wp-json") &&
           (contains(split_url(url).path, "feed") || contains(title, "feed"));
}

/// "…/feed", "…/rss/world", "…/news.rss", "…/atom.xml", "…?format=rss".
bool looks_like_feed(std::string_view url) {
    constexpr std::array<std::string_view, 10> kSegments{
        "feed", "feeds",    "rss",     "atom",      "rdf",
        "rss2", "rss.aspx", "rss.php", "feed.json", "xmlrss"};
    constexpr std::array<std::string_view, 8> kQueries{"feed=rss",   "feed=atom",   "feed=rdf",
                                                       "format=rss", "format=atom", "type=rss",
                                                       "alt=rss",    "format=feed"};
    const UrlParts parts = split_url(url);
    const std::string_view path = parts.path;
    const std::string ending =
        lower(path.substr(path.size() - std::min<std::size_t>(5, path.size())));
    if (ending.ends_with(".rss") || ending.ends_with(".atom") || ending.ends_with(".rdf")) {
        return true;
    }
    if (ending.ends_with(".xml") &&
        (contains(url, "rss") || contains(url, "feed") || contains(url, "atom"))) {
        return true;
    }
    for (std::size_t start = 0; start < path.size();) {
        const std::size_t end = std::min(path.find('/', start), path.size());
        if (is_one_of(path.substr(start, end - start), kSegments)) {
            return true;
        }
        start = end + 1;
    }
    const std::string_view query = parts.query.value_or(std::string_view{});
    return std::any_of(kQueries.begin(), kQueries.end(),
                       [&](std::string_view known) { return contains(query, known); });
}

constexpr std::size_t kMaxPageBytes = 1u << 20;  // the daemon reads pages too; our choice

/// As much of a page as is read, with <template>, which HtmlTree does not take, as an element that
/// nobody knows. The few links that a template holds then count like others.
std::string readable(std::string_view html) {
    std::string text{utf8::cut(html, kMaxPageBytes)};
    for (const std::string_view tag : {"<template", "</template"}) {
        for (std::size_t at = find_ignoring_case(text, tag); at != kNowhere;
             at = find_ignoring_case(text, tag, at + tag.size())) {
            text[at + tag.find('t')] = 'x';
        }
    }
    return text;
}

/// The tree of as much of the page as can be had: past a limit, of its beginning, where the head
/// is.
std::optional<HtmlTree> tree_of(std::string_view html) {
    constexpr std::array<std::size_t, 3> kParts{kMaxPageBytes, 256u << 10, 64u << 10};
    for (const std::size_t part : kParts) {
        if (auto tree = HtmlTree::parse(utf8::cut(html, part), HtmlKind::page)) {
            return tree;
        }
    }
    const std::string_view head = html.substr(0, find_ignoring_case(html, "<body"));
    return HtmlTree::parse(utf8::cut(head, kParts.back()), HtmlKind::page);
}

class PageReader {
  public:
    explicit PageReader(std::string_view base_url) : base_{base_url} {}

    Page read(const HtmlTree& tree) {
        HtmlWalk walk{tree};
        while (walk.next()) {
            take(walk);
        }
        Page page{plain_to_line(title_), {}};
        for (const LinkKind kind : {LinkKind::named, LinkKind::likely}) {
            for (const FeedLink& link : links_) {
                add(page, link, kind);
            }
        }
        return page;
    }

  private:
    static std::string attribute(const HtmlWalk& walk, const char* name) {
        return walk.attribute(name).value_or(std::string{});
    }

    void take(HtmlWalk& walk) {
        switch (walk.step()) {
            case HtmlWalk::Step::text:
                if (in_title_ && title_.size() < kMaxTitleBytes) {
                    title_ += utf8::cut(walk.text(), kMaxTitleBytes - title_.size());
                }
                break;
            case HtmlWalk::Step::start:
                take_element(walk);
                break;
            case HtmlWalk::Step::end:
                in_title_ = false;
                break;
        }
    }

    void take_element(HtmlWalk& walk) {
        const std::string_view name = walk.name();
        if (name == "svg" || name == "math") {
            walk.skip_content();  // they have titles and links of their own
        } else if (name == "title") {
            in_title_ = title_.empty();
        } else if (name == "base") {
            take_base(walk);
        } else if (name == "link") {
            take_link(walk);
        } else if (name == "a" || name == "area") {
            take_anchor(walk);
        }
    }

    void take_base(const HtmlWalk& walk) {
        std::string href = resolve_url(base_, attribute(walk, "href"));
        if (!has_base_ && is_web_url(href)) {
            base_ = std::move(href);
            has_base_ = true;
        }
    }

    void take_link(const HtmlWalk& walk) {
        const std::string rel = attribute(walk, "rel");
        const std::string type = attribute(walk, "type");
        const bool alternate = has_token(rel, "alternate") && !has_token(rel, "stylesheet");
        if (!alternate && !has_token(rel, "feed") && !has_token(rel, "service.feed")) {
            return;
        }
        const std::string href = attribute(walk, "href");
        const std::string title = attribute(walk, "title");
        if (!alternate || is_feed_type(type) || is_xml_type(type) ||
            is_json_feed(type, href, title)) {
            keep(href, title, LinkKind::named);
        } else if (type.empty() && looks_like_feed(href)) {
            keep(href, title, LinkKind::likely);
        }
    }

    void take_anchor(const HtmlWalk& walk) {
        const std::string href = attribute(walk, "href");
        if (is_feed_type(attribute(walk, "type")) || looks_like_feed(href) ||
            equal_ignoring_case(trimmed(href).substr(0, 5), "feed:")) {
            keep(href, attribute(walk, "title"), LinkKind::likely);
        }
    }

    void keep(std::string_view href, std::string_view title, LinkKind kind) {
        if (links_.size() < kMaxCandidates && href.size() <= kMaxUrlBytes && !href.empty()) {
            links_.push_back(
                {std::string{href}, plain_to_line(utf8::cut(title, kMaxTitleBytes)), kind});
        }
    }

    void add(Page& page, const FeedLink& link, LinkKind kind) {
        if (link.kind != kind || page.feeds.size() >= kMaxFeedLinks) {
            return;
        }
        std::string url = resolve_url(base_, without_feed_scheme(link.url));
        url.resize(std::min(url.find('#'), url.size()));
        if (is_web_url(url) && url.size() <= kMaxUrlBytes &&
            seen_.insert(canonical_url(url)).second) {
            page.feeds.push_back({std::move(url), link.title, kind});
        }
    }

    std::string base_;
    bool has_base_ = false;
    bool in_title_ = false;
    std::string title_;
    std::vector<FeedLink> links_;  // as written: <base> may come after them
    std::unordered_set<std::string> seen_;
};

}  // namespace

bool is_page(std::string_view text) {
    constexpr std::array<std::string_view, 14> kTags{"html",  "head", "body",  "meta",  "title",
                                                     "link",  "div",  "p",     "br",    "script",
                                                     "style", "h1",   "table", "center"};
    const auto root = find_root(text);
    const std::string_view prolog = text.substr(0, root ? root->start : 1024);
    return contains(prolog, "<!doctype html") || (root && is_one_of(root->name, kTags));
}

Page read_page(std::string_view html, std::string_view base_url) {
    const std::string text = readable(html);  // outlives the tree
    const auto tree = tree_of(text);
    return tree ? PageReader{base_url}.read(*tree) : Page{};
}

}  // namespace wirewatch::feeds
