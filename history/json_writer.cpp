// SPDX-License-Identifier: MIT
#include "history/json_writer.hpp"

#include "base/utf8.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace wirewatch::history {

namespace {

/// The letter behind the backslash; 'u' where a byte has no letter of its own; 0: as it is.
constexpr std::array<char, 256> kEscapes = [] {
    std::array<char, 256> escapes{};
    for (std::size_t byte = 0; byte < 0x20; ++byte) {
        escapes[byte] = 'u';
    }
    escapes['"'] = '"';
    escapes['\\'] = '\\';
    escapes['\b'] = 'b';
    escapes['\f'] = 'f';
    escapes['\n'] = 'n';
    escapes['\r'] = 'r';
    escapes['\t'] = 't';
    return escapes;
}();

char escape_of(char byte) {
    return kEscapes[static_cast<unsigned char>(byte)];
}

/// Well-formed text, in runs of what needs no escape.
void append_escaped(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::size_t run = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char escape = escape_of(text[i]);
        if (escape == 0) {
            continue;
        }
        out.append(text, run, i - run);
        run = i + 1;
        out.push_back('\\');
        out.push_back(escape);
        if (escape == 'u') {
            const auto byte = static_cast<unsigned char>(text[i]);
            out.append("00").push_back(kHex[byte >> 4]);
            out.push_back(kHex[byte & 0xF]);
        }
    }
    out.append(text, run);
}

}  // namespace

std::string& JsonWriter::begin(std::string_view name) {
    const char last = out_.empty() ? '{' : out_.back();
    if (last != '{' && last != '[') {
        out_.push_back(',');
    }
    if (!name.empty()) {
        out_.append(1, '"').append(name).append("\":");
    }
    return out_;
}

void JsonWriter::text(std::string_view name, std::string_view value) {
    begin(name).push_back('"');
    if (utf8::valid(value)) {
        append_escaped(out_, value);
    } else {
        append_escaped(out_, utf8::repair(value));
    }
    out_.push_back('"');
}

void JsonWriter::word(std::string_view name, std::string_view value) {
    begin(name).append(1, '"').append(value).push_back('"');
}

void JsonWriter::number(std::string_view name, std::uint64_t value) {
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    begin(name).append(digits.data(), end);
}

void JsonWriter::number(std::string_view name, double value) {
    if (!std::isfinite(value)) {
        null(name);
        return;
    }
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    begin(name).append(digits.data(), end);
}

std::size_t escaped_bytes(char byte) {
    const char escape = escape_of(byte);
    return escape == 0 ? 1 : escape == 'u' ? 6 : 2;
}

}  // namespace wirewatch::history
