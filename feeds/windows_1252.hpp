// SPDX-License-Identifier: MIT
// What windows-1252 has where Latin-1 and Unicode have the control characters U+0080 to U+009F,
// which nobody means: they come from texts that were taken for Latin-1 on their way.
#pragma once

#include <array>

namespace wirewatch::feeds {

[[nodiscard]] constexpr bool is_c1(char32_t c) {
    return c >= 0x80 && c < 0xA0;
}

/// The letter meant by U+0080 to U+009F; 0: windows-1252 has none there.
/// Source: HTML, section 13.2.5.80.
[[nodiscard]] constexpr char32_t windows_1252(char32_t c1) {
    constexpr std::array<char32_t, 32> kLetters{
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    return kLetters[c1 - 0x80];
}

}  // namespace wirewatch::feeds
