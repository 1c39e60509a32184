// SPDX-License-Identifier: MIT
// The one date that HTTP headers speak, in its three spellings. Feeds' own dates are another
// matter.
#pragma once

#include "base/time.hpp"

#include <optional>
#include <string_view>

namespace wirewatch::feeds {

/// "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT" or "Sun Nov  6 08:49:37 1994";
/// none where it is neither. The weekday is not checked: servers get it wrong. Two digits of a year
/// are never more than 50 years after `now`. Source: RFC 9110 section 5.6.7.
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text, Instant now);

}  // namespace wirewatch::feeds
