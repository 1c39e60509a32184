// SPDX-License-Identifier: MIT
#include "feeds/discovery.hpp"

#include "feeds/encoding.hpp"
#include "feeds/fetch_document.hpp"
#include "feeds/identity.hpp"
#include "feeds/page.hpp"
#include "feeds/url.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>
#include <utility>

namespace wirewatch::feeds {

namespace {

/// The address to keep of a feed that was asked for at `asked` and came from `final_url`. A
/// redirect may be for today only, so what the publisher wrote stays; except that https is better,
/// and a guess is nobody's word.
std::string lasting_url(const std::string& asked, const std::string& final_url, FoundBy found_by) {
    const bool same_but_safe = asked.starts_with("http://") && final_url.starts_with("https://") &&
                               asked.substr(7) == final_url.substr(8);
    return found_by == FoundBy::guess || same_but_safe ? final_url : asked;
}

/// What a document is: a feed, or a page with links.
struct Looked {
    std::optional<ParsedFeed> feed;
    Page page;
};

Result<Looked> look_at(std::string_view document, const DocumentSource& source,
                       const ParseLimits& limits) {
    auto feed = parse_feed(document, source, limits);
    if (feed) {
        return Looked{std::move(*feed), {}};
    }
    const auto text = decode_text(document, source.content_type);
    if (feed.error().code != Errc::not_a_feed || !text || !is_page(text->text())) {
        return fail(std::move(feed));
    }
    return Looked{std::nullopt, read_page(text->text(), source.base_url)};
}

class Search {
  public:
    Search(Fetcher& fetcher, const DiscoveryOptions& options)
        : fetcher_{fetcher}, options_{options} {}

    Result<Discovery> run(const std::string& url) {
        announce(url);
        const auto response = fetch_document(fetcher_, url, options_.allow_private);
        if (!response) {
            return tl::unexpected{response.error()};
        }
        auto looked =
            look_at(response->body, {response->content_type, response->final_url}, options_.parse);
        if (!looked) {
            return fail(std::move(looked));
        }
        if (looked->feed) {
            found_.feeds.push_back(
                found_feed(*looked->feed, lasting_url(url, response->final_url, FoundBy::address),
                           FoundBy::address));
            return std::move(found_);
        }
        found_.page_title = std::move(looked->page.title);
        try_links(looked->page);
        if (seen_.empty()) {
            for (const std::string& guess : common_feed_urls(response->final_url)) {
                try_at({guess, {}, LinkKind::likely}, FoundBy::guess);
            }
        }
        // What is a feed comes before what only claims to be one.
        std::stable_partition(found_.feeds.begin(), found_.feeds.end(),
                              [](const FoundFeed& feed) { return feed.verified; });
        return std::move(found_);
    }

  private:
    void try_links(const Page& page) {
        for (const FeedLink& link : page.feeds) {
            try_at(link, link.kind == LinkKind::named ? FoundBy::link : FoundBy::anchor);
        }
    }

    void try_at(const FeedLink& link, FoundBy found_by) {
        if (!tried_.insert(canonical_url(link.url)).second) {
            return;
        }
        if (fetches_ == options_.max_fetches) {
            found_.untried += found_by == FoundBy::guess ? 0 : 1;
            return;
        }
        ++fetches_;
        announce(link.url);
        const auto response = fetch_document(fetcher_, link.url, options_.allow_private);
        const auto feed =
            response ? parse_feed(response->body, {response->content_type, response->final_url},
                                  options_.parse)
                     : Result<ParsedFeed>{tl::unexpected{response.error()}};
        if (feed && seen_.insert(canonical_url(response->final_url)).second) {
            FoundFeed found =
                found_feed(*feed, lasting_url(link.url, response->final_url, found_by), found_by);
            found.title = found.title.empty() ? link.title : found.title;
            found_.feeds.push_back(std::move(found));
        } else if (!feed && found_by == FoundBy::link) {
            FoundFeed broken{.url = link.url, .title = link.title, .found_by = found_by};
            broken.problem = feed.error().text;
            found_.feeds.push_back(std::move(broken));
        }
    }

    void announce(const std::string& url) const {
        if (options_.before_fetch) {
            options_.before_fetch(url);
        }
    }

    Fetcher& fetcher_;
    const DiscoveryOptions& options_;
    Discovery found_;
    std::size_t fetches_ = 0;
    std::unordered_set<std::string> tried_;
    std::unordered_set<std::string> seen_;  // final addresses of what was a feed
};

}  // namespace

FoundFeed found_feed(const ParsedFeed& feed, std::string url, FoundBy found_by) {
    FoundFeed found{.url = std::move(url), .title = feed.title, .found_by = found_by};
    found.verified = true;
    found.format = feed.format;
    found.language = feed.language;
    found.articles = feed.articles.size();
    for (const Article& article : feed.articles) {
        const auto date = article.published ? article.published : article.updated;
        found.newest = std::max(found.newest, date);  // none is less than any
    }
    return found;
}

std::vector<std::string> common_feed_urls(std::string_view page_url) {
    constexpr std::array<std::string_view, 9> kPaths{
        "feed",      "rss",       "rss.xml",   "atom.xml",
        "feed.xml",  "index.xml", "feed.json", "feeds/posts/default",
        "?feed=rss2"};
    std::vector<std::string> urls;
    std::unordered_set<std::string> seen;
    // A page "…/blog" may be a directory whose slash is left out.
    const std::string root = resolve_url(page_url, "/");
    std::string below{page_url.substr(0, page_url.find_first_of("?#"))};
    below = below.size() < root.size() ? root : below;  // "https://example.org"
    const std::string_view name = std::string_view{below}.substr(below.rfind('/') + 1);
    if (!below.ends_with('/') && name.find('.') == std::string_view::npos) {
        below += '/';
    }
    for (const std::string& base : {below, root}) {
        for (const std::string_view path : kPaths) {
            std::string url = resolve_url(base, path);
            if (is_web_url(url) && seen.insert(url).second) {
                urls.push_back(std::move(url));
            }
        }
    }
    return urls;
}

Result<Discovery> discover(Fetcher& fetcher, const std::string& url,
                           const DiscoveryOptions& options) {
    return Search{fetcher, options}.run(url);
}

Result<Discovery> discover_in(std::string_view document, const DocumentSource& source,
                              const ParseLimits& limits) {
    auto looked = look_at(document, source, limits);
    if (!looked) {
        return fail(std::move(looked));
    }
    Discovery found;
    if (looked->feed) {
        found.feeds.push_back(
            found_feed(*looked->feed, std::string{source.base_url}, FoundBy::address));
        return found;
    }
    found.page_title = std::move(looked->page.title);
    for (FeedLink& link : looked->page.feeds) {
        found.feeds.push_back(
            {.url = std::move(link.url),
             .title = std::move(link.title),
             .found_by = link.kind == LinkKind::named ? FoundBy::link : FoundBy::anchor});
    }
    return found;
}

}  // namespace wirewatch::feeds
