// SPDX-License-Identifier: MIT
// Which feeds a rule is about: "tag:world", "voa-*", "dawn".
#pragma once

#include "base/feed.hpp"

#include <string>
#include <vector>

namespace wirewatch::rules {

/// Whether one of the patterns is the feed's id or, after "tag:", one of its tags; `*` and `?` as
/// in words. No patterns: every feed.
[[nodiscard]] bool admits(const std::vector<std::string>& patterns, const Feed& feed);

}  // namespace wirewatch::rules
