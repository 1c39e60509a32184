// SPDX-License-Identifier: MIT
// A resolved query read back in words.
#pragma once

#include "rules/query.hpp"

#include <string>

namespace wirewatch::rules {

/// "'pakistan' and one of 3 and not 'cricket'"; below it, for each set and each group that the
/// sentence only counts, a line with what is in it. No newline at the end.
[[nodiscard]] std::string in_words(const Node& query);

/// A node as a short name: "'cricket'", "@russia", "one of 3". At most 80 bytes or so.
[[nodiscard]] std::string short_name(const Node& node);

/// "within 5 words of", "in one sentence with"
[[nodiscard]] std::string in_words(const Link& link);

/// 20, -2.5: without zeros that say nothing.
[[nodiscard]] std::string number_text(double number);

}  // namespace wirewatch::rules
