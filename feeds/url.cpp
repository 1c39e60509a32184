// SPDX-License-Identifier: MIT
#include "feeds/url.hpp"

#include "feeds/letters.hpp"

#include <algorithm>
#include <array>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

bool is_scheme(std::string_view text) {
    return !text.empty() && is_letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
           });
}

void drop_last_segment(std::string& path) {
    const std::size_t slash = path.rfind('/');
    path.erase(slash == std::string::npos ? 0 : slash);
}

/// Section 5.2.4.
std::string without_dots(std::string_view path) {
    std::string out;
    while (!path.empty()) {
        if (path.starts_with("../")) {
            path.remove_prefix(3);
        } else if (path.starts_with("./") || path.starts_with("/./")) {
            path.remove_prefix(2);
        } else if (path == "/.") {
            path = "/";
        } else if (path.starts_with("/../")) {
            path.remove_prefix(3);
            drop_last_segment(out);
        } else if (path == "/..") {
            path = "/";
            drop_last_segment(out);
        } else if (path == "." || path == "..") {
            path = {};
        } else {
            const std::size_t end = path.find('/', 1);
            out += path.substr(0, end);
            path.remove_prefix(end == kNowhere ? path.size() : end);
        }
    }
    return out;
}

/// Section 5.2.3.
std::string merged(const UrlParts& base, std::string_view path) {
    if (base.authority && base.path.empty()) {
        return "/" + std::string{path};
    }
    const std::size_t slash = base.path.rfind('/');
    const std::string_view folder =
        slash == kNowhere ? std::string_view{} : base.path.substr(0, slash + 1);
    return std::string{folder} + std::string{path};
}

/// Section 5.3.
std::string joined(const UrlParts& parts) {
    std::string out;
    if (parts.scheme) {
        out.append(*parts.scheme).append(":");
    }
    if (parts.authority) {
        out.append("//").append(*parts.authority);
    }
    out += parts.path;
    if (parts.query) {
        out.append("?").append(*parts.query);
    }
    if (parts.fragment) {
        out.append("#").append(*parts.fragment);
    }
    return out;
}

bool needs_cleaning(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return c == '&' || c == '\n' || c == '\r' || c == '\t' || c == '\0';
    });
}

std::string cleaned(std::string_view text) {
    std::string out{trimmed(text)};
    if (!needs_cleaning(out)) {
        return out;
    }
    std::erase_if(out, [](char c) { return c == '\n' || c == '\r' || c == '\t' || c == '\0'; });
    constexpr std::string_view kEscaped = "&amp;";  // escaped once too often by its feed
    std::size_t kept = 0;
    for (std::size_t at = 0; at < out.size(); ++kept) {
        const bool escaped = std::string_view{out}.substr(at).starts_with(kEscaped);
        out[kept] = out[at];
        at += escaped ? kEscaped.size() : 1;
    }
    out.resize(kept);
    return out;
}

bool is_absolute_already(std::string_view reference) {
    return (reference.starts_with("https://") || reference.starts_with("http://")) &&
           !is_space(reference.back()) && !needs_cleaning(reference);
}

bool is_script(const UrlParts& parts) {
    constexpr std::array<std::string_view, 3> kScripts{"javascript", "vbscript", "data"};
    return parts.scheme && std::any_of(kScripts.begin(), kScripts.end(), [&](std::string_view s) {
               return equal_ignoring_case(s, *parts.scheme);
           });
}

/// "www.example.org/a", without a scheme: no page of a site is called that.
bool names_host(std::string_view written) {
    constexpr std::string_view kWww = "www.";
    return written.size() > kWww.size() && equal_ignoring_case(written.substr(0, 4), kWww) &&
           written.substr(0, written.find_first_of("/?#")).find('.', kWww.size()) != kNowhere;
}

}  // namespace

UrlParts split_url(std::string_view url) {
    UrlParts parts;
    if (const std::size_t hash = url.find('#'); hash != kNowhere) {
        parts.fragment = url.substr(hash + 1);
        url = url.substr(0, hash);
    }
    if (const std::size_t mark = url.find('?'); mark != kNowhere) {
        parts.query = url.substr(mark + 1);
        url = url.substr(0, mark);
    }
    if (const std::size_t colon = url.find(':');
        colon != kNowhere && is_scheme(url.substr(0, colon))) {
        parts.scheme = url.substr(0, colon);
        url.remove_prefix(colon + 1);
    }
    if (url.starts_with("//")) {
        url.remove_prefix(2);
        const std::size_t slash = std::min(url.find('/'), url.size());
        parts.authority = url.substr(0, slash);
        url.remove_prefix(slash);
    }
    parts.path = url;
    return parts;
}

bool is_web_url(std::string_view url) {
    const UrlParts parts = split_url(url);
    return parts.scheme && parts.authority && !parts.authority->empty() &&
           (equal_ignoring_case(*parts.scheme, "http") ||
            equal_ignoring_case(*parts.scheme, "https"));
}

std::string resolve_url(std::string_view base, std::string_view reference) {
    if (is_absolute_already(reference)) {
        return std::string{reference};  // nearly all of them
    }
    const std::string written = cleaned(reference);
    UrlParts parts = split_url(written);
    if (is_script(parts)) {
        return {};
    }
    if (parts.scheme) {
        return written;
    }
    if (names_host(written)) {
        return "http://" + written;
    }
    const std::string base_text = cleaned(base);
    const UrlParts from = split_url(base_text);
    if (!from.scheme || written.empty()) {
        return written;
    }
    std::string path{parts.path};
    if (!parts.authority) {
        if (parts.path.empty()) {
            path = from.path;
            parts.query = parts.query ? parts.query : from.query;
        } else if (!parts.path.starts_with('/')) {
            path = merged(from, parts.path);
        }
        parts.authority = from.authority;
    }
    path = without_dots(path);
    parts.path = path;
    parts.scheme = from.scheme;
    return joined(parts);
}

}  // namespace wirewatch::feeds
