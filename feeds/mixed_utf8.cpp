// SPDX-License-Identifier: MIT
#include "feeds/mixed_utf8.hpp"

#include "base/utf8.hpp"
#include "feeds/letters.hpp"
#include "feeds/windows_1252.hpp"

#include <cstddef>

namespace wirewatch::feeds {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}

/// The letter at `at`, as windows-1252; 0: more likely what is left of a letter in UTF-8.
char32_t lone_letter(std::string_view bytes, std::size_t at) {
    const char before = at > 0 ? bytes[at - 1] : ' ';
    const char after = at + 1 < bytes.size() ? bytes[at + 1] : ' ';
    if (!is_ascii(before) || !is_ascii(after)) {
        return 0;
    }
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (is_c1(byte)) {
        return windows_1252(byte);
    }
    // From 0xC2 on a byte may begin a letter that was cut off; within a word it is one itself.
    const bool may_be_cut = byte >= 0xC2 && byte <= 0xF4;
    return !may_be_cut || is_letter(before) || is_letter(after) ? byte : 0;
}

/// Half of a pair, as three bytes beginning with 0xED; 0: none.
char32_t surrogate(std::string_view bytes, std::size_t at) {
    if (at + 3 > bytes.size() || bytes[at] != '\xED') {
        return 0;
    }
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    const auto third = static_cast<unsigned char>(bytes[at + 2]);
    if (second < 0xA0 || second > 0xBF || (third & 0xC0) != 0x80) {
        return 0;
    }
    return 0xD000u | (second & 0x3Fu) << 6 | (third & 0x3Fu);
}

}  // namespace

std::string repair_mixed(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    for (std::size_t at = 0; at < bytes.size();) {
        if (is_ascii(bytes[at])) {
            out += bytes[at++];
            continue;
        }
        if (const char32_t high = surrogate(bytes, at); high != 0) {
            const char32_t low = surrogate(bytes, at + 3);
            const bool is_pair = high < 0xDC00 && low >= 0xDC00;
            utf8::append(
                out, is_pair ? 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00) : kReplacement);
            at += is_pair ? 6 : 3;
            continue;
        }
        const std::size_t start = at;
        char32_t letter = utf8::next(bytes, at);
        if (letter == kReplacement && at - start == 1) {
            const char32_t lone = lone_letter(bytes, start);
            letter = lone != 0 ? lone : kReplacement;
        }
        utf8::append(out, letter);
    }
    return out;
}

}  // namespace wirewatch::feeds
