// SPDX-License-Identifier: MIT
// Any bytes as a document: an error in words, or a feed that keeps what article.hpp promises.
#include "base/utf8.hpp"
#include "feeds/dates.hpp"
#include "feeds/feed_json.hpp"
#include "feeds/parser.hpp"
#include "tests/fuzz/expect.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

using namespace wirewatch;
using fuzz::expect;

namespace {

// Small, so that short inputs reach them.
constexpr feeds::ParseLimits kLimits{
    .max_articles = 20, .max_depth = 24, .max_tags = 1000, .max_bytes = 20'000};

// The length of the document chooses: so the corpus is plain documents.
constexpr std::array<std::string_view, 8> kContentTypes{"",
                                                        "",
                                                        "text/xml",
                                                        "application/rss+xml; charset=utf-8",
                                                        "text/xml; charset=windows-1251",
                                                        "text/xml; charset=\"GB2312\"",
                                                        "application/feed+json",
                                                        "text/xml; charset=iso-2022-jp"};

void expect_texts(std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) {
        expect(utf8::valid(text), "valid UTF-8");
    }
}

void expect_date(const std::optional<Instant>& date) {
    expect(!date || feeds::parse_date(to_rfc3339(*date)) == date, "a date within 1000 to 9999");
}

void expect_article(const Article& article) {
    expect_texts({article.id, article.url, article.title, article.summary, article.content,
                  article.title_html, article.summary_html, article.content_html, article.language,
                  article.image, article.comments_url});
    expect(article.authors.size() <= 200, "200 authors");
    expect(article.categories.size() <= 200, "200 categories");
    expect(article.enclosures.size() <= 200, "200 enclosures");
    for (const std::string& author : article.authors) {
        expect(!author.empty() && utf8::valid(author), "authors that are said");
    }
    for (const std::string& category : article.categories) {
        expect(!category.empty() && utf8::valid(category), "categories that are said");
    }
    for (const Enclosure& enclosure : article.enclosures) {
        expect_texts({enclosure.url, enclosure.type});
    }
    expect(article.title.find('\n') == std::string::npos, "a title is one line");
    expect(article.url.find("javascript:") != 0, "no address that runs");
    expect_date(article.published);
    expect_date(article.updated);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view document{reinterpret_cast<const char*>(data), size};
    const auto feed = feeds::parse_feed(
        document, {kContentTypes[size % kContentTypes.size()], "https://example.org/feed"},
        kLimits);
    if (!feed) {
        expect(!feed.error().text.empty(), "an error says what is wrong");
        expect(utf8::valid(feed.error().text), "errors are valid UTF-8");
        return 0;
    }
    expect_texts({feed->title, feed->url, feed->feed_url, feed->description, feed->language,
                  feed->image, feed->format, feed->encoding});
    expect(feed->articles.size() <= kLimits.max_articles, "the limit of articles");
    for (const std::string& words : feed->repaired) {
        expect(!words.empty() && utf8::valid(words), "repairs are told in words");
    }
    for (const Article& article : feed->articles) {
        expect_article(article);
    }
    return 0;
}
