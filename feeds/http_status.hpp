// SPDX-License-Identifier: MIT
// HTTP statuses as words for the person who looks after a feed.
#pragma once

#include <string>
#include <string_view>

namespace wirewatch::feeds {

/// "404 Not Found: the feed is no longer at this address; look for its new one": what a status that
/// brings no feed means, and what to do. Source of the names: RFC 9110 section 15, RFC 6585.
[[nodiscard]] std::string status_words(int status);

/// The same, where the body is at hand: a page that checks for robots (403, 429 or 503 with a
/// challenge that a browser answers) is named as one, since no waiting opens it.
[[nodiscard]] std::string status_words(int status, std::string_view body);

/// Whether a page is such a wall, as far as the ones of Cloudflare, Akamai, Imperva, DataDome,
/// DDoS-Guard, Sucuri, PerimeterX, AWS WAF, Anubis and their like are known. Looks at the first
/// 64 KiB.
[[nodiscard]] bool is_robot_wall(std::string_view body);

}  // namespace wirewatch::feeds
