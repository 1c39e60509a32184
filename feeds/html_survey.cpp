// SPDX-License-Identifier: MIT
#include "feeds/html_survey.hpp"

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
        const bool same = !open.empty() && equal_ignoring_case(open.back(), tag->name);
        // A closing tag that closes something else is not believed: the tree may ignore it.
        if (tag->closes && same) {
            open.pop_back();
        } else if (!tag->closes && !is_void(tag->name) && !(same && ends_at_next(tag->name)) &&
                   open.size() <= max_depth) {
            open.push_back(tag->name);
            found.depth = std::max(found.depth, open.size());
        }
    }
    return found;
}

}  // namespace wirewatch::feeds
