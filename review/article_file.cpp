// SPDX-License-Identifier: MIT
#include "review/article_file.hpp"

#include "base/digest.hpp"
#include "base/utf8.hpp"
#include "feeds/dates.hpp"
#include "feeds/html_text.hpp"

#include <initializer_list>
#include <iostream>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace wirewatch::review {

namespace {

using Json = nlohmann::json;
using Names = std::initializer_list<const char*>;

constexpr std::size_t kMaxItems = 200;  // base/hit.hpp looks at no more authors and categories

/// A text, or the name in an object such as {"name": "VOA"}; numbers as they are written.
std::string text_of(const Json& value) {
    if (value.is_string()) {
        return utf8::repair(value.get_ref<const std::string&>());
    }
    if (value.is_object()) {
        for (const char* key : {"name", "title", "id"}) {
            if (const auto found = value.find(key); found != value.end() && found->is_string()) {
                return text_of(*found);
            }
        }
    }
    return value.is_number() ? value.dump() : std::string{};
}

/// The first of these keys that says something.
std::string first_text(const Json& object, Names names) {
    for (const char* name : names) {
        if (const auto found = object.find(name); found != object.end()) {
            if (std::string text = text_of(*found); !text.empty()) {
                return text;
            }
        }
    }
    return {};
}

std::vector<std::string> first_list(const Json& object, Names names) {
    std::vector<std::string> list;
    for (const char* name : names) {
        const auto found = object.find(name);
        if (found == object.end() || !list.empty()) {
            continue;
        }
        for (const Json& item : found->is_array() ? *found : Json::array({*found})) {
            if (std::string text = text_of(item); !text.empty() && list.size() < kMaxItems) {
                list.push_back(std::move(text));
            }
        }
    }
    return list;
}

std::string content_of(const Json& object) {
    std::string text = first_text(object, {"content", "body", "text", "content_text"});
    return text.empty() ? feeds::html_to_text(first_text(object, {"content_html"})) : text;
}

/// The article in an alert or a row of `wirewatch history --json`, else the object itself.
const Json& unwrapped(const Json& object) {
    const Json* inner = &object;
    for (const char* key : {"data", "article"}) {
        const auto found = inner->find(key);
        inner = found != inner->end() && found->is_object() ? &*found : inner;
    }
    return *inner;
}

/// Articles of a file have no key of their own: the same line has the same one.
std::string key_of(std::string_view line) {
    return to_hex(sha256(line)).substr(0, 32);
}

}  // namespace

Result<Article> article_in(std::string_view line) {
    const Json parsed = Json::parse(line, nullptr, false);
    if (!parsed.is_object()) {
        return fail(Errc::invalid,
                    "this is no JSON object; write one a line, like "
                    "{\"title\": \"…\", \"summary\": \"…\"}");
    }
    const Json& object = unwrapped(parsed);
    Article article;
    article.key = key_of(line);
    article.title = first_text(object, {"title"});
    article.summary = first_text(object, {"summary", "description"});
    article.content = content_of(object);
    article.url = first_text(object, {"url", "link", "id"});
    article.language = first_text(object, {"lang", "language"});
    article.feed_id = first_text(object, {"feed", "source", "feed_id"});
    article.authors = first_list(object, {"authors", "author"});
    article.categories = first_list(object, {"categories", "category", "tags"});
    article.published =
        feeds::parse_date(first_text(object, {"published", "date_published", "pubDate", "date"}));
    if (article.title.empty() && article.summary.empty() && article.content.empty()) {
        return fail(Errc::invalid, "there is no title, summary or content in this object");
    }
    return article;
}

Result<ArticleFile> ArticleFile::open(const std::string& file) {
    ArticleFile opened;
    if (file == "-") {
        return opened;
    }
    opened.file_.emplace(file, std::ios::binary | std::ios::ate);
    if (!*opened.file_) {
        return fail(Errc::io, "cannot read '" + file +
                                  "'; give a file with a JSON object a line, or - for standard "
                                  "input");
    }
    if (const auto end = opened.file_->tellg(); end > 0) {
        opened.bytes_ = static_cast<std::size_t>(end);
    }
    opened.file_->clear();
    opened.file_->seekg(0);
    return opened;
}

std::istream& ArticleFile::in() {
    return file_ ? static_cast<std::istream&>(*file_) : std::cin;
}

/// Keeps one byte more than a line may have; the rest of a longer one is passed over.
bool ArticleFile::next_line(std::string& line) {
    line.clear();
    std::streambuf& bytes = *in().rdbuf();
    constexpr auto kEnd = std::char_traits<char>::eof();
    auto byte = bytes.sbumpc();
    if (byte == kEnd) {
        return false;
    }
    for (; byte != kEnd; byte = bytes.sbumpc()) {
        ++read_;
        if (byte == '\n') {
            break;
        }
        if (line.size() <= kMaxArticleLine) {
            line += static_cast<char>(byte);
        }
    }
    ++line_;
    return true;
}

Result<std::optional<Article>> ArticleFile::next() {
    std::string line;
    do {
        if (!next_line(line)) {
            return std::nullopt;
        }
    } while (line.find_first_not_of(" \t\r\xEF\xBB\xBF") == std::string::npos);
    const std::string_view text =
        line.starts_with("\xEF\xBB\xBF") ? std::string_view{line}.substr(3) : line;
    auto article = text.size() > kMaxArticleLine
                       ? fail(Errc::too_large, "this line is longer than 8 MiB")
                       : article_in(text);
    if (!article) {
        return fail(std::move(article), "line " + std::to_string(line_));
    }
    return std::optional{std::move(*article)};
}

}  // namespace wirewatch::review
