// SPDX-License-Identifier: MIT
#include "feeds/html_tag.hpp"

#include "base/utf8.hpp"
#include "feeds/html_entities.hpp"
#include "feeds/letters.hpp"

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

bool ends_name(char c) {
    return is_space(c) || c == '>' || c == '/' || c == '=';
}

/// Just past the ">" of the tag that begins before `at`.
std::size_t end_of_tag(std::string_view html, std::size_t at, Quotes quotes) {
    while (at < html.size() && html[at] != '>') {
        if (quotes == Quotes::respect && (html[at] == '"' || html[at] == '\'')) {
            at = html.find(html[at], at + 1);
            if (at == kNowhere) {
                return kNowhere;
            }
        }
        ++at;
    }
    return at < html.size() ? at + 1 : kNowhere;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (const auto entity = read_entity(text.substr(at))) {
            utf8::append(out, entity->code_point);
            at += entity->bytes;
        } else {
            out += text[at++];
        }
    }
    return out;
}

/// Takes the value that follows "=" off the front of `rest`.
std::string_view take_value(std::string_view& rest) {
    rest = trimmed(rest.substr(1));
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
    while (i < html.size() && !ends_name(html[i])) {
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

std::string attribute_of(const HtmlTag& tag, std::string_view name) {
    std::string_view rest = tag.attributes;
    while (true) {
        while (!rest.empty() && ends_name(rest.front())) {
            rest.remove_prefix(1);
        }
        if (rest.empty()) {
            return {};
        }
        std::size_t end = 0;
        while (end < rest.size() && !ends_name(rest[end])) {
            ++end;
        }
        const std::string_view found = rest.substr(0, end);
        rest = trimmed(rest.substr(end));
        const std::string_view value = rest.starts_with('=') ? take_value(rest) : "";
        if (equal_ignoring_case(found, name)) {
            return decoded(value);
        }
    }
}

}  // namespace wirewatch::feeds
