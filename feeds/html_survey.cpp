// SPDX-License-Identifier: MIT
#include "feeds/html_survey.hpp"

#include "feeds/html_elements.hpp"
#include "feeds/html_tag.hpp"
#include "feeds/letters.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace wirewatch::feeds {

namespace {

/// Elements that never hold anything.
bool is_void(std::string_view name) {
    constexpr std::array<std::string_view, 11> kNames{
        "br", "img", "hr", "wbr", "input", "meta", "link", "source", "embed", "param", "area"};
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view known) { return equal_ignoring_case(known, name); });
}

/// Elements that end where the next of their name begins, if nothing else is open within.
bool ends_at_next(std::string_view name) {
    constexpr std::array<std::string_view, 8> kNames{"p",  "li", "td", "tr",
                                                     "th", "dd", "dt", "option"};
    return std::any_of(kNames.begin(), kNames.end(),
                       [&](std::string_view known) { return equal_ignoring_case(known, name); });
}

/// Attributes at most: each has white space, a slash or a quote in front.
std::size_t count_attributes(std::string_view attributes) {
    std::size_t count = 0;
    char quote = 0;
    for (const char c : attributes) {
        if (quote != 0) {
            quote = c == quote ? '\0' : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
            ++count;
        } else if (is_space(c) || c == '/') {
            ++count;
        }
    }
    return count;
}

/// Ends what "</name>" surely ends. A closing tag of anything else is not believed: the tree may
/// ignore it.
void close(std::vector<std::string_view>& open, std::string_view name) {
    std::size_t depth = open.size();
    while (depth > 0 && !equal_ignoring_case(open[depth - 1], name)) {
        if (!ends_at_next(open[depth - 1])) {
            return;
        }
        --depth;
    }
    if (depth > 0) {
        open.resize(depth - 1);
    }
}

/// Ends what "<name>" surely ends: a <p> at each block, and an item at the next.
void make_way(std::vector<std::string_view>& open, std::string_view name) {
    if (open.empty()) {
        return;
    }
    const Role role = html_element(name).role;
    const auto is = [&](std::string_view known) { return equal_ignoring_case(name, known); };
    const bool in_row = is("td") || is("th") || is("tr");
    const bool ends_paragraph = in_row || role == Role::block || role == Role::heading ||
                                role == Role::list_item || role == Role::term;
    if (ends_paragraph && equal_ignoring_case(open.back(), "p")) {
        open.pop_back();
    }
    if (in_row && !open.empty() &&
        (equal_ignoring_case(open.back(), "td") || equal_ignoring_case(open.back(), "th"))) {
        open.pop_back();
    }
    if (!open.empty() && ends_at_next(name) && equal_ignoring_case(open.back(), name)) {
        open.pop_back();
    }
}

}  // namespace

HtmlSurvey survey(std::string_view html, std::size_t max_depth) {
    HtmlSurvey found;
    std::vector<std::string_view> open;
    for (std::size_t at = html.find('<'); at < html.size(); at = html.find('<', at)) {
        if (html.substr(at).starts_with("<!--")) {
            at = end_of_comment(html, at);
            continue;
        }
        const auto tag = read_tag(html, at);
        if (!tag) {
            if (at + 1 < html.size() && is_letter(html[at + 1])) {
                break;  // it takes all that follows
            }
            ++at;
            continue;
        }
        at = tag->end;
        ++found.tags;
        found.attributes = std::max(found.attributes, count_attributes(tag->attributes));
        if (tag->closes) {
            close(open, tag->name);
        } else if (!is_void(tag->name)) {
            make_way(open, tag->name);
            if (open.size() <= max_depth) {
                open.push_back(tag->name);
            }
            found.depth = std::max(found.depth, open.size());
        }
    }
    return found;
}

}  // namespace wirewatch::feeds
