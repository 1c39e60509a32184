// SPDX-License-Identifier: MIT
#include "feeds/ip_address.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace wirewatch::feeds {

namespace {

using Family = IpAddress::Family;

std::size_t bits_of(Family family) {
    return family == Family::v4 ? 32 : 128;
}

/// Byte `index` of the network's mask.
std::uint8_t mask(std::size_t prefix_bits, std::size_t index) {
    const std::size_t ones = std::clamp<std::size_t>(prefix_bits, index * 8, index * 8 + 8);
    return static_cast<std::uint8_t>(0xFF00u >> (ones - index * 8));
}

}  // namespace

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> out{};
    inet_ntop(family == Family::v4 ? AF_INET : AF_INET6, bytes.data(), out.data(), out.size());
    return out.data();
}

std::optional<IpAddress> parse_ip_address(std::string_view text) {
    const std::string terminated{text};
    IpAddress address;
    if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) {
        return text.size() == std::strlen(terminated.c_str()) ? std::optional{address}
                                                              : std::nullopt;
    }
    address.family = Family::v6;
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) {
        return text.size() == std::strlen(terminated.c_str()) ? std::optional{address}
                                                              : std::nullopt;
    }
    return std::nullopt;
}

std::optional<IpAddress> ip_address_of(const sockaddr& socket_address) {
    IpAddress address;
    if (socket_address.sa_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(socket_address);
        std::memcpy(address.bytes.data(), &v4.sin_addr, sizeof(v4.sin_addr));
        return address;
    }
    if (socket_address.sa_family == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(socket_address);
        address.family = Family::v6;
        std::memcpy(address.bytes.data(), &v6.sin6_addr, sizeof(v6.sin6_addr));
        return address;
    }
    return std::nullopt;
}

bool IpNetwork::contains(const IpAddress& address) const {
    if (address.family != base.family) {
        return false;
    }
    for (std::size_t i = 0; i * 8 < prefix_bits; ++i) {
        if (((address.bytes.at(i) ^ base.bytes.at(i)) & mask(prefix_bits, i)) != 0) {
            return false;
        }
    }
    return true;
}

Result<IpNetwork> parse_ip_network(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = parse_ip_address(text.substr(0, slash));
    const std::string quoted = "'" + printable(text, 60) + "'";
    if (!address) {
        return fail(Errc::invalid, quoted +
                                       " is neither an address nor a network; write one like "
                                       "10.0.0.7, 10.1.0.0/16 or fd00::/8");
    }
    IpNetwork network{*address, bits_of(address->family)};
    if (slash == std::string_view::npos) {
        return network;
    }
    const std::string_view digits = text.substr(slash + 1);
    const char* end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, network.prefix_bits);
    if (error != std::errc{} || rest != end || network.prefix_bits > bits_of(address->family)) {
        return fail(Errc::invalid, quoted + " is no network: after the slash comes a number from " +
                                       "0 to " + std::to_string(bits_of(address->family)));
    }
    for (std::size_t i = 0; i < network.base.bytes.size(); ++i) {
        network.base.bytes.at(i) &= mask(network.prefix_bits, i);
    }
    if (network.base != *address) {
        return fail(Errc::invalid, quoted + " names an address inside a network; write " +
                                       network.base.text() + "/" + std::string{digits});
    }
    return network;
}

}  // namespace wirewatch::feeds
