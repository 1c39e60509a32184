// SPDX-License-Identifier: MIT
// From what stands in a rule to the words that the text is compared with.
#pragma once

#include "base/error.hpp"
#include "rules/query.hpp"

#include <string_view>

namespace wirewatch::rules {

/// The term for `text`, a bare word or what stands between quotes. One word takes `form`; several
/// ("counter-terrorism") are a phrase, and bare ones are then folded. A word with `*` or `?` is a
/// wildcard. Errors: invalid, where nothing can be looked for, in words for the rule's author.
[[nodiscard]] Result<Term> make_term(std::string_view text, Form form);

/// Whether every text that has `narrow` has `wide` too, as far as the words alone tell.
[[nodiscard]] bool term_covers(const Term& wide, const Term& narrow);

[[nodiscard]] bool has_leading_wildcard(const Term& term);

}  // namespace wirewatch::rules
