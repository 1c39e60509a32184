// SPDX-License-Identifier: MIT
// A resolved query read back in words.
#pragma once

#include "rules/query.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::rules {

/// "'pakistan' and one of 3 and not 'cricket'"; below it, for each set and each group that the
/// sentence only counts, a line with what is in it. No newline at the end.
[[nodiscard]] std::string in_words(const Node& query);

/// A node as a short name: "'cricket'", "@russia", "one of 3". At most 80 bytes or so.
[[nodiscard]] std::string short_name(const Node& node);

/// The words of a resolved query in which its author put `*` or `?`, in order, none twice.
[[nodiscard]] std::vector<TermWord> wildcards(const Node& query);

/// What a shape stands for: "words that begin with 'russia'", "words like 'defen?e', ? being one
/// letter".
[[nodiscard]] std::string shape_in_words(std::string_view shape);

/// "within 5 words of", "in one sentence with"
[[nodiscard]] std::string in_words(const Link& link);

/// 20, -2.5: without zeros that say nothing.
[[nodiscard]] std::string number_text(double number);

}  // namespace wirewatch::rules
