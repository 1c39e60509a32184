// SPDX-License-Identifier: MIT
#include "feeds/html_tag.hpp"

#include "feeds/html_entities.hpp"
#include "feeds/letters.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

/// White space, "/", ">" and "=", which end a name within a tag.
constexpr auto kEndsName = [] {
    std::array<bool, 256> ends{};
    for (const char c : {' ', '\n', '\t', '\r', '\f', '/', '>', '='}) {
        ends[static_cast<unsigned char>(c)] = true;
    }
    return ends;
}();

bool ends_name(char c) {
    return kEndsName[static_cast<unsigned char>(c)];
}

/// Just past the ">" of the tag whose name ends at `at`. A quote is one only where a value begins.
std::size_t end_of_tag(std::string_view html, std::size_t at, Quotes quotes) {
    if (quotes == Quotes::ignore) {
        const std::size_t end = html.find('>', at);
        return end == kNowhere ? kNowhere : end + 1;
    }
    while (at < html.size() && html[at] != '>') {
        // "=" with nothing but white space or "/" before it begins a name.
        const bool in_name = !is_space(html[at]) && html[at] != '/';
        ++at;
        if (!in_name) {
            continue;
        }
        while (at < html.size() && !ends_name(html[at])) {
            ++at;
        }
        while (at < html.size() && is_space(html[at])) {
            ++at;
        }
        if (at == html.size() || html[at] != '=') {
            continue;
        }
        do {
            ++at;
        } while (at < html.size() && is_space(html[at]));
        if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
            at = html.find(html[at], at + 1);
            if (at == kNowhere) {
                return kNowhere;
            }
            ++at;
        } else {
            while (at < html.size() && !is_space(html[at]) && html[at] != '>') {
                ++at;
            }
        }
    }
    return at < html.size() ? at + 1 : kNowhere;
}

/// Takes the value that follows "=" off the front of `rest`.
std::string_view take_value(std::string_view& rest) {
    rest.remove_prefix(1);
    while (!rest.empty() && is_space(rest.front())) {
        rest.remove_prefix(1);
    }
    std::string_view value;
    if (rest.starts_with('"') || rest.starts_with('\'')) {
        const std::size_t end = rest.find(rest.front(), 1);
        value = rest.substr(1, end == kNowhere ? end : end - 1);
        rest.remove_prefix(end == kNowhere ? rest.size() : end + 1);
    } else {
        std::size_t end = 0;
        while (end < rest.size() && !is_space(rest[end])) {
            ++end;
        }
        value = rest.substr(0, end);
        rest.remove_prefix(end);
    }
    return value;
}

}  // namespace

std::optional<HtmlTag> read_tag(std::string_view html, std::size_t at, Quotes quotes) {
    HtmlTag tag;
    std::size_t i = at + 1;
    if (i < html.size() && html[i] == '/') {
        tag.closes = true;
        ++i;
    }
    if (i >= html.size() || !is_letter(html[i])) {
        return std::nullopt;
    }
    const std::size_t name_start = i;
    while (i < html.size() && (!ends_name(html[i]) || html[i] == '=')) {
        ++i;
    }
    tag.name = html.substr(name_start, i - name_start);
    tag.end = end_of_tag(html, i, quotes);
    if (tag.end == kNowhere) {
        return std::nullopt;
    }
    tag.attributes = html.substr(i, tag.end - 1 - i);
    return tag;
}

std::size_t end_of_comment(std::string_view html, std::size_t at) {
    const std::size_t start = at + 4;
    for (const std::string_view empty : {">", "->"}) {
        if (html.substr(start).starts_with(empty)) {
            return start + empty.size();
        }
    }
    for (std::size_t dashes = html.find("--", start); dashes != kNowhere;
         dashes = html.find("--", dashes + 1)) {
        const std::string_view rest = html.substr(dashes + 2);
        if (rest.starts_with('>')) {
            return dashes + 3;
        }
        if (rest.starts_with("!>")) {
            return dashes + 4;
        }
    }
    return html.size();
}

std::optional<HtmlAttribute> take_attribute(std::string_view& rest) {
    while (!rest.empty() && (is_space(rest.front()) || rest.front() == '/')) {
        rest.remove_prefix(1);
    }
    if (rest.empty()) {
        return std::nullopt;
    }
    std::size_t end = 1;  // "=" may begin a name
    while (end < rest.size() && !is_space(rest[end]) && rest[end] != '/' && rest[end] != '=') {
        ++end;
    }
    HtmlAttribute found{rest.substr(0, end), {}};
    rest.remove_prefix(end);
    const std::size_t next = static_cast<std::size_t>(
        std::find_if_not(rest.begin(), rest.end(), is_space) - rest.begin());
    if (next < rest.size() && rest[next] == '=') {
        rest.remove_prefix(next);
        found.value = take_value(rest);
    }
    return found;
}

std::string attribute_of(const HtmlTag& tag, std::string_view name) {
    std::string_view rest = tag.attributes;
    while (const auto attribute = take_attribute(rest)) {
        if (equal_ignoring_case(attribute->name, name)) {
            return without_entities(attribute->value, EntityPlace::attribute);
        }
    }
    return {};
}

}  // namespace wirewatch::feeds
