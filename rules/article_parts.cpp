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

/// The beginning of `text` that weighs no more than is left; that is taken off.
std::string_view within(std::string_view text, std::size_t& left) {
    if (text.size() * kBeyondAsciiWeight <= left) {  // as nearly every text does
        const auto beyond = std::count_if(text.begin(), text.end(),
                                          [](char c) { return static_cast<signed char>(c) < 0; });
        left -= text.size() + (kBeyondAsciiWeight - 1) * static_cast<std::size_t>(beyond);
        return text;
    }
    std::size_t end = 0;
    while (end < text.size()) {
        const std::size_t weight = static_cast<signed char>(text[end]) < 0 ? kBeyondAsciiWeight : 1;
        if (weight > left) {
            break;
        }
        left -= weight;
        ++end;
    }
    return utf8::cut(text, end);
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

std::size_t& ArticleParts::left_for(Field field) {
    switch (field) {
        case Field::title:
        case Field::summary:
        case Field::content:
            return text_left_;
        case Field::author:
        case Field::category:
            return names_left_;
        default:
            return labels_left_;
    }
}

void ArticleParts::add(Field field, std::uint32_t item, std::string_view text) {
    const std::string_view looked_at = within(text, left_for(field));
    cut_ = cut_ || looked_at.size() < text.size();
    if (!looked_at.empty()) {
        parts_.push_back({field, item, looked_at});
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
