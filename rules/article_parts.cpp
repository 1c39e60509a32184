// SPDX-License-Identifier: MIT
#include "rules/article_parts.hpp"

#include "base/utf8.hpp"
#include "rules/folding.hpp"

#include <algorithm>

namespace wirewatch::rules {

namespace {

std::string_view up_to(std::string_view text, std::string_view ends) {
    return text.substr(0, text.find_first_of(ends));
}

}  // namespace

ArticleParts::ArticleParts(const Article& article, const Feed& feed, std::string_view language,
                           FieldSet wanted) {
    const auto wants = [&](Field field) { return wanted.test(index_of(field)); };
    const auto add_text = [&](Field field, std::string_view text) {
        if (wants(field)) {
            add(field, 0, text);
        }
    };
    const auto add_items = [&](Field field, const std::vector<std::string>& items) {
        for (std::size_t i = 0; wants(field) && i < std::min(items.size(), kMaxItems); ++i) {
            add(field, static_cast<std::uint32_t>(i), items[i]);
        }
    };
    add_text(Field::title, article.title);
    add_text(Field::summary, article.summary);
    add_text(Field::content, article.content);
    add_items(Field::author, article.authors);
    add_items(Field::category, article.categories);
    add_text(Field::url, article.url);
    if (wants(Field::domain)) {
        domain_ = host_of(article.url);
        add(Field::domain, 0, domain_);
    }
    if (wants(Field::feed)) {
        add(Field::feed, 0, feed.id);
        add(Field::feed, 1, feed.title);
    }
    add_text(Field::lang, language);
}

void ArticleParts::add(Field field, std::uint32_t item, std::string_view text) {
    if (!text.empty()) {
        parts_.push_back({field, item, utf8::cut(text, kMaxFieldBytes)});
    }
}

std::string host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    std::string_view authority = up_to(url.substr(scheme + 3), "/?#\\");
    if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos) {
        authority.remove_prefix(user + 1);
    }
    std::string host = fold(up_to(authority, ":"));
    return host.starts_with("www.") ? host.substr(4) : host;
}

}  // namespace wirewatch::rules
