// SPDX-License-Identifier: MIT
// What the elements of feeds hold and do not hold: by this mending guesses where one was meant to
// end.
#pragma once

#include <string_view>

namespace wirewatch::feeds {

/// HTML elements that have no closing tag: "br", "img", …
[[nodiscard]] bool is_void_html(std::string_view name);

/// "item" or "entry", with any prefix, in any case. None holds another.
[[nodiscard]] bool is_item(std::string_view name);

/// Whether a feed's `inner` never stands within its `outer`: "pubDate" in "link", say. Where it
/// seems to, the outer one lacks its closing tag.
[[nodiscard]] bool never_holds(std::string_view outer, std::string_view inner);

}  // namespace wirewatch::feeds
