// SPDX-License-Identifier: MIT
// Makes writings of one word the same, script by script; docs/rules.md, "How text is read".
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::rules {

/// What words are compared by: NFKC, full case folding, then by script: Latin and Greek lose their
/// combining marks, Cyrillic ё is е, Arabic letters of the three keyboards are joined and its vowel
/// marks dropped, digits of all scripts are 0 to 9. May be empty: a mark alone says nothing.
[[nodiscard]] std::string fold(std::string_view word);

/// The word as written, but composed (NFC), so that one look has one spelling.
[[nodiscard]] std::string composed(std::string_view word);

/// The word in its ordinary letters (NFKC): composed, full-width forms and ligatures resolved.
[[nodiscard]] std::string compatible(std::string_view word);

/// Lower case as `language` (a primary subtag) has it: Turkish I is ı.
[[nodiscard]] std::string lower(std::string_view word, const std::string& language);

}  // namespace wirewatch::rules
