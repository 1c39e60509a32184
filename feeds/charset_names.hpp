// SPDX-License-Identifier: MIT
// What the names of encodings mean, as feeds write them.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::feeds {

enum class CharsetKind {
    utf8,
    wide,         ///< UTF-16, UTF-32, UTF-7: markup is not ASCII, only a signature can be believed
    single_byte,  ///< any bytes at all make some text
    other,
};

struct Charset {
    std::string name;  ///< as iconv knows it, if anybody does
    CharsetKind kind = CharsetKind::other;
};

/// "utf8", "UTF_8", "win-1251", "x-sjis", "latin-1": compared without case and punctuation, and
/// read as the superset that is sent under that name. Source: WHATWG Encoding Standard,
/// section 4.2.
[[nodiscard]] Charset charset_named(std::string_view declared);

}  // namespace wirewatch::feeds
