// SPDX-License-Identifier: MIT
#include "feeds/ip_address.hpp"

#include <string>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <catch2/catch.hpp>

using namespace wirewatch;
using namespace wirewatch::feeds;

TEST_CASE("an address has one text, whatever its spelling") {
    const auto [spelling, text] = GENERATE(table<std::string, std::string>({
        {"10.0.0.7", "10.0.0.7"},
        {"0:0:0:0:0:0:0:1", "::1"},
        {"FE80::00A", "fe80::a"},
        {"::ffff:10.0.0.7", "::ffff:10.0.0.7"},
    }));
    const auto address = parse_ip_address(spelling);
    REQUIRE(address);
    CHECK(address->text() == text);
}

TEST_CASE("what is not plainly an address is none") {
    const std::string text =
        GENERATE("", "localhost", "127.1", "0x7f.0.0.1", "2130706433", "127.0.0.1.", "1.2.3.256",
                 " 10.0.0.7", "[::1]", "fe80::1%eth0", "::1::", std::string{"::1\0x", 5},
                 std::string{"10.0.0.7\0", 9});
    CAPTURE(text);
    CHECK_FALSE(parse_ip_address(text));
}

TEST_CASE("an address is read from what a socket is opened for") {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_addr.s_addr = htonl(0x7F000001);
    CHECK(ip_address_of(reinterpret_cast<const sockaddr&>(v4)) == parse_ip_address("127.0.0.1"));
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_addr = in6addr_loopback;
    CHECK(ip_address_of(reinterpret_cast<const sockaddr&>(v6)) == parse_ip_address("::1"));
    sockaddr_un path{};
    path.sun_family = AF_UNIX;
    CHECK_FALSE(ip_address_of(reinterpret_cast<const sockaddr&>(path)));
}

TEST_CASE("a network holds what shares its first bits, of its own family alone") {
    const auto [network, address, holds] = GENERATE(table<std::string, std::string, bool>({
        {"10.1.0.0/16", "10.1.255.255", true},
        {"10.1.0.0/16", "10.2.0.0", false},
        {"10.0.0.8/29", "10.0.0.15", true},
        {"10.0.0.8/29", "10.0.0.16", false},
        {"10.0.0.7", "10.0.0.7", true},
        {"10.0.0.7", "10.0.0.6", false},
        {"0.0.0.0/0", "203.0.113.1", true},
        {"0.0.0.0/0", "::1", false},
        {"::/0", "10.0.0.7", false},
        {"fd00::/9", "fd7f::1", true},
        {"fd00::/9", "fd80::1", false},
        {"::ffff:0:0/96", "10.0.0.7", false},
    }));
    CAPTURE(network, address);
    const auto parsed = parse_ip_network(network);
    REQUIRE(parsed);
    CHECK(parsed->contains(parse_ip_address(address).value()) == holds);
}

TEST_CASE("what is no network says what to write") {
    const auto [text, words] = GENERATE(table<std::string, std::string>({
        {"", "neither an address nor a network"},
        {"localhost", "neither an address nor a network"},
        {"10.0.0.0/", "a number from 0 to 32"},
        {"10.0.0.0/33", "a number from 0 to 32"},
        {"::/129", "a number from 0 to 128"},
        {"10.0.0.0/-1", "a number from 0 to 32"},
        {"10.0.0.0/8x", "a number from 0 to 32"},
        {"10.1.2.3/16", "write 10.1.0.0/16"},
    }));
    CAPTURE(text);
    const auto network = parse_ip_network(text);
    REQUIRE_FALSE(network);
    CHECK(network.error().code == Errc::invalid);
    CHECK_THAT(network.error().text, Catch::Contains(words));
}
