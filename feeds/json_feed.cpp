// SPDX-License-Identifier: MIT
#include "feeds/json_feed.hpp"

#include "base/printable.hpp"
#include "feeds/byte_count.hpp"
#include "feeds/dates.hpp"
#include "feeds/html_links.hpp"
#include "feeds/html_text.hpp"
#include "feeds/json_mend.hpp"
#include "feeds/letters.hpp"
#include "feeds/memory_budget.hpp"
#include "feeds/short_list.hpp"
#include "feeds/url.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::feeds {

namespace {

using nlohmann::json;

/// Depth and number of values, before anything is built from them. A number is short.
std::optional<Error> check_limits(std::string_view text, const ParseLimits& limits) {
    constexpr std::size_t kMaxNumber = 1000;  // our choice; a double says all it can in 17 digits
    const std::size_t max_values = affordable(limits.max_tags, text.size(), kBytesPerJsonValue);
    std::size_t depth = 0;
    std::size_t values = 0;
    std::size_t digits = 0;
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
        digits = !in_string && is_digit(c) ? digits + 1 : 0;
        if (digits > kMaxNumber) {
            return Error{Errc::too_large, "the document has a number of more than " +
                                              std::to_string(kMaxNumber) + " digits"};
        }
        if (depth > limits.max_depth) {
            return Error{Errc::too_large, "the document has more than " +
                                              std::to_string(limits.max_depth) +
                                              " levels of values in each other"};
        }
        if (values > max_values) {
            return Error{Errc::too_large,
                         "the document has more than " + std::to_string(max_values) + " values"};
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

/// The values of a member that should be a list, and is the one value itself in some feeds.
std::vector<const json*> values_of(const json& object, const char* member) {
    std::vector<const json*> values;
    const auto found = object.find(member);
    if (found == object.end()) {
        return values;
    }
    if (!found->is_array()) {
        return {&*found};
    }
    for (const json& value : *found) {
        values.push_back(&value);
    }
    return values;
}

std::string text_or_member(const json& value, std::span<const char* const> members) {
    if (value.is_string()) {
        return value.get<std::string>();
    }
    for (const char* const member : members) {
        if (std::string text = value.is_object() ? text_of(value, member) : ""; !text.empty()) {
            return text;
        }
    }
    return {};
}

/// "jane@example.org" of "mailto:jane@example.org?subject=Hello", where an address is the name.
std::string without_mailto(std::string name) {
    constexpr std::string_view kScheme = "mailto:";
    if (equal_ignoring_case(std::string_view{name}.substr(0, kScheme.size()), kScheme)) {
        name = name.substr(kScheme.size(), name.find('?') - kScheme.size());
    }
    return name;
}

/// "author" of 1.0 and "authors" of 1.1: where both stand, they may name different people.
std::vector<std::string> people_of(const json& object) {
    constexpr std::array<const char*, 2> kNameParts{"name", "url"};
    std::vector<std::string> people;
    for (const char* const member : {"author", "authors"}) {
        for (const json* person : values_of(object, member)) {
            add_once(people, plain_to_line(without_mailto(text_or_member(*person, kNameParts))));
        }
    }
    return people;
}

std::vector<std::string> tags_of(const json& item) {
    constexpr std::array<const char*, 3> kNameParts{"name", "label", "term"};
    std::vector<std::string> tags;
    for (const json* tag : values_of(item, "tags")) {
        add_once(tags,
                 tag->is_number() ? tag->dump() : plain_to_line(text_or_member(*tag, kNameParts)));
    }
    return tags;
}

std::uint64_t size_of(const json& attachment) {
    const auto size = attachment.find("size_in_bytes");
    if (size != attachment.end() && size->is_number_unsigned()) {
        return size->get<std::uint64_t>();
    }
    return byte_count(text_of(attachment, "size_in_bytes"));  // "1024", 1024.0
}

std::vector<Enclosure> attachments_of(const json& item, std::string_view base) {
    std::vector<Enclosure> list;
    for (const json* value : values_of(item, "attachments")) {
        const json& attachment = *value;
        if (!attachment.is_object() || list.size() == kMaxListed) {
            continue;
        }
        Enclosure enclosure{resolve_url(base, text_of(attachment, "url")),
                            text_of(attachment, "mime_type")};
        enclosure.length = size_of(attachment);
        if (!enclosure.url.empty()) {
            list.push_back(std::move(enclosure));
        }
    }
    return list;
}

Article read_item(const json& item, std::string_view base, const ParsedFeed& feed,
                  const ParseLimits& limits, Markup markup) {
    Article article;
    article.id = text_of(item, "id");
    article.url = resolve_url(base, text_of(item, "url"));
    if (article.url.empty()) {
        article.url = resolve_url(base, text_of(item, "external_url"));
    }
    article.title = plain_to_line(text_of(item, "title"));
    article.summary = plain_to_text(text_of(item, "summary"));
    std::string html = text_of(item, "content_html");
    article.content =
        html.empty() ? plain_to_text(text_of(item, "content_text")) : html_to_text(html);
    if (markup == Markup::kept) {
        article.content_html = with_absolute_links(std::move(html), base);
    }
    article.published = parse_date(text_of(item, "date_published"), limits.latest_guess);
    article.updated = parse_date(text_of(item, "date_modified"), limits.latest_guess);
    article.authors = people_of(item);
    if (article.authors.empty()) {
        article.authors = feed.authors;  // as version 1.1 says
    }
    article.language = text_of(item, "language");
    if (article.language.empty()) {
        article.language = feed.language;
    }
    article.categories = tags_of(item);
    article.image = resolve_url(base, text_of(item, "image"));
    if (article.image.empty()) {
        article.image = resolve_url(base, text_of(item, "banner_image"));
    }
    article.enclosures = attachments_of(item, base);
    return article;
}

/// "JSON Feed 1.1" of its version's address; without one, what has items and a title or version is
/// taken for a feed.
std::optional<std::string> format_of(const json& document) {
    const auto items = document.find("items");
    if (items == document.end() || !items->is_array()) {
        return std::nullopt;
    }
    constexpr std::string_view kMark = "jsonfeed.org/version/";
    const std::string version = text_of(document, "version");
    if (const std::size_t mark = version.find(kMark); mark != std::string::npos) {
        const std::string number = version.substr(mark + kMark.size());
        return "JSON Feed " + (number == "1" ? "1.0" : printable(number, 8));
    }
    if (document.contains("title") || !version.empty()) {
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
    constexpr std::array<const char*, 1> kHubParts{"url"};
    for (const json* hub : values_of(document, "hubs")) {
        if (!hub->is_object() || lower(text_of(*hub, "type")) != "rsscloud") {
            add_once(feed.hubs, resolve_url(base_url, text_or_member(*hub, kHubParts)));
        }
    }
    feed.next_url = resolve_url(base_url, text_of(document, "next_url"));
    const auto expired = document.find("expired");
    feed.expired = expired != document.end() && expired->is_boolean() && expired->get<bool>();
    return feed;
}

}  // namespace

Result<ParsedFeed> read_json_feed(std::string_view text, std::string_view base_url,
                                  const ParseLimits& limits, Markup markup) {
    if (auto error = check_limits(text, limits)) {
        return tl::unexpected<Error>(std::move(*error));
    }
    json document = json::parse(text, nullptr, /*allow_exceptions=*/false);
    std::vector<std::string> repaired;
    bool cut_off = false;
    if (document.is_discarded()) {
        MendedJson mended = mend_json(text);
        if (!mended.repaired.empty()) {
            document = json::parse(mended.text, nullptr, /*allow_exceptions=*/false);
        }
        repaired = std::move(mended.repaired);
        cut_off = mended.cut_off;
    }
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
    feed.repaired = std::move(repaired);
    feed.cut_off = cut_off;
    const std::string base{base_url.empty() ? feed.feed_url : base_url};
    const json& items = list_of(document, "items");
    if (items.size() > limits.max_articles) {
        return fail(Errc::too_large,
                    "the feed has more than " + std::to_string(limits.max_articles) + " articles");
    }
    for (const json& item : items) {
        if (item.is_object()) {
            feed.articles.push_back(read_item(item, base, feed, limits, markup));
        }
    }
    return feed;
}

}  // namespace wirewatch::feeds
