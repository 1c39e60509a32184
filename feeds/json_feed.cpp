// SPDX-License-Identifier: MIT
#include "feeds/json_feed.hpp"

#include "base/printable.hpp"
#include "feeds/dates.hpp"
#include "feeds/html_links.hpp"
#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/short_list.hpp"
#include "feeds/url.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::feeds {

namespace {

using nlohmann::json;

/// Depth and number of values, before anything is built from them.
std::optional<Error> check_limits(std::string_view text, const ParseLimits& limits) {
    std::size_t depth = 0;
    std::size_t values = 0;
    bool in_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            i += c == '\\' ? 1 : 0;
            in_string = c != '"';
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            ++depth;
            ++values;
        } else if (c == '}' || c == ']') {
            depth -= depth > 0 ? 1 : 0;
        } else if (c == ',') {
            ++values;
        }
        if (depth > limits.max_depth) {
            return Error{Errc::too_large, "the document has more than " +
                                              std::to_string(limits.max_depth) +
                                              " levels of values in each other"};
        }
        if (values > limits.max_tags) {
            return Error{Errc::too_large, "the document has more than " +
                                              std::to_string(limits.max_tags) + " values"};
        }
    }
    return std::nullopt;
}

/// The text of a member. Ids are sometimes numbers, which the specification asks readers to take.
std::string text_of(const json& object, const char* member) {
    const auto found = object.find(member);
    if (found == object.end()) {
        return {};
    }
    if (found->is_string()) {
        std::string text{trimmed(found->get_ref<const std::string&>())};
        std::erase(text, '\0');  // JSON can spell it; no one downstream expects it
        return text;
    }
    return found->is_number() ? found->dump() : std::string{};
}

const json& list_of(const json& object, const char* member) {
    static const json kNone = json::array();
    const auto found = object.find(member);
    return found != object.end() && found->is_array() ? *found : kNone;
}

/// "authors" of 1.1, else "author" of 1.0.
std::vector<std::string> people_of(const json& object) {
    std::vector<std::string> people;
    const auto add = [&](const json& person) {
        if (!person.is_object()) {
            return;
        }
        const std::string name = text_of(person, "name");
        add_once(people, plain_to_line(name.empty() ? text_of(person, "url") : name));
    };
    for (const json& person : list_of(object, "authors")) {
        add(person);
    }
    if (const auto author = object.find("author"); people.empty() && author != object.end()) {
        add(*author);
    }
    return people;
}

std::vector<Enclosure> attachments_of(const json& item, std::string_view base) {
    std::vector<Enclosure> list;
    for (const json& attachment : list_of(item, "attachments")) {
        if (!attachment.is_object() || list.size() == kMaxListed) {
            continue;
        }
        Enclosure enclosure{resolve_url(base, text_of(attachment, "url")),
                            text_of(attachment, "mime_type")};
        const auto size = attachment.find("size_in_bytes");
        if (size != attachment.end() && size->is_number_unsigned()) {
            enclosure.length = size->get<std::uint64_t>();
        }
        if (!enclosure.url.empty()) {
            list.push_back(std::move(enclosure));
        }
    }
    return list;
}

Article read_item(const json& item, std::string_view base, const ParsedFeed& feed) {
    Article article;
    article.id = text_of(item, "id");
    article.url = resolve_url(base, text_of(item, "url"));
    if (article.url.empty()) {
        article.url = resolve_url(base, text_of(item, "external_url"));
    }
    article.title = plain_to_line(text_of(item, "title"));
    article.summary = plain_to_text(text_of(item, "summary"));
    article.content_html = with_absolute_links(text_of(item, "content_html"), base);
    article.content = article.content_html.empty() ? plain_to_text(text_of(item, "content_text"))
                                                   : html_to_text(article.content_html);
    article.published = parse_date(text_of(item, "date_published"));
    article.updated = parse_date(text_of(item, "date_modified"));
    article.authors = people_of(item);
    article.language = text_of(item, "language");
    if (article.language.empty()) {
        article.language = feed.language;
    }
    for (const json& tag : list_of(item, "tags")) {
        if (tag.is_string()) {
            add_once(article.categories, plain_to_line(tag.get_ref<const std::string&>()));
        }
    }
    article.image = resolve_url(base, text_of(item, "image"));
    if (article.image.empty()) {
        article.image = resolve_url(base, text_of(item, "banner_image"));
    }
    article.enclosures = attachments_of(item, base);
    return article;
}

/// "JSON Feed 1.1" of its version's address; without one, what has items is taken for a feed.
std::optional<std::string> format_of(const json& document) {
    constexpr std::string_view kMark = "jsonfeed.org/version/";
    const std::string version = text_of(document, "version");
    if (const std::size_t mark = version.find(kMark); mark != std::string::npos) {
        const std::string number = version.substr(mark + kMark.size());
        return "JSON Feed " + (number == "1" ? "1.0" : printable(number, 8));
    }
    const auto items = document.find("items");
    if (items != document.end() && items->is_array() && document.contains("title")) {
        return "JSON Feed";
    }
    return std::nullopt;
}

ParsedFeed read_head(const json& document, std::string_view base_url) {
    ParsedFeed feed;
    feed.feed_url = resolve_url(base_url, text_of(document, "feed_url"));
    feed.title = plain_to_line(text_of(document, "title"));
    feed.url = resolve_url(base_url.empty() ? feed.feed_url : base_url,
                           text_of(document, "home_page_url"));
    feed.description = plain_to_text(text_of(document, "description"));
    feed.language = text_of(document, "language");
    feed.authors = people_of(document);
    feed.image = resolve_url(base_url, text_of(document, "icon"));
    if (feed.image.empty()) {
        feed.image = resolve_url(base_url, text_of(document, "favicon"));
    }
    return feed;
}

}  // namespace

Result<ParsedFeed> read_json_feed(std::string_view text, std::string_view base_url,
                                  const ParseLimits& limits) {
    if (auto error = check_limits(text, limits)) {
        return tl::unexpected<Error>(std::move(*error));
    }
    const json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (document.is_discarded()) {
        return fail(Errc::not_a_feed,
                    "this begins as JSON, but is broken: no JSON parser can read it");
    }
    const auto format = document.is_object() ? format_of(document) : std::nullopt;
    if (!format) {
        return fail(Errc::not_a_feed, "this is JSON, but no JSON Feed");
    }
    ParsedFeed feed = read_head(document, base_url);
    feed.format = *format;
    const std::string base{base_url.empty() ? feed.feed_url : base_url};
    const json& items = list_of(document, "items");
    if (items.size() > limits.max_articles) {
        return fail(Errc::too_large,
                    "the feed has more than " + std::to_string(limits.max_articles) + " articles");
    }
    for (const json& item : items) {
        if (item.is_object()) {
            feed.articles.push_back(read_item(item, base, feed));
        }
    }
    return feed;
}

}  // namespace wirewatch::feeds
