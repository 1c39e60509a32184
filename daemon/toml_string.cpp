// SPDX-License-Identifier: MIT
#include "daemon/toml_string.hpp"

#include "base/utf8.hpp"

#include <array>
#include <cstdio>

namespace wirewatch::daemon {

namespace {

/// What an editor would not show, or show elsewhere than it stands.
bool is_hidden(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

}  // namespace

std::string toml_string(std::string_view text) {
    const std::string valid = utf8::repair(text);
    std::string out = "\"";
    for (std::size_t at = 0; at < valid.size();) {
        const char32_t c = utf8::next(valid, at);
        if (c == U'"' || c == U'\\') {
            out += '\\';
            utf8::append(out, c);
        } else if (is_hidden(c)) {
            std::array<char, 8> escape{};
            std::snprintf(escape.data(), escape.size(), "\\u%04X", static_cast<unsigned>(c));
            out += escape.data();
        } else {
            utf8::append(out, c);
        }
    }
    return out += '"';
}

}  // namespace wirewatch::daemon
