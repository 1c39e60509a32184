// SPDX-License-Identifier: MIT
// The header lines of a request: ours, the validators, and those that a feed's owner has set.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "feeds/fetcher.hpp"

#include <string>
#include <vector>

namespace wirewatch::feeds {

/// Whether a feed may have this header. Error: invalid, with what to do, where the name is no
/// token (RFC 9110 section 5.1), the value has control characters or is over 4 KiB, or wirewatch
/// writes that header itself. The words never quote the value.
[[nodiscard]] Result<> check_header(const Header& header);

/// Who reads a request.
enum class Audience {
    origin,    ///< the server that the feed's owner named
    stranger,  ///< one that it redirected to: it gets nothing that could be a secret
};

/// "Name: value" each, as CURLOPT_HTTPHEADER wants them. Without credentials, which libcurl writes.
[[nodiscard]] std::vector<std::string> header_lines(const FetchRequest& request, Audience audience);

}  // namespace wirewatch::feeds
