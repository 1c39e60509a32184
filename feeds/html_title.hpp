// SPDX-License-Identifier: MIT
// Titles, in which feeds of all ages put plain text, HTML, and HTML escaped once too often.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// The title on one line, as its author meant it: "<b>" is a tag only where HTML knows it and it is
/// closed ("How to use <b>" and "if x<y then" keep their words); references are decoded once, and
/// once more where all that is left of them is plainly escaped twice ("AT&amp;amp;T").
/// docs/formats.md, "Text". `title` must be valid UTF-8, and so is the result.
[[nodiscard]] std::string html_to_title(std::string_view title);

/// Text that may be HTML or not, as HTML in which a "<" that is no tag by the rule above is "&lt;".
/// Over 64 KiB all of it is taken for HTML. `text` must be valid UTF-8, and so is the result.
[[nodiscard]] std::string with_true_tags(std::string_view text);

}  // namespace wirewatch::feeds
