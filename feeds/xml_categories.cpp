// SPDX-License-Identifier: MIT
#include "feeds/xml_categories.hpp"

#include "feeds/html_text.hpp"
#include "feeds/letters.hpp"
#include "feeds/short_list.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include <pugixml.hpp>

namespace wirewatch::feeds {

namespace {

/// itunes:keywords and media:keywords hold "one, two".
void add_keywords(std::string_view list, std::vector<std::string>& categories) {
    while (!list.empty()) {
        const std::size_t end = std::min(list.find_first_of(",;"), list.size());
        add_once(categories, plain_to_line(trimmed(list.substr(0, end))));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
}

/// `label` and `term` are Atom's and Media RSS's, `text` is iTunes' and Google's.
std::string words_of(pugi::xml_node category) {
    if (category.first_attribute()) {
        for (const char* const attribute : {"label", "term", "text"}) {
            if (const std::string_view words = trimmed(category.attribute(attribute).value());
                !words.empty()) {
                return plain_to_line(words);
            }
        }
    }
    return html_to_line(html_in(category).view());
}

void add_category(const Field& field, std::vector<std::string>& categories) {
    const auto words = only_text(field);
    if (words && !field.may_have_attributes) {
        add_once(categories, html_to_line(*words));  // most of them
        return;
    }
    const pugi::xml_node element = field.element();
    if (field.content == Content::nothing && field.name == "atom:category"_field) {
        add_once(categories, words_of(element));  // most of the others
        return;
    }
    bool is_list = false;
    for (const char* const list : {"rdf:bag", "rdf:seq", "rdf:alt"}) {
        for (const pugi::xml_node one : element.child(list).children("rdf:li")) {
            add_once(categories, words_of(one));
            is_list = true;
        }
    }
    // Media RSS: what has a scheme but no label is a code of that scheme.
    const bool is_code = field.name == "media:category"_field && element.attribute("scheme") &&
                         !element.attribute("label");
    if (is_list || is_code) {
        return;
    }
    add_once(categories, words_of(element));
    for (const pugi::xml_node sub : element.children("itunes:category")) {
        add_once(categories, words_of(sub));  // "Society & Culture" holds "Documentary"
    }
}

}  // namespace

std::vector<std::string> categories_in(const Children& parent, const Names& names) {
    std::vector<std::string> categories;
    if (!parent.has_any(names)) {
        return categories;
    }
    categories.reserve(std::min(parent.count(names), kMaxListed));
    for (const FieldName name : names.list) {
        const bool is_list = name == "itunes:keywords"_field || name == "media:keywords"_field;
        for (auto at = parent.find(name); at != Children::kNone; at = parent.find(name, at + 1)) {
            if (is_list) {
                add_keywords(html_to_line(text_in(parent[at]).view()), categories);
            } else {
                add_category(parent[at], categories);
            }
        }
    }
    return categories;
}

}  // namespace wirewatch::feeds
