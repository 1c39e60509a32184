// SPDX-License-Identifier: MIT
// UTF-8 in which something else was mixed on its way through other programs.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// Valid UTF-8. A bad byte that stands alone among ASCII is the letter of windows-1252 that it
/// would be ("caf\xE9", "\x93so\x94"); surrogates of UTF-16 in pairs (CESU-8) are the letter they
/// mean; everything else that is ill-formed, such as a letter cut in two, is U+FFFD.
[[nodiscard]] std::string repair_mixed(std::string_view bytes);

}  // namespace wirewatch::feeds
