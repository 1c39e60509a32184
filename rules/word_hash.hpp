// SPDX-License-Identifier: MIT
// The hash by which words are looked up: fast on short texts. For tables in memory alone: it may
// change, and hostile input may collide, so whoever uses it compares the texts as well.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace wirewatch::rules {

inline constexpr std::uint64_t kGoldenRatio = 0x9E37'79B9'7F4A'7C15;  // 2^64 over it

[[nodiscard]] inline std::uint64_t mixed(std::uint64_t value) {
    value *= kGoldenRatio;
    return value ^ (value >> 32);
}

/// Up to eight bytes as one number; two texts of the same size have the same only if they are
/// alike.
[[nodiscard]] inline std::uint64_t packed(std::string_view text) {
    std::uint64_t value = 0;
    if (!text.empty()) {  // an empty text may stand nowhere
        std::memcpy(&value, text.data(), text.size());
    }
    return value;
}

[[nodiscard]] inline std::uint64_t word_hash(std::string_view text) {
    std::uint64_t hash = text.size() * kGoldenRatio;
    while (text.size() > 8) {
        hash = mixed(hash ^ packed(text.substr(0, 8)));
        text.remove_prefix(8);
    }
    return mixed(hash ^ packed(text));
}

}  // namespace wirewatch::rules
