// SPDX-License-Identifier: MIT
// Why a transfer failed, in words that a person can act on.
#pragma once

#include "base/error.hpp"
#include "feeds/fetch_options.hpp"
#include "feeds/incoming.hpp"
#include "feeds/ip_address.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

namespace wirewatch::feeds {

/// What libcurl told about a hop that failed, and what we stopped it for.
struct FailedTransfer {
    int code = 0;            ///< a CURLcode
    int system = 0;          ///< errno of the failed connection; 0: none
    std::string url;         ///< of the hop
    bool connected = false;  ///< a request could be sent at least once
    Overrun overrun = Overrun::none;
    bool asked_twice = false;          ///< it would have had to be sent a second time
    std::optional<IpAddress> refused;  ///< where it led, and must not
    std::size_t received_bytes = 0;
    std::chrono::milliseconds elapsed{0};  ///< redirects included
    std::string detail;                    ///< libcurl's own words, for what we have none
};

/// Codes: refused (address), too_large, timeout, else network. No passwords of URLs.
[[nodiscard]] Error fetch_error(const FailedTransfer& failed, const FetchOptions& options);

/// `url` leads to an address that its feed may not go to. Code: refused.
[[nodiscard]] Error address_error(const std::string& url, const IpAddress& address);

/// Why `target`, empty where it was no URL, is not followed from `url`. Codes: refused, network.
[[nodiscard]] Error redirect_error(const std::string& url, const std::string& target,
                                   const FetchOptions& options);

}  // namespace wirewatch::feeds
