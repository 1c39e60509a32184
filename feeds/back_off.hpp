// SPDX-License-Identifier: MIT
// For how long a feed that fails, or a server that wants rest, is left alone. Pure.
#pragma once

#include "base/error.hpp"
#include "base/time.hpp"
#include "feeds/pacing.hpp"

#include <chrono>
#include <string_view>

namespace wirewatch::feeds {

/// After that many failures in a row (this one too): the interval, doubled by each, up to
/// max_backoff.
[[nodiscard]] Wait back_off(std::chrono::milliseconds interval, int failures,
                            const PollOptions& options);

/// After a 429 or 503: what Retry-After says, else 1 h, doubled by each further failure in a row up
/// to 24 h. `failures`: in a row, this one too.
[[nodiscard]] Wait rest_of_server(int status, std::string_view retry_after, int failures,
                                  Instant now);

/// How long a server asks us to stay away: seconds, or an HTTP-date against `now`; 0 s to 7 days.
/// Error: invalid, where it is neither form. Source: RFC 9110 section 10.2.3.
[[nodiscard]] Result<std::chrono::seconds> retry_after(std::string_view header, Instant now);

}  // namespace wirewatch::feeds
