// SPDX-License-Identifier: MIT
#include "base/utf8.hpp"

#include "base/byte_lanes.hpp"

#include <algorithm>
#include <cstdint>

namespace wirewatch::utf8 {

namespace {

constexpr char32_t kReplacement = 0xFFFD;

bool is_tail(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

struct Decoded {
    char32_t code_point = kReplacement;
    std::size_t bytes = 1;
    bool good = false;
};

/// The sequence at `at`; where it is ill-formed, how many bytes of it to skip (Unicode 15,
/// section 3.9, "maximal subpart").
inline Decoded decode(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
        return {lead, 1, true};
    }
    if (lead >= 0xC2 && lead <= 0xDF && at + 1 < text.size() && is_tail(text[at + 1])) {
        const auto tail = static_cast<unsigned char>(text[at + 1]);
        return {(lead & 0x1Fu) << 6 | (tail & 0x3Fu), 2, true};
    }
    const bool is_of_three = lead > 0xE0 && lead <= 0xEF && lead != 0xED;
    if (is_of_three && at + 2 < text.size() && is_tail(text[at + 1]) && is_tail(text[at + 2])) {
        const auto second = static_cast<unsigned char>(text[at + 1]);
        const auto third = static_cast<unsigned char>(text[at + 2]);
        return {(lead & 0x0Fu) << 12 | (second & 0x3Fu) << 6 | (third & 0x3Fu), 3, true};
    }
    std::size_t length = 0;
    unsigned char lowest = 0x80;   // of the second byte: no overlong forms, no surrogates
    unsigned char highest = 0xBF;  // of the second byte: at most U+10FFFF
    if (lead >= 0xC2 && lead <= 0xDF) {
        length = 2;
    } else if (lead >= 0xE0 && lead <= 0xEF) {
        length = 3;
        lowest = lead == 0xE0 ? 0xA0 : 0x80;
        highest = lead == 0xED ? 0x9F : 0xBF;
    } else if (lead >= 0xF0 && lead <= 0xF4) {
        length = 4;
        lowest = lead == 0xF0 ? 0x90 : 0x80;
        highest = lead == 0xF4 ? 0x8F : 0xBF;
    } else {
        return {};
    }
    char32_t code_point = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if (at + i >= text.size()) {
            return {kReplacement, i, false};
        }
        const auto byte = static_cast<unsigned char>(text[at + i]);
        if (byte < lowest || byte > highest) {
            return {kReplacement, i, false};
        }
        code_point = code_point << 6 | (byte & 0x3Fu);
        lowest = 0x80;
        highest = 0xBF;
    }
    return {code_point, length, true};
}

/// The first byte at or after `at` that is not ASCII. Most text is markup, so many at a time.
std::size_t skip_ascii(std::string_view text, std::size_t at) {
    constexpr std::size_t kLanes = ByteLanes::kCount;
    if (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
        return at;  // letters that are not ASCII seldom come alone
    }
    for (; at + 2 * kLanes <= text.size(); at += 2 * kLanes) {
        const char* const bytes = text.data() + at;
        const std::uint32_t high =
            ByteLanes{bytes}.mask() | ByteLanes{bytes + kLanes}.mask() << kLanes;
        if (high != 0) {
            return at + first_lane(high);
        }
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) {
        ++at;
    }
    return at;
}

}  // namespace

bool valid(std::string_view text) {
    for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
        const Decoded one = decode(text, at);
        if (!one.good) {
            return false;
        }
        at += one.bytes;
    }
    return true;
}

Sequences count_sequences(std::string_view bytes) {
    Sequences found;
    for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
        const Decoded one = decode(bytes, at);
        ++(one.good ? found.well_formed : found.ill_formed);
        at += one.bytes;
    }
    return found;
}

std::string repair(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    std::size_t copied = 0;
    for (std::size_t at = skip_ascii(bytes, 0); at < bytes.size(); at = skip_ascii(bytes, at)) {
        const Decoded one = decode(bytes, at);
        if (!one.good) {
            out.append(bytes, copied, at - copied);
            append(out, kReplacement);
            copied = at + one.bytes;
        }
        at += one.bytes;
    }
    return out.append(bytes, copied);
}

char32_t next(std::string_view text, std::size_t& at) {
    const Decoded one = decode(text, at);
    at += one.bytes;
    return one.code_point;
}

void append(std::string& out, char32_t code_point) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) {
        code_point = kReplacement;
    }
    const auto byte = [&](char32_t bits) {
        out += static_cast<char>(static_cast<unsigned char>(bits));
    };
    if (code_point < 0x80) {
        byte(code_point);
    } else if (code_point < 0x800) {
        byte(0xC0 | code_point >> 6);
        byte(0x80 | (code_point & 0x3F));
    } else if (code_point < 0x10000) {
        byte(0xE0 | code_point >> 12);
        byte(0x80 | (code_point >> 6 & 0x3F));
        byte(0x80 | (code_point & 0x3F));
    } else {
        byte(0xF0 | code_point >> 18);
        byte(0x80 | (code_point >> 12 & 0x3F));
        byte(0x80 | (code_point >> 6 & 0x3F));
        byte(0x80 | (code_point & 0x3F));
    }
}

std::size_t length(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char byte) { return !is_tail(byte); }));
}

std::size_t offset(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (!is_tail(text[at]) && count-- == 0) {
            return at;
        }
    }
    return at;
}

std::string_view cut(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) {
        return text;
    }
    while (max_bytes > 0 && is_tail(text[max_bytes])) {
        --max_bytes;
    }
    return text.substr(0, max_bytes);
}

}  // namespace wirewatch::utf8
