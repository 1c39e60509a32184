// SPDX-License-Identifier: MIT
// What HTML would cost a parser that builds a tree, told before it is built. Linear.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirewatch::feeds {

struct HtmlSurvey {
    std::size_t tags = 0;
    std::size_t depth = 0;       ///< at least as deep as any tree of it
    std::size_t attributes = 0;  ///< of the tag that has most
};

/// `max_depth` is where the survey stops counting: what is deeper need not be known.
[[nodiscard]] HtmlSurvey survey(std::string_view html, std::size_t max_depth);

}  // namespace wirewatch::feeds
