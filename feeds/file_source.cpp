// SPDX-License-Identifier: MIT
#include "feeds/file_source.hpp"

#include "feeds/url.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace wirewatch::feeds {

namespace {

constexpr std::string_view kAdvice = "; write it like file:///srv/feeds/news.xml";

int digit_of(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// "a%20b" as "a b"; nothing where a % is followed by no two digits.
std::optional<std::string> unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? digit_of(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? digit_of(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        plain += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return plain;
}

/// The names of a path, without empty ones and ".".
std::vector<std::string_view> names_of(std::string_view path) {
    std::vector<std::string_view> names;
    while (!path.empty()) {
        const auto name = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(name.size() + 1, path.size()));
        if (!name.empty() && name != ".") {
            names.push_back(name);
        }
    }
    return names;
}

std::string joined(const std::vector<std::string_view>& names) {
    std::string path;
    for (const std::string_view name : names) {
        path.append("/").append(name);
    }
    return path.empty() ? "/" : path;
}

}  // namespace

bool is_file_url(std::string_view url) {
    constexpr std::string_view kScheme = "file:";
    return url.size() > kScheme.size() &&
           std::equal(kScheme.begin(), kScheme.end(), url.begin(), [](char expected, char c) {
               return expected == (c >= 'A' && c <= 'Z' ? c | 0x20 : c);
           });
}

Result<std::string> path_of_file_url(std::string_view url) {
    const UrlParts parts = split_url(url);
    const std::string_view host = parts.authority.value_or("");
    const auto wrong = [](std::string_view what) {
        return fail(Errc::invalid, std::string{what}.append(kAdvice));
    };
    if (!is_file_url(url)) {
        return wrong("this is no file URL");
    }
    if (!host.empty() && host != "localhost") {
        return wrong("a file URL names no other host: three slashes stand in front of the path");
    }
    if (parts.query || parts.fragment) {
        return wrong("a file URL has no '?' and no '#'; in a name they are %3F and %23");
    }
    const auto path = unescaped(parts.path);
    if (!path || path->find('\0') != std::string::npos) {
        return wrong("a '%' in a file URL stands before the two digits of a character");
    }
    if (!path->starts_with('/')) {
        return wrong("the path of a file URL begins at the root");
    }
    const auto names = names_of(*path);
    if (std::find(names.begin(), names.end(), "..") != names.end()) {
        return wrong("the path of a file URL climbs nowhere with '..'");
    }
    return joined(names);
}

std::optional<std::string> root_of(std::string_view path, const std::vector<std::string>& roots) {
    const auto names = names_of(path);
    std::optional<std::vector<std::string_view>> best;
    for (const std::string& root : roots) {
        auto above = names_of(root);
        const bool holds =
            above.size() <= names.size() && std::equal(above.begin(), above.end(), names.begin());
        if (holds && (!best || above.size() > best->size())) {
            best = std::move(above);
        }
    }
    return best ? std::optional{joined(*best)} : std::nullopt;
}

bool is_document_name(std::string_view name) {
    constexpr std::array<std::string_view, 4> kEndings{".xml", ".rss", ".atom", ".json"};
    return !name.starts_with('.') &&
           std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
               return name.size() > ending.size() && name.ends_with(ending);
           });
}

}  // namespace wirewatch::feeds
