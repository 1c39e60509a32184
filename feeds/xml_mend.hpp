// SPDX-License-Identifier: MIT
// Stands between the bytes of strangers and the XML parser: counts what could exhaust us, and mends
// what a person could still read. Linear, without recursion; nothing is fetched or expanded.
#pragma once

#include "base/error.hpp"
#include "feeds/parser.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

struct MendedXml {
    std::string text;                   ///< well-formed, one root, no comments, no prolog
    std::vector<std::string> repaired;  ///< in words; empty: it was well-formed
    bool cut_off = false;               ///< the end is missing
    bool has_unfinished_item = false;   ///< the last item lacks its end, and what followed
};

/// `xml` begins with the "<" of its root element and is valid UTF-8. Mended are HTML's named
/// entities, "&" and "<" that stand for themselves, control characters, attributes without quotes,
/// wrong and missing closing tags, text after the root, and a tail cut off within an item (which
/// keeps the fields that are whole). Error: too_large, past the depth or count of `limits`.
[[nodiscard]] Result<MendedXml> mend_xml(std::string_view xml, const ParseLimits& limits);

}  // namespace wirewatch::feeds
