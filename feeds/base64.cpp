// SPDX-License-Identifier: MIT
#include "feeds/base64.hpp"

#include "base/utf8.hpp"
#include "feeds/letters.hpp"

#include <algorithm>
#include <cstdint>

namespace wirewatch::feeds {

namespace {

std::optional<std::uint32_t> six_bits(char c) {
    constexpr std::string_view kAlphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t at = kAlphabet.find(c);
    return at == std::string_view::npos ? std::nullopt
                                        : std::optional{static_cast<std::uint32_t>(at)};
}

bool is_text(std::string_view bytes) {
    return utf8::valid(bytes) && std::all_of(bytes.begin(), bytes.end(), [](char c) {
               return static_cast<unsigned char>(c) >= 0x20 || is_space(c);
           });
}

}  // namespace

std::optional<std::string> base64_text(std::string_view base64) {
    std::string bytes;
    std::uint32_t bits = 0;
    std::size_t letters = 0;
    bool ended = false;
    for (const char c : base64) {
        if (is_space(c)) {
            continue;
        }
        if (c == '=') {
            ended = true;
            continue;
        }
        const auto value = six_bits(c);
        if (!value || ended) {
            return std::nullopt;
        }
        bits = bits << 6 | *value;
        if (++letters % 4 == 0) {
            for (const int shift : {16, 8, 0}) {
                bytes += static_cast<char>(bits >> shift & 0xFF);
            }
        }
    }
    switch (letters % 4) {
        case 1:
            return std::nullopt;
        case 2:
            bytes += static_cast<char>(bits >> 4 & 0xFF);
            break;
        case 3:
            bytes += static_cast<char>(bits >> 10 & 0xFF);
            bytes += static_cast<char>(bits >> 2 & 0xFF);
            break;
        default:
            break;
    }
    return is_text(bytes) ? std::optional{std::move(bytes)} : std::nullopt;
}

}  // namespace wirewatch::feeds
