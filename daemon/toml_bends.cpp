// SPDX-License-Identifier: MIT
#include "daemon/toml_bends.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace wirewatch::daemon {

namespace {

/// Of an escape that begins with the backslash at the front of `raw`: 2, 6 for \u, 10 for \U.
std::size_t escape_length(std::string_view raw) {
    switch (raw.size() > 1 ? raw[1] : '\0') {
        case 'u':
            return 6;
        case 'U':
            return 10;
        default:
            return 2;
    }
}

/// A backslash at the end of a line: what is white behind it belongs to no text.
bool continues(std::string_view raw) {
    const std::size_t next = raw.find_first_not_of(" \t\r", 1);
    return next != std::string_view::npos && raw[next] == '\n';
}

}  // namespace

std::vector<Bend> bends_in(std::string_view raw, std::string_view text, const Position& first) {
    std::vector<Bend> bends;
    Bend here{0, first.line, first.column};
    std::size_t at = 0;
    while (here.offset < text.size() && at < raw.size()) {
        if (raw[at] == '\\') {
            const bool line = continues(raw.substr(at));
            const std::size_t length =
                line ? std::min(raw.find_first_not_of(" \t\r\n", at + 1), raw.size()) - at
                     : escape_length(raw.substr(at));
            for (const char byte : raw.substr(at, length)) {
                here.line += byte == '\n' ? 1 : 0;
                here.column = byte == '\n' ? 1 : here.column + 1;
            }
            at += length;
            if (!line) {
                utf8::next(text, here.offset);
            }
            bends.push_back(here);
            continue;
        }
        if (raw[at] == '\r' && text[here.offset] != '\r') {  // read as \n alone
            ++at;
            continue;
        }
        const bool ends = raw[at] == '\n';
        utf8::next(raw, at);
        utf8::next(text, here.offset);
        here.line += ends ? 1 : 0;
        here.column = ends ? 1 : here.column + 1;
    }
    return bends;
}

}  // namespace wirewatch::daemon
