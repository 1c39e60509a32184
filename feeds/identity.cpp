// SPDX-License-Identifier: MIT
#include "feeds/identity.hpp"

#include "base/digest.hpp"
#include "base/time.hpp"
#include "feeds/letters.hpp"
#include "feeds/piece.hpp"
#include "feeds/url.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace wirewatch::feeds {

namespace {

/// What stands in a key, and of which kind: an id never equals a URL.
struct Part {
    std::string_view kind;
    Piece value;
};

/// What a set takes for one article, about: all of it is given back at once.
constexpr std::size_t kBytesSeen = 64;

/// Any part of a digest is as good a hash as another.
struct FrontOfUuid {
    std::size_t operator()(const Uuid& uuid) const {
        std::size_t front = 0;
        std::memcpy(&front, uuid.data(), sizeof(front));
        return front;
    }
};

std::string title_and_date(const Article& article) {
    std::string value = article.title;
    if (article.published) {
        value += '\n' + to_rfc3339(*article.published);
    }
    return value;
}

Part part_for(const Article& article, Identity identity) {
    if (identity <= Identity::id && !article.id.empty()) {
        return {"id", Piece{std::string_view{article.id}}};
    }
    if (identity <= Identity::url && !article.url.empty()) {
        return {"url", Piece{canonical_url(article.url)}};
    }
    if (!article.title.empty()) {
        return {"title", Piece{title_and_date(article)}};
    }
    return {"text", Piece{article.summary + '\n' + article.content}};
}

/// What must be alike in two articles that share an id, or a URL, to take them for one that the
/// feed lists twice.
std::string counterpart(const Article& article, Identity identity) {
    return identity == Identity::id && !article.url.empty() ? canonical_url(article.url)
                                                            : article.title;
}

/// Whether at least one article has this part, and no two different ones share it.
template <class Text>
bool is_distinct(const std::vector<Article>& articles, Identity identity,
                 Text (*part)(const Article&)) {
    std::pmr::monotonic_buffer_resource memory{(articles.size() + 1) * kBytesSeen};
    std::pmr::unordered_map<Text, const Article*> seen{&memory};
    seen.reserve(articles.size());
    for (const Article& article : articles) {
        Text value = part(article);
        if (value.empty()) {
            continue;
        }
        const auto [former, is_new] = seen.try_emplace(std::move(value), &article);
        if (!is_new && counterpart(*former->second, identity) != counterpart(article, identity)) {
            return false;
        }
    }
    return !seen.empty();
}

bool is_distinct(const std::vector<Article>& articles, Identity identity) {
    if (identity == Identity::id) {
        return is_distinct<std::string_view>(articles, identity, [](const Article& article) {
            return std::string_view{article.id};
        });
    }
    return is_distinct<std::string>(
        articles, identity, [](const Article& article) { return canonical_url(article.url); });
}

bool is_tracking(std::string_view parameter) {
    constexpr std::array<std::string_view, 8> kStarts{"utm_", "at_", "ns_", "wt_",
                                                      "mc_",  "_hs", "pk_", "mtm_"};
    constexpr std::array<std::string_view, 16> kNames{
        "fbclid", "gclid",   "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid",
        "igshid", "mkt_tok", "cmpid", "ftag",   "ito",    "maca",    "xtor",  "smid"};
    const std::string name = lower(parameter.substr(0, parameter.find('=')));
    return std::any_of(kStarts.begin(), kStarts.end(),
                       [&](std::string_view start) { return name.starts_with(start); }) ||
           std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view known) { return name == known; });
}

std::string without_tracking(std::string_view query) {
    std::string kept;
    while (!query.empty()) {
        const std::size_t end = std::min(query.find('&'), query.size());
        const std::string_view parameter = query.substr(0, end);
        query.remove_prefix(std::min(end + 1, query.size()));
        if (!parameter.empty() && !is_tracking(parameter)) {
            kept.append(kept.empty() ? "" : "&").append(parameter);
        }
    }
    return kept;
}

std::string without_default_port(std::string_view scheme, std::string host) {
    const std::string_view port = scheme == "http" ? ":80" : scheme == "https" ? ":443" : ":";
    if (host.ends_with(port)) {
        host.resize(host.size() - port.size());
    }
    return host;
}

}  // namespace

Identity choose_identity(const std::vector<Article>& articles, Identity configured,
                         Identity former) {
    if (configured != Identity::automatic) {
        return configured;
    }
    if (articles.empty()) {
        return former;
    }
    for (const Identity identity : {Identity::id, Identity::url}) {
        if (former <= identity && is_distinct(articles, identity)) {
            return identity;
        }
    }
    return Identity::title;
}

bool keeps_its_key(const Article& unfinished, Identity identity) {
    switch (identity) {
        case Identity::automatic:
        case Identity::id:
            return !unfinished.id.empty();
        case Identity::url:
            return !unfinished.url.empty();
        case Identity::title:
            return false;  // the date is a part of it, and may be what is missing
    }
    return false;
}

void assign_keys(std::vector<Article>& articles, std::string_view feed_id, Identity identity) {
    std::pmr::monotonic_buffer_resource memory{(articles.size() + 1) * kBytesSeen};
    std::pmr::unordered_set<Uuid, FrontOfUuid> seen{&memory};
    seen.reserve(articles.size());
    std::erase_if(articles, [&](Article& article) {
        const Part part = part_for(article, identity);
        const Uuid half = head16(sha256({feed_id, part.kind, part.value.view()}));
        article.feed_id = feed_id;
        article.key = to_hex(half.data(), half.size());
        return !seen.insert(half).second;
    });
}

std::string canonical_url(std::string_view url) {
    const UrlParts parts = split_url(trimmed(url));
    if (!parts.scheme || !parts.authority) {
        return std::string{trimmed(url)};
    }
    const std::string scheme = lower(*parts.scheme);
    const std::size_t at = parts.authority->rfind('@');
    const std::size_t host = at == std::string_view::npos ? 0 : at + 1;
    std::string out = scheme + "://";
    out.append(parts.authority->substr(0, host));
    out += without_default_port(scheme, lower(parts.authority->substr(host)));
    out += parts.path.empty() ? "/" : parts.path;
    if (parts.query) {
        if (const std::string query = without_tracking(*parts.query); !query.empty()) {
            out += "?" + query;
        }
    }
    return out;
}

}  // namespace wirewatch::feeds
