// SPDX-License-Identifier: MIT
#include "feeds/feed_json.hpp"

#include <array>
#include <chrono>
#include <utility>

#include <nlohmann/json.hpp>

namespace wirewatch::feeds {

namespace {

using json = nlohmann::ordered_json;

void put(json& object, const char* member, const std::string& text) {
    if (!text.empty()) {
        object[member] = text;
    }
}

void put_people(json& object, const std::vector<std::string>& people) {
    for (const std::string& name : people) {
        object["authors"].push_back({{"name", name}});
    }
}

json attachment(const Enclosure& enclosure) {
    json out;
    out["url"] = enclosure.url;
    // JSON Feed insists on a type; this is the one that says nothing (RFC 2046 section 4.5.1).
    out["mime_type"] = enclosure.type.empty() ? "application/octet-stream" : enclosure.type;
    if (enclosure.length > 0) {
        out["size_in_bytes"] = enclosure.length;
    }
    return out;
}

/// An id is required. Where the feed gives none, the address is what the specification advises.
const std::string& id_of(const Article& article) {
    if (!article.id.empty()) {
        return article.id;
    }
    return article.url.empty() ? article.title : article.url;
}

json item_of(const Article& article) {
    json item;
    item["id"] = id_of(article);
    put(item, "url", article.url);
    put(item, "title", article.title);
    put(item, "content_html", article.content_html);
    if (article.content_html.empty()) {
        put(item, "content_text", article.content);
    }
    put(item, "summary", article.summary);
    put(item, "image", article.image);
    if (article.published) {
        item["date_published"] = to_rfc3339(*article.published);
    }
    if (article.updated) {
        item["date_modified"] = to_rfc3339(*article.updated);
    }
    put_people(item, article.authors);
    if (!article.categories.empty()) {
        item["tags"] = article.categories;
    }
    put(item, "language", article.language);
    for (const Enclosure& enclosure : article.enclosures) {
        item["attachments"].push_back(attachment(enclosure));
    }
    json extension;
    put(extension, "comments_url", article.comments_url);
    if (article.title_html != article.title) {
        put(extension, "title_html", article.title_html);
    }
    if (article.summary_html != article.summary) {
        put(extension, "summary_html", article.summary_html);
    }
    if (!extension.empty()) {
        item["_wirewatch"] = std::move(extension);
    }
    return item;
}

void put_schedule(json& extension, const FeedSchedule& schedule) {
    if (schedule.ttl.count() > 0) {
        extension["ttl"] = schedule.ttl.count();
    }
    if (schedule.update_period.count() > 0) {
        extension["update_period"] = schedule.update_period.count();
    }
    if (!schedule.skip_hours.empty()) {
        extension["skip_hours"] = schedule.skip_hours;
    }
    constexpr std::array<const char*, 7> kDays{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};
    for (const std::chrono::weekday day : schedule.skip_days) {
        extension["skip_days"].push_back(kDays.at(day.c_encoding()));
    }
}

}  // namespace

std::string to_json_feed(const ParsedFeed& feed) {
    json out;
    out["version"] = "https://jsonfeed.org/version/1.1";
    out["title"] = feed.title;
    put(out, "home_page_url", feed.url);
    put(out, "feed_url", feed.feed_url);
    put(out, "description", feed.description);
    put(out, "next_url", feed.next_url);
    put(out, "icon", feed.image);
    put_people(out, feed.authors);
    put(out, "language", feed.language);
    if (feed.expired) {
        out["expired"] = true;
    }
    for (const std::string& hub : feed.hubs) {
        out["hubs"].push_back({{"type", "WebSub"}, {"url", hub}});
    }
    json& extension = out["_wirewatch"];
    extension["format"] = feed.format;
    extension["encoding"] = feed.encoding;
    if (!feed.repaired.empty()) {
        extension["repaired"] = feed.repaired;
    }
    put_schedule(extension, feed.schedule);
    out["items"] = json::array();
    for (const Article& article : feed.articles) {
        out["items"].push_back(item_of(article));
    }
    if (feed.last_is_unfinished) {
        out["items"].back()["_wirewatch"]["unfinished"] = true;
    }
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace wirewatch::feeds
