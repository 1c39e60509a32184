// SPDX-License-Identifier: MIT
// Keeps feeds, and whoever writes their redirects and DNS answers, away from addresses that are not
// public: this machine, its networks, and what only looks like the Internet.
#pragma once

#include "base/error.hpp"
#include "feeds/ip_address.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// What an address is where it is not a public one: "a private address", "a loopback address", …;
/// empty for a public address. IPv6 addresses that stand for an IPv4 one (mapped, NAT64, 6to4,
/// Teredo, …) are not public, whichever it is: a router behind them decides where they end.
/// Source: IANA's IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 9637).
[[nodiscard]] std::string_view special_use(const IpAddress& address);

/// One feed's: public addresses, and those that its owner has listed.
class AddressGuard {
  public:
    AddressGuard() = default;

    /// `allowed`: addresses and networks, as Feed::allow_private. Error: invalid, in the words of
    /// parse_ip_network().
    [[nodiscard]] static Result<AddressGuard> allowing(const std::vector<std::string>& allowed);

    [[nodiscard]] bool allows(const IpAddress& address) const;

    /// The same for the host of a URL, as far as it tells where it leads without a look-up: an
    /// address, or a name that always means this machine ("localhost", RFC 6761). The address it
    /// means, where that is not allowed; else none. For connections whose other end is not seen.
    [[nodiscard]] std::optional<IpAddress> refused_host(std::string_view host) const;

  private:
    std::vector<IpNetwork> allowed_;
};

}  // namespace wirewatch::feeds
