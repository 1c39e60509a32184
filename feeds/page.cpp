// SPDX-License-Identifier: MIT
#include "feeds/page.hpp"

#include "feeds/feed_scheme.hpp"
#include "feeds/html_tag.hpp"
#include "feeds/html_text.hpp"
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
    return std::any_of(list.begin(), list.end(), [&](std::string_view known) {
        return equal_ignoring_case(known, text);
    });
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
    return !contains(type, "oembed") &&
           (contains(type, "rss") || contains(type, "atom") || contains(type, "rdf+xml") ||
            contains(type, "feed+json"));
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
        "feed", "feeds", "rss", "atom", "rdf", "rss2", "rss.aspx", "rss.php", "feed.json", "xmlrss"};
    constexpr std::array<std::string_view, 8> kQueries{"feed=rss",   "feed=atom", "feed=rdf",
                                                       "format=rss", "format=atom", "type=rss",
                                                       "alt=rss",    "format=feed"};
    const UrlParts parts = split_url(url);
    const std::string_view path = parts.path;
    const std::string ending = lower(path.substr(path.size() - std::min<std::size_t>(5, path.size())));
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

class PageReader {
  public:
    PageReader(std::string_view html, std::string_view base_url) : html_{html}, base_{base_url} {}

    Page read() {
        for (std::size_t at = html_.find('<'); at < html_.size(); at = html_.find('<', at)) {
            at = html_.substr(at).starts_with("<!--") ? past("-->", at + 4) : past_tag(at);
        }
        Page page{std::move(title_), {}};
        for (const LinkKind kind : {LinkKind::named, LinkKind::likely}) {
            for (FeedLink& link : links_) {
                add(page, std::move(link), kind);
            }
        }
        return page;
    }

  private:
    std::size_t past(std::string_view what, std::size_t from) const {
        const std::size_t found = find_ignoring_case(html_, what, from);
        return found == kNowhere ? html_.size() : found + what.size();
    }

    std::size_t past_tag(std::size_t at) {
        const auto tag = read_tag(html_, at, quotes_);
        if (!tag) {
            quotes_ = Quotes::ignore;
            return at + 1;
        }
        if (tag->closes) {
            return tag->end;
        }
        return take(*tag);
    }

    /// Gives where to go on.
    std::size_t take(const HtmlTag& tag) {
        constexpr std::array<std::string_view, 5> kRaw{"script", "style", "textarea", "iframe",
                                                       "noframes"};
        if (is_one_of(tag.name, kRaw)) {
            return past("</" + lower(tag.name), tag.end);
        }
        if (equal_ignoring_case(tag.name, "title")) {
            const std::size_t end = std::min(find_ignoring_case(html_, "</title", tag.end), html_.size());
            if (title_.empty()) {
                title_ = html_to_line(html_.substr(tag.end, std::min(end - tag.end, kMaxTitleBytes)));
            }
            return end;
        }
        if (equal_ignoring_case(tag.name, "base") && !has_base_) {
            if (std::string href = resolve_url(base_, attribute_of(tag, "href")); is_web_url(href)) {
                base_ = std::move(href);
                has_base_ = true;
            }
        } else if (equal_ignoring_case(tag.name, "link")) {
            take_link(tag);
        } else if (equal_ignoring_case(tag.name, "a") || equal_ignoring_case(tag.name, "area")) {
            take_anchor(tag);
        }
        return tag.end;
    }

    void take_link(const HtmlTag& tag) {
        const std::string rel = attribute_of(tag, "rel");
        const std::string type = attribute_of(tag, "type");
        const bool alternate = has_token(rel, "alternate") && !has_token(rel, "stylesheet");
        if (!alternate && !has_token(rel, "feed") && !has_token(rel, "service.feed")) {
            return;
        }
        std::string href = attribute_of(tag, "href");
        std::string title = attribute_of(tag, "title");
        if (!alternate || is_feed_type(type) || is_xml_type(type) ||
            is_json_feed(type, href, title)) {
            keep({std::move(href), std::move(title), LinkKind::named});
        } else if (type.empty() && looks_like_feed(href)) {
            keep({std::move(href), std::move(title), LinkKind::likely});
        }
    }

    void take_anchor(const HtmlTag& tag) {
        std::string href = attribute_of(tag, "href");
        if (is_feed_type(attribute_of(tag, "type")) || looks_like_feed(href) ||
            equal_ignoring_case(trimmed(href).substr(0, 5), "feed:")) {
            keep({std::move(href), attribute_of(tag, "title"), LinkKind::likely});
        }
    }

    void keep(FeedLink link) {
        if (links_.size() < kMaxCandidates && link.url.size() <= kMaxUrlBytes) {
            links_.push_back(std::move(link));
        }
    }

    void add(Page& page, FeedLink link, LinkKind kind) {
        if (link.kind != kind || page.feeds.size() >= kMaxFeedLinks) {
            return;
        }
        std::string url = resolve_url(base_, without_feed_scheme(link.url));
        url.resize(std::min(url.find('#'), url.size()));
        if (is_web_url(url) && url.size() <= kMaxUrlBytes && seen_.insert(canonical_url(url)).second) {
            page.feeds.push_back({std::move(url), html_to_line(link.title), kind});
        }
    }

    std::string_view html_;
    std::string base_;
    bool has_base_ = false;
    Quotes quotes_ = Quotes::respect;
    std::string title_;
    std::vector<FeedLink> links_;  // as written
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
    return PageReader{html, base_url}.read();
}

}  // namespace wirewatch::feeds
