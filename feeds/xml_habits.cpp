// SPDX-License-Identifier: MIT
#include "feeds/xml_habits.hpp"

#include "feeds/letters.hpp"
#include "feeds/xml_root.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::feeds {

namespace {

template <class List>
bool lists(const List& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(),
                       [&](std::string_view known) { return equal_ignoring_case(known, name); });
}

// They hold text, or the HTML of an article.
constexpr std::array<std::string_view, 14> kHoldText{
    "title", "link",    "guid",    "id",          "pubDate", "published", "updated",
    "date",  "creator", "summary", "description", "encoded", "content",   "comments"};

// They stand in an item itself, and HTML has nothing of that name.
constexpr std::array<std::string_view, 12> kStandInItem{
    "guid",     "pubDate", "published", "updated",     "creator",   "category",
    "comments", "summary", "encoded",   "description", "enclosure", "author"};

}  // namespace

bool is_void_html(std::string_view name) {
    constexpr std::array<std::string_view, 5> kNames{"br", "img", "hr", "input", "wbr"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

bool is_item(std::string_view name) {
    const std::string_view local = local_name(name);
    return equal_ignoring_case(local, "item") || equal_ignoring_case(local, "entry");
}

bool never_holds(std::string_view outer, std::string_view inner) {
    outer = local_name(outer);
    inner = local_name(inner);
    if (!lists(kHoldText, outer)) {
        return false;
    }
    // A page pasted into a description has a <title> and <link>s of its own.
    const bool short_text =
        lists(std::array<std::string_view, 4>{"title", "link", "guid", "pubDate"}, outer);
    return lists(kStandInItem, inner) ||
           (short_text && lists(std::array<std::string_view, 2>{"title", "link"}, inner));
}

}  // namespace wirewatch::feeds
