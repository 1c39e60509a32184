// SPDX-License-Identifier: MIT
#include "base/columns.hpp"

#include "base/utf8.hpp"

#include <unicode/uchar.h>

namespace wirewatch {

std::size_t columns(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        count += columns_of(utf8::next(text, at));
    }
    return count;
}

std::size_t columns_of(char32_t character) {
    if (character < 0x300) {  // the first mark
        return 1;
    }
    const auto point = static_cast<UChar32>(character);
    const auto category = U_GET_GC_MASK(point);
    if ((category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) {
        return 0;
    }
    const auto width = u_getIntPropertyValue(point, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

}  // namespace wirewatch
