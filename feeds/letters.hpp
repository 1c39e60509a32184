// SPDX-License-Identifier: MIT
// ASCII letters and white space, whatever the locale: the grain of markup, URLs and dates.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

[[nodiscard]] constexpr bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] constexpr char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string out{text};
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return lower(c); });
    return out;
}

[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

/// Where `needle` begins in `text` from `start` on; npos: nowhere.
[[nodiscard]] constexpr std::size_t find_ignoring_case(std::string_view text,
                                                       std::string_view needle,
                                                       std::size_t start = 0) {
    if (start > text.size()) {
        return std::string_view::npos;
    }
    const auto found =
        std::search(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(), needle.begin(),
                    needle.end(), [](char x, char y) { return lower(x) == lower(y); });
    return found == text.end() && !needle.empty() ? std::string_view::npos
                                                  : static_cast<std::size_t>(found - text.begin());
}

/// Without white space at either end.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace wirewatch::feeds
