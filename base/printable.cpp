// SPDX-License-Identifier: MIT
#include "base/printable.hpp"

#include "base/utf8.hpp"

#include <array>
#include <cstdio>

namespace wirewatch {

namespace {

bool steers_the_terminal(char32_t c) {
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    const bool line_end = c == 0x2028 || c == 0x2029;
    const bool turns_text = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    return control || line_end || turns_text;
}

void append_escaped(std::string& out, char32_t c) {
    if (c == '\n') {
        out += "\\n";
    } else if (c == '\t') {
        out += "\\t";
    } else {
        std::array<char, 16> text{};
        std::snprintf(text.data(), text.size(), "\\u{%02X}", static_cast<unsigned>(c));
        out += text.data();
    }
}

}  // namespace

std::string printable(std::string_view text, std::size_t max_bytes) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        if (out.size() >= max_bytes) {
            return out + "…";
        }
        const char32_t c = utf8::next(text, at);
        if (steers_the_terminal(c)) {
            append_escaped(out, c);
        } else {
            utf8::append(out, c);
        }
    }
    return out;
}

}  // namespace wirewatch
