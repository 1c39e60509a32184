// SPDX-License-Identifier: MIT
// What of an expression or a host must stand in a word of any text in which it is found, so that a
// rule can hang on it.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::rules {

/// A single letter would be in every other word; RE2 parts "lng|liquefied" into "l" and what
/// follows, so two have to do. Our choice.
inline constexpr std::size_t kMinRequired = 2;

/// The longest run of ASCII letters and digits in `text`, in small letters: wherever `text` stands,
/// in any case, some word's folded form holds it. Empty: none has kMinRequired of them.
[[nodiscard]] std::string required_run(std::string_view text);

}  // namespace wirewatch::rules
