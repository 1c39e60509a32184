// SPDX-License-Identifier: MIT
#include "feeds/xml_root.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::size_t kMaxJunk = 64u << 10;

std::size_t past(std::string_view text, std::string_view what, std::size_t from) {
    const std::size_t found = text.find(what, from);
    return found == kNowhere ? text.size() : found + what.size();
}

/// Past a DOCTYPE, whose internal subset in brackets may hold any number of "<", ">" and quotes.
std::size_t past_doctype(std::string_view text, std::size_t at) {
    int brackets = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '"' || c == '\'') {
            const std::size_t end = text.find(c, at + 1);
            if (end == kNowhere) {
                return text.size();
            }
            at = end;
        } else if (c == '[') {
            ++brackets;
        } else if (c == ']') {
            --brackets;
        } else if (c == '>' && brackets <= 0) {
            return at + 1;
        }
    }
    return at;
}

}  // namespace

std::optional<XmlRoot> find_root(std::string_view text) {
    std::size_t at = 0;
    while (true) {
        while (at < text.size() && is_space(text[at])) {
            ++at;
        }
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("<!--")) {
            at = past(text, "-->", at);
        } else if (rest.starts_with("<?")) {
            at = past(text, "?>", at);
        } else if (rest.starts_with("<!")) {
            at = past_doctype(text, at);
        } else if (rest.size() > 1 && rest[0] == '<' && is_name_start(rest[1])) {
            return XmlRoot{at, name_at(text, at + 1)};
        } else {
            return std::nullopt;
        }
    }
}

std::optional<XmlRoot> find_feed_root(std::string_view text) {
    text = text.substr(0, kMaxJunk);
    for (std::size_t at = text.find('<'); at != kNowhere; at = text.find('<', at + 1)) {
        if (text.substr(at).starts_with("<!--")) {
            at = past(text, "-->", at) - 1;
        } else if (const std::string_view name = name_at(text, at + 1); is_feed_root(name)) {
            return XmlRoot{at, name};
        }
    }
    return std::nullopt;
}

bool is_feed_root(std::string_view name) {
    constexpr std::array<std::string_view, 4> kRoots{"rss", "rdf", "feed", "channel"};
    const std::string_view local = local_name(name);
    return std::any_of(kRoots.begin(), kRoots.end(),
                       [&](std::string_view root) { return equal_ignoring_case(root, local); });
}

std::string_view name_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_name_char(text[end])) {
        ++end;
    }
    return text.substr(at, end - at);
}

bool is_article_root(std::string_view name) {
    const std::string_view local = local_name(name);
    return equal_ignoring_case(local, "entry") || equal_ignoring_case(local, "item");
}

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == kNowhere ? name : name.substr(colon + 1);
}

bool is_name_start(char c) {
    return is_letter(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_char(char c) {
    return is_name_start(c) || is_digit(c) || c == '-' || c == '.';
}

}  // namespace wirewatch::feeds
