// SPDX-License-Identifier: MIT
// Why a transfer failed, in words that a person can act on.
#pragma once

#include "base/error.hpp"
#include "feeds/fetch_options.hpp"

#include <chrono>
#include <cstddef>
#include <string>

namespace wirewatch::feeds {

/// What libcurl told about a transfer that failed.
struct FailedTransfer {
    int code = 0;             ///< a CURLcode
    int system = 0;           ///< errno of the failed connection; 0: none
    std::string url;          ///< where it failed: after redirects, the last address
    bool connected = false;   ///< a request could be sent at least once
    bool over_limit = false;  ///< we stopped it: max_body_bytes
    std::size_t received_bytes = 0;
    std::chrono::milliseconds elapsed{0};
    std::string detail;  ///< libcurl's own words, for what we have none
};

/// Codes: refused (scheme, URL), too_large, timeout, else network. No passwords of URLs.
[[nodiscard]] Error fetch_error(const FailedTransfer& failed, const FetchOptions& options);

}  // namespace wirewatch::feeds
