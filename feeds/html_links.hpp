// SPDX-License-Identifier: MIT
// Addresses within the HTML of an article.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// `html` with its relative addresses (href, src, srcset, poster, cite, …) resolved against `base`;
/// nothing else of it changes. As it is where nothing is relative, or `base` is no web address.
/// "#note" stays: it leads to a place in the article itself. Linear.
[[nodiscard]] std::string with_absolute_links(std::string html, std::string_view base);

}  // namespace wirewatch::feeds
