// SPDX-License-Identifier: MIT
#include "review/feed_ids.hpp"

#include "base/id.hpp"
#include "base/utf8.hpp"
#include "feeds/address.hpp"
#include "feeds/letters.hpp"

#include <cstdint>
#include <memory>

#include <unicode/translit.h>
#include <unicode/unistr.h>

namespace wirewatch::review {

namespace {

constexpr std::size_t kMaxMadeBytes = 48;    // leaves room for "-1234"; our choice
constexpr std::size_t kMaxTitleBytes = 400;  // looked at; our choice

/// Letters and digits in lower case, "-" between words; may be empty.
std::string slug(std::string_view ascii) {
    std::string id;
    for (const char c : ascii) {
        if (feeds::is_letter(c) || feeds::is_digit(c)) {
            id += feeds::lower(c);
        } else if (c != '\'' && !id.empty() && id.back() != '-') {
            id += '-';
        }
    }
    if (id.size() > kMaxMadeBytes) {
        const std::size_t word = id.rfind('-', kMaxMadeBytes);
        id.resize(word == std::string::npos || word == 0 ? kMaxMadeBytes : word);
    }
    while (id.ends_with('-')) {
        id.pop_back();
    }
    return id;
}

std::string slug_of_host(std::string_view url) {
    const auto address = feeds::address_of(url);
    if (!address) {
        return {};
    }
    std::string_view host = address->host;
    for (const std::string_view prefix : {"www.", "feeds.", "feed.", "rss."}) {
        if (host.starts_with(prefix)) {
            host.remove_prefix(prefix.size());
            break;
        }
    }
    return slug(host);
}

}  // namespace

/// From any script to Latin letters without accents. Costly to make, so made once.
struct FeedIds::Letters {
    std::unique_ptr<icu::Transliterator> rules;

    Letters() {
        UErrorCode error = U_ZERO_ERROR;
        rules.reset(
            icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, error));
    }

    /// As it is, where ICU has no such rules.
    [[nodiscard]] std::string in_ascii(std::string_view text) const {
        text = utf8::cut(text, kMaxTitleBytes);
        if (rules == nullptr) {
            return std::string{text};
        }
        auto letters = icu::UnicodeString::fromUTF8(
            icu::StringPiece{text.data(), static_cast<std::int32_t>(text.size())});
        rules->transliterate(letters);
        std::string ascii;
        letters.toUTF8String(ascii);
        return ascii;
    }
};

FeedIds::~FeedIds() = default;

FeedIds::FeedIds(const std::vector<Feed>& feeds) : letters_{std::make_unique<Letters>()} {
    for (const Feed& feed : feeds) {
        taken_.insert(feed.id);
    }
}

bool FeedIds::take(const std::string& id) {
    return is_id(id) && taken_.insert(id).second;
}

std::string FeedIds::make(std::string_view title, std::string_view url) {
    std::string base = slug(letters_->in_ascii(title));
    base = base.empty() ? slug_of_host(url) : base;
    base = base.empty() ? "feed" : base;
    std::string id = base;
    int& number = numbers_.try_emplace(base, 1).first->second;
    while (!take(id)) {
        id = base + "-" + std::to_string(++number);
    }
    return id;
}

}  // namespace wirewatch::review
