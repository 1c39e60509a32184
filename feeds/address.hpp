// SPDX-License-Identifier: MIT
// Whom a URL speaks to. Read with libcurl's own URL reader, so that the host we count, check and
// name is the host that a transfer goes to.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace wirewatch::feeds {

struct Address {
    std::string scheme;  ///< "http" or "https"
    std::string host;    ///< in lower case; IPv6 in brackets
    std::string port;    ///< the scheme's own where the URL names none

    /// "example.org:443", for people.
    [[nodiscard]] std::string text() const { return host + ':' + port; }

    friend bool operator==(const Address&, const Address&) = default;
};

/// Errors: refused, where it is no URL, not http or https, or over 8 KiB long. The words never
/// quote the URL, which may hold a password.
[[nodiscard]] Result<Address> address_of(std::string_view url);

/// Whether FetchOptions::proxy may be this. Error: invalid, with what to write.
[[nodiscard]] Result<> check_proxy(std::string_view proxy);

/// The same URL without user name and password, for links and for people; empty where it cannot be
/// read as a URL.
[[nodiscard]] std::string without_userinfo(std::string_view url);

/// A URL taken apart for a request.
struct Target {
    std::string url;  ///< without user name and password
    Address address;
    std::optional<Credentials> userinfo;  ///< decoded; none where it has neither
};

/// Errors: those of address_of().
[[nodiscard]] Result<Target> target_of(std::string_view url);

/// Where a Location leads as seen from `url`: absolute, with what a URL may not hold encoded, and
/// without user name and password, which are not a server's to choose. Empty where it is no URL. Of
/// any scheme.
[[nodiscard]] std::string redirect_target(std::string_view url, std::string_view location);

}  // namespace wirewatch::feeds
