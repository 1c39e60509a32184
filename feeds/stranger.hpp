// SPDX-License-Identifier: MIT
// Says in words what a document is that was expected to be a feed.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// "this is an HTML page titled '…'; it links to the feed https://…", "this is XML with the root
/// <opml>, which is no feed", "this is text that begins '…', and no feed". `text` is valid UTF-8;
/// `base_url` resolves the addresses of the feeds that a page names.
[[nodiscard]] std::string describe_stranger(std::string_view text, std::string_view base_url);

}  // namespace wirewatch::feeds
