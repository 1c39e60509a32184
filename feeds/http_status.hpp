// SPDX-License-Identifier: MIT
// HTTP statuses as words for the person who looks after a feed.
#pragma once

#include <string>

namespace wirewatch::feeds {

/// "404 Not Found: the feed is no longer at this address; look for its new one": what a status that
/// brings no feed means, and what to do. Source of the names: RFC 9110 section 15, RFC 6585.
[[nodiscard]] std::string status_words(int status);

}  // namespace wirewatch::feeds
