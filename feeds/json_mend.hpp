// SPDX-License-Identifier: MIT
// Mends JSON that a person could still read. A second attempt: well-formed JSON never comes here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

struct MendedJson {
    std::string text;
    std::vector<std::string> repaired;  ///< in words; empty: nothing was found to mend
    bool cut_off = false;               ///< the end is missing, and what did not stand whole
};

/// What programs without a JSON library get wrong: line ends and unknown escapes within strings, a
/// comma before the end of a list, NaN and Infinity, text after the document, and a document that
/// breaks off: of a feed, the whole items are kept. Linear, without recursion.
[[nodiscard]] MendedJson mend_json(std::string_view text);

}  // namespace wirewatch::feeds
