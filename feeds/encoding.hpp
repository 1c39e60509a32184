// SPDX-License-Identifier: MIT
// From bytes to text: finds out which encoding a document is really in. Pure.
#pragma once

#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

struct DecodedText {
    /// Valid UTF-8, without a byte order mark. Lives as long as this and the document do.
    [[nodiscard]] std::string_view text() const { return converted ? *converted : original; }

    std::string_view original;             ///< the document's own bytes, if they are UTF-8 already
    std::optional<std::string> converted;  ///< else a copy, the only one
    std::string encoding;               ///< what the bytes were decoded as: "UTF-8", "windows-1251"
    std::vector<std::string> repaired;  ///< in words, where a declaration was wrong
};

/// Tries the byte order mark, the charset of the HTTP header, the XML declaration, that of a page's
/// <meta> where the bytes are not UTF-8, UTF-8 and windows-1252, in this order; a declaration that
/// the bytes contradict is passed over. Error: not_a_feed, where the bytes are no text at all.
[[nodiscard]] Result<DecodedText> decode_text(std::string_view bytes,
                                              std::string_view content_type);

}  // namespace wirewatch::feeds
