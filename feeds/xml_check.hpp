// SPDX-License-Identifier: MIT
// A glance at a document before it is parsed: whether it holds what our XML parser would pass over
// in silence, so that only documents with a flaw are mended. Linear, without a copy.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirewatch::feeds {

/// `xml` without comments, processing instructions and white space after its last tag.
[[nodiscard]] std::string_view without_epilog(std::string_view xml);

/// Whether `xml` ends with "</root_name>".
[[nodiscard]] bool ends_with_root(std::string_view xml, std::string_view root_name);

/// Characters that XML 1.0 has no place for (section 2.2): below U+0020, but for white space. And,
/// outside CDATA sections and comments, references that XML does not know, "&" that stands for
/// itself, and numbers that HTML reads otherwise (128 to 159).
[[nodiscard]] bool has_strange_bytes(std::string_view xml);

/// Whether more than `max` elements begin in `xml`. Exact where it is well-formed.
[[nodiscard]] bool has_more_tags_than(std::string_view xml, std::size_t max);

}  // namespace wirewatch::feeds
