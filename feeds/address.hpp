// SPDX-License-Identifier: MIT
// Whom a URL speaks to. Read with libcurl's own URL reader, so that the host we count, check and
// name is the host that a transfer goes to.
#pragma once

#include "base/error.hpp"

#include <string>
#include <string_view>

namespace wirewatch::feeds {

struct Address {
    std::string scheme;  ///< "http" or "https"
    std::string host;    ///< in lower case; IPv6 in brackets
    std::string port;    ///< the scheme's own where the URL names none

    /// "example.org:443", for people.
    [[nodiscard]] std::string text() const { return host + ':' + port; }
};

/// Errors: refused, where it is no URL, not http or https, or over 8 KiB long. The words never
/// quote the URL, which may hold a password.
[[nodiscard]] Result<Address> address_of(std::string_view url);

/// The same URL without user name and password, for links and for people; empty where it cannot be
/// read as a URL.
[[nodiscard]] std::string without_userinfo(std::string_view url);

}  // namespace wirewatch::feeds
