// SPDX-License-Identifier: MIT
// From HTML to the text that a reader sees. Linear in its input, without recursion.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// The visible text: no tags, scripts, styles or comments; entities decoded once; white space
/// collapsed; "\n\n" between paragraphs, "\n" between other blocks. Plain text with a stray "<" or
/// "&" passes through as it is. `html` must be valid UTF-8, and so is the result.
[[nodiscard]] std::string html_to_text(std::string_view html);

/// The same on a single line, for titles and names.
[[nodiscard]] std::string html_to_line(std::string_view html);

/// Text that is no HTML: white space collapsed, at most one empty line in a row kept.
[[nodiscard]] std::string plain_to_text(std::string_view plain);

/// The same on a single line.
[[nodiscard]] std::string plain_to_line(std::string_view plain);

}  // namespace wirewatch::feeds
