// SPDX-License-Identifier: MIT
#include "feeds/address_guard.hpp"

#include <string>
#include <vector>

#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

TEST_CASE("every range that is not public has a name, from its first address to its last") {
    const auto [first, last, words] = GENERATE(table<std::string, std::string, std::string>({
        {"0.0.0.0", "0.0.0.0", "the unspecified address"},
        {"0.0.0.1", "0.255.255.255", "an address of this network"},
        {"10.0.0.0", "10.255.255.255", "a private address"},
        {"100.64.0.0", "100.127.255.255", "an address behind a carrier's NAT"},
        {"127.0.0.0", "127.255.255.255", "a loopback address"},
        {"169.254.0.0", "169.254.255.255", "a link-local address"},
        {"172.16.0.0", "172.31.255.255", "a private address"},
        {"192.0.0.0", "192.0.0.255", "a reserved address"},
        {"192.0.2.0", "192.0.2.255", "an address for documentation"},
        {"192.88.99.0", "192.88.99.255", "a 6to4 relay's address"},
        {"192.168.0.0", "192.168.255.255", "a private address"},
        {"198.18.0.0", "198.19.255.255", "an address for benchmarks"},
        {"198.51.100.0", "198.51.100.255", "an address for documentation"},
        {"203.0.113.0", "203.0.113.255", "an address for documentation"},
        {"224.0.0.0", "239.255.255.255", "a multicast address"},
        {"240.0.0.0", "255.255.255.254", "a reserved address"},
        {"255.255.255.255", "255.255.255.255", "the broadcast address"},
        {"::", "::", "the unspecified address"},
        {"::1", "::1", "a loopback address"},
        {"::2", "::ffff:ffff", "an IPv4 address in IPv6 form"},
        {"::ffff:0.0.0.0", "::ffff:255.255.255.255", "an IPv4 address in IPv6 form"},
        {"::ffff:0:0:0", "::ffff:0:255.255.255.255", "an IPv4 address in IPv6 form"},
        {"::1:0:0:0", "64:ff9a::", "a reserved address"},
        {"64:ff9b::", "64:ff9b::8.8.8.8", "an IPv4 address in NAT64 form"},
        {"64:ff9b:1::", "64:ff9b:1:ffff::10.0.0.7", "an IPv4 address in NAT64 form"},
        {"100::", "100::ffff:ffff:ffff:ffff", "an address that discards everything"},
        {"1fff::1", "1fff::1", "a reserved address"},
        {"2001::", "2001:0:ffff::1", "a Teredo address"},
        {"2001:2::", "2001:2:0:ffff::1", "an address for benchmarks"},
        {"2001:10::", "2001:1ff:ffff::", "a reserved address"},
        {"2001:db8::", "2001:db8:ffff::", "an address for documentation"},
        {"2002::", "2002:0a00:0007::1", "an IPv4 address in 6to4 form"},
        {"3fff::", "3fff:fff:ffff::", "an address for documentation"},
        {"4000::", "fbff::", "a reserved address"},
        {"fc00::", "fdff:ffff::", "a private address"},
        {"fe80::", "febf:ffff::", "a link-local address"},
        {"fec0::", "feff:ffff::", "a site-local address"},
        {"ff00::", "ffff:ffff::", "a multicast address"},
    }));
    for (const std::string& text : {first, last}) {
        CAPTURE(text);
        const auto address = parse_ip_address(text);
        REQUIRE(address);
        CHECK(special_use(*address) == words);
        CHECK_FALSE(AddressGuard{}.allows(*address));
    }
}

TEST_CASE("the neighbours of those ranges are public") {
    const std::string text =
        GENERATE("1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
                 "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255",
                 "172.32.0.0", "192.0.1.0", "192.0.3.0", "192.167.255.255", "192.169.0.0",
                 "198.17.255.255", "198.20.0.0", "223.255.255.255", "8.8.8.8",
                 "2001:200::", "2001:db7:ffff::", "2001:db9::", "2003::", "2606:4700::1111",
                 "2a00::", "3ffe:ffff::", "3fff:1000::");
    CAPTURE(text);
    const auto address = parse_ip_address(text);
    REQUIRE(address);
    CHECK(special_use(*address).empty());
    CHECK(AddressGuard{}.allows(*address));
}

TEST_CASE("what a feed's owner lists is allowed, in that spelling of it alone") {
    const auto guard = AddressGuard::allowing({"10.1.0.0/16", "::1"});
    REQUIRE(guard);
    const auto [text, allowed] = GENERATE(table<std::string, bool>({
        {"10.1.2.3", true},
        {"10.2.0.0", false},
        {"::1", true},
        {"127.0.0.1", false},
        {"::ffff:10.1.2.3", false},
        {"64:ff9b::10.1.2.3", false},
        {"8.8.8.8", true},
    }));
    CAPTURE(text);
    CHECK(guard->allows(parse_ip_address(text).value()) == allowed);
}

TEST_CASE("a list with something else in it is refused") {
    const auto guard = AddressGuard::allowing({"10.0.0.7", "localhost"});
    REQUIRE_FALSE(guard);
    CHECK(guard.error().code == Errc::invalid);
}

TEST_CASE("the host of a URL is refused where it says itself where it leads") {
    const auto [host, refused] = GENERATE(table<std::string, std::string>({
        {"127.0.0.1", "127.0.0.1"},
        {"[::1]", "::1"},
        {"[fe80::1%25eth0]", "fe80::1"},
        {"[::ffff:7f00:1]", "::ffff:127.0.0.1"},
        {"10.0.0.7.", "10.0.0.7"},
        {"localhost", "127.0.0.1"},
        {"localhost.", "127.0.0.1"},
        {"news.localhost", "127.0.0.1"},
        {"8.8.8.8", ""},
        {"example.org", ""},
        {"notlocalhost", ""},
        {"localhost.example", ""},
    }));
    CAPTURE(host);
    const auto found = AddressGuard{}.refused_host(host);
    CHECK((found ? found->text() : "") == refused);
}

TEST_CASE("localhost is allowed with either of its addresses") {
    const std::string listed = GENERATE("127.0.0.1", "::1", "127.0.0.0/8");
    const auto guard = AddressGuard::allowing({listed});
    REQUIRE(guard);
    CHECK_FALSE(guard->refused_host("localhost"));
}
