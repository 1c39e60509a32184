// SPDX-License-Identifier: MIT
#include "feeds/address_guard.hpp"

#include <algorithm>
#include <utility>

namespace wirewatch::feeds {

namespace {

struct SpecialRange {
    IpNetwork network;
    std::string_view words;
};

/// Narrow ranges before the wide ones that hold them: the first that fits is named.
std::vector<SpecialRange> special_ranges() {
    constexpr std::string_view kPrivate = "a private address";
    constexpr std::string_view kLoopback = "a loopback address";
    constexpr std::string_view kLinkLocal = "a link-local address";
    constexpr std::string_view kMulticast = "a multicast address";
    constexpr std::string_view kUnspecified = "the unspecified address";
    constexpr std::string_view kDocumentation = "an address for documentation";
    constexpr std::string_view kBenchmarking = "an address for benchmarks";
    constexpr std::string_view kReserved = "a reserved address";
    constexpr std::string_view kNat64 = "an IPv4 address in NAT64 form";
    constexpr std::pair<std::string_view, std::string_view> kRanges[] = {
        {"0.0.0.0", kUnspecified},
        {"0.0.0.0/8", "an address of this network"},
        {"10.0.0.0/8", kPrivate},
        {"100.64.0.0/10", "an address behind a carrier's NAT"},
        {"127.0.0.0/8", kLoopback},
        {"169.254.0.0/16", kLinkLocal},  // and of the metadata services of clouds
        {"172.16.0.0/12", kPrivate},
        {"192.0.0.0/24", kReserved},
        {"192.0.2.0/24", kDocumentation},
        {"192.88.99.0/24", "a 6to4 relay's address"},
        {"192.168.0.0/16", kPrivate},
        {"198.18.0.0/15", kBenchmarking},
        {"198.51.100.0/24", kDocumentation},
        {"203.0.113.0/24", kDocumentation},
        {"224.0.0.0/4", kMulticast},
        {"255.255.255.255", "the broadcast address"},
        {"240.0.0.0/4", kReserved},

        {"::", kUnspecified},
        {"::1", kLoopback},
        {"::ffff:0:0/96", "an IPv4 address in IPv6 form"},
        {"::ffff:0:0:0/96", "an IPv4 address in IPv6 form"},  // RFC 2765, "IPv4-translated"
        {"::/96", "an IPv4 address in IPv6 form"},
        {"64:ff9b::/96", kNat64},
        {"64:ff9b:1::/48", kNat64},
        {"100::/64", "an address that discards everything"},
        {"2001::/32", "a Teredo address"},
        {"2001:2::/48", kBenchmarking},
        {"2001::/23", kReserved},
        {"2001:db8::/32", kDocumentation},
        {"2002::/16", "an IPv4 address in 6to4 form"},
        {"3fff::/20", kDocumentation},
        {"fc00::/7", kPrivate},
        {"fe80::/10", kLinkLocal},
        {"fec0::/10", "a site-local address"},
        {"ff00::/8", kMulticast},
    };
    std::vector<SpecialRange> ranges;
    for (const auto& [network, words] : kRanges) {
        ranges.push_back({parse_ip_network(network).value(), words});
    }
    return ranges;
}

/// All that is handed out for the Internet. Source: IANA, "IPv6 Global Unicast Address Space".
bool is_global_unicast(const IpAddress& address) {
    return address.family == IpAddress::Family::v4 || (address.bytes[0] & 0xE0) == 0x20;
}

bool is_localhost(std::string_view host) {
    constexpr std::string_view kName = "localhost";
    if (host.ends_with('.')) {
        host.remove_suffix(1);
    }
    return host == kName || (host.ends_with(kName) && host[host.size() - kName.size() - 1] == '.');
}

}  // namespace

std::string_view special_use(const IpAddress& address) {
    static const std::vector<SpecialRange> ranges = special_ranges();
    const auto found = std::find_if(ranges.begin(), ranges.end(), [&](const SpecialRange& range) {
        return range.network.contains(address);
    });
    if (found != ranges.end()) {
        return found->words;
    }
    return is_global_unicast(address) ? "" : "a reserved address";
}

Result<AddressGuard> AddressGuard::allowing(const std::vector<std::string>& allowed) {
    AddressGuard guard;
    for (const std::string& text : allowed) {
        auto network = parse_ip_network(text);
        if (!network) {
            return fail(std::move(network));
        }
        guard.allowed_.push_back(*network);
    }
    return guard;
}

bool AddressGuard::allows(const IpAddress& address) const {
    return special_use(address).empty() ||
           std::any_of(allowed_.begin(), allowed_.end(),
                       [&](const IpNetwork& network) { return network.contains(address); });
}

std::optional<IpAddress> AddressGuard::refused_host(std::string_view host) const {
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
        host = host.substr(0, host.find('%'));  // the zone of a link-local address
    }
    if (is_localhost(host)) {
        const IpAddress v4 = parse_ip_address("127.0.0.1").value();
        const bool allowed = allows(v4) || allows(parse_ip_address("::1").value());
        return allowed ? std::nullopt : std::optional{v4};
    }
    // "127.0.0.1." is no address to libcurl, but may be one to a resolver.
    const auto address =
        parse_ip_address(host.substr(0, host.size() - (host.ends_with('.') ? 1 : 0)));
    return address && !allows(*address) ? address : std::nullopt;
}

}  // namespace wirewatch::feeds
