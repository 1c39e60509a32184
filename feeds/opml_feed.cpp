// SPDX-License-Identifier: MIT
//   text, title, xmlUrl     as in OPML; no title where the feed has none of its own
//   category                the tags, separated by commas
//   wirewatch:id            [a-z0-9._-]{1,64}; its presence says who wrote the outline
//   wirewatch:tags          a JSON array, only where a tag would not survive as a category
//   wirewatch:language, wirewatch:interval ("15m", "adaptive"), wirewatch:respect_ttl ("false"),
//   wirewatch:identity ("id", "url", "title"), wirewatch:enabled ("false"): only where they are not
//   the default
#include "feeds/opml_feed.hpp"

#include "base/id.hpp"
#include "feeds/letters.hpp"
#include "feeds/opml.hpp"
#include "feeds/short_list.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

using nlohmann::json;

constexpr std::array<std::string_view, 4> kIdentities{"auto", "id", "url", "title"};

/// On one line, as readers of attributes see it anyway, and without the control characters that XML
/// has no way to write. Source: XML 1.0, "Char" and section 3.3.3.
std::string for_xml(std::string text) {
    std::replace_if(text.begin(), text.end(), is_space, ' ');
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
    return text;
}

void add(pugi::xml_node outline, const char* name, const std::string& value) {
    if (!value.empty()) {
        outline.append_attribute(name).set_value(for_xml(value).c_str());
    }
}

bool survive_as_categories(const std::vector<std::string>& tags) {
    std::vector<std::string> kept;
    for (const std::string& tag : tags) {
        add_once(kept, tag_of_folder(tag));
    }
    return kept == tags;
}

std::string joined(const std::vector<std::string>& tags) {
    std::string text;
    for (const std::string& tag : tags) {
        text += (text.empty() ? "" : ",") + tag;
    }
    return text;
}

std::vector<std::string> tags_in(std::string_view text) {
    std::vector<std::string> tags;
    const json list = json::parse(text, nullptr, false);
    for (const json& tag : list.is_array() ? list : json::array()) {
        if (tag.is_string() && tags.size() < kMaxListed) {
            tags.push_back(tag.get<std::string>());
        }
    }
    return tags;
}

}  // namespace

void write_outline(pugi::xml_node parent, const Feed& feed) {
    pugi::xml_node outline = parent.append_child("outline");
    outline.append_attribute("type").set_value("rss");
    add(outline, "text", feed.title.empty() ? feed.id : feed.title);
    add(outline, "title", feed.title);
    add(outline, "xmlUrl", feed.url);
    add(outline, "category", joined(feed.tags));
    add(outline, "wirewatch:id", feed.id);
    if (!survive_as_categories(feed.tags)) {
        add(outline, "wirewatch:tags",
            json(feed.tags).dump(-1, ' ', false, json::error_handler_t::replace));
    }
    add(outline, "wirewatch:language", feed.language);
    add(outline, "wirewatch:interval",
        feed.interval ? to_text(*feed.interval) : std::string{feed.adaptive ? "adaptive" : ""});
    add(outline, "wirewatch:respect_ttl", feed.respect_ttl ? "" : "false");
    if (feed.identity != Identity::automatic) {
        add(outline, "wirewatch:identity",
            std::string{kIdentities[static_cast<std::size_t>(feed.identity)]});
    }
    add(outline, "wirewatch:enabled", feed.enabled ? "" : "false");
}

bool read_own_attributes(pugi::xml_node outline, Feed& feed) {
    const std::string id = outline.attribute("wirewatch:id").value();
    if (!is_id(id)) {
        return false;
    }
    feed.id = id;
    feed.title = outline.attribute("title").value();
    feed.tags = tags_in(outline.attribute("wirewatch:tags").value());
    feed.language = outline.attribute("wirewatch:language").value();
    const std::string_view interval = outline.attribute("wirewatch:interval").value();
    feed.adaptive = interval == "adaptive";
    if (const auto length = parse_duration(interval)) {
        feed.interval = *length;
    }
    feed.respect_ttl =
        std::string_view{outline.attribute("wirewatch:respect_ttl").value()} != "false";
    const std::string_view identity = outline.attribute("wirewatch:identity").value();
    if (const auto known = std::find(kIdentities.begin(), kIdentities.end(), identity);
        known != kIdentities.end()) {
        feed.identity = static_cast<Identity>(known - kIdentities.begin());
    }
    feed.enabled = std::string_view{outline.attribute("wirewatch:enabled").value()} != "false";
    return true;
}

}  // namespace wirewatch::feeds
