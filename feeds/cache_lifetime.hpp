// SPDX-License-Identifier: MIT
// For how long an answer says that it stays good. Pure.
#pragma once

#include "base/time.hpp"
#include "feeds/fetcher.hpp"

#include <chrono>
#include <string>

namespace wirewatch::feeds {

/// How long from now a server says that its answer will not have changed, and which header says so.
struct CacheLifetime {
    std::chrono::milliseconds left{0};  ///< 0: it does not say, or the answer is stale already
    std::string said_by;                ///< "max-age", "Expires"; empty: nothing
};

/// Cache-Control's max-age, else Expires against Date (against `now` where there is no Date), less
/// the Age that the answer has spent in caches. no-cache and no-store are 0. Source: RFC 9111
/// section 4.2.
[[nodiscard]] CacheLifetime cache_lifetime(const Response& response, Instant now);

}  // namespace wirewatch::feeds
