// SPDX-License-Identifier: MIT
// IP addresses and networks as bytes, so that no other spelling of one can slip past a comparison.
#pragma once

#include "base/error.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct sockaddr;

namespace wirewatch::feeds {

struct IpAddress {
    enum class Family : std::uint8_t { v4, v6 };
    Family family = Family::v4;
    std::array<std::uint8_t, 16> bytes{};  ///< in the order of the network; v4: the first four

    /// "10.0.0.7", "fe80::1".
    [[nodiscard]] std::string text() const;

    friend bool operator==(const IpAddress&, const IpAddress&) = default;
};

/// Four decimal numbers, or IPv6 without brackets and zone. None for anything else, "0x7f.1" and
/// "127.1" included.
[[nodiscard]] std::optional<IpAddress> parse_ip_address(std::string_view text);

/// None where it is of another family than IPv4 and IPv6.
[[nodiscard]] std::optional<IpAddress> ip_address_of(const sockaddr& socket_address);

struct IpNetwork {
    IpAddress base;
    std::size_t prefix_bits = 0;

    /// Never of an address of the other family: an IPv4 address inside an IPv6 one is another
    /// address.
    [[nodiscard]] bool contains(const IpAddress& address) const;

    friend bool operator==(const IpNetwork&, const IpNetwork&) = default;
};

/// "10.1.0.0/16", or an address, which is a network of itself alone. Error: invalid, with what to
/// write.
[[nodiscard]] Result<IpNetwork> parse_ip_network(std::string_view text);

}  // namespace wirewatch::feeds
