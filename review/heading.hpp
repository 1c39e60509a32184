// SPDX-License-Identifier: MIT
// What an article is called in a list. Many have no title: posts of social networks, mostly.
#pragma once

#include "base/article.hpp"
#include "history/reader.hpp"

#include <string>

namespace wirewatch::review {

inline constexpr const char* kUntitled = "(untitled)";

/// The title; where there is none, kUntitled and the first words of summary or content, else the
/// address. Plain text as it came, not yet safe to print.
[[nodiscard]] std::string heading(const Article& article);
[[nodiscard]] std::string heading(const history::Copy& copy);

}  // namespace wirewatch::review
