// SPDX-License-Identifier: MIT
#include "rules/glob.hpp"

#include "base/utf8.hpp"

#include <cstddef>

namespace wirewatch::rules {

bool glob(std::string_view pattern, std::string_view text) {
    constexpr auto kNone = std::string_view::npos;
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = kNone;  // the last * passed in the pattern …
    std::size_t star_end = 0;  // … and how far into the text it has been stretched
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            star_end = t;
        } else if (p < pattern.size() && pattern[p] == '?') {
            ++p;
            utf8::next(text, t);
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != kNone) {
            // Only the last * needs stretching: an earlier one has found its earliest end.
            utf8::next(text, star_end);
            p = star + 1;
            t = star_end;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == kNone;
}

bool glob_covers(std::string_view wide, std::string_view narrow) {
    // The narrow shape is read as text. That is sound as long as no `?` eats one of its stars.
    if (wide.find('?') != std::string_view::npos && narrow.find('*') != std::string_view::npos) {
        return wide == narrow;
    }
    return glob(wide, narrow);
}

}  // namespace wirewatch::rules
