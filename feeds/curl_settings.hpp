// SPDX-License-Identifier: MIT
// What libcurl is told before a request. Every function gives the CURLcode of the first setting
// that it would not have, 0 where all are set.
#pragma once

#include "base/feed.hpp"
#include "feeds/fetch_options.hpp"

#include <chrono>
#include <string>
#include <string_view>

struct Curl_easy;
struct curl_slist;

namespace wirewatch::feeds {

/// What is the same for every request: limits, protocols, proxy, trust, how it introduces itself.
[[nodiscard]] int set_common(Curl_easy* easy, const FetchOptions& options);

struct HopSettings {
    const std::string& url;
    std::chrono::milliseconds left;  ///< of the time for the whole request
    curl_slist* headers = nullptr;   ///< must live as long as the transfer
    std::string_view authorities;    ///< PEM; empty: the system's alone
    const Credentials* credentials = nullptr;
};

/// What is this hop's own. Credentials and authorities stay until the handle is reset.
[[nodiscard]] int set_hop(Curl_easy* easy, const HopSettings& hop);

}  // namespace wirewatch::feeds
