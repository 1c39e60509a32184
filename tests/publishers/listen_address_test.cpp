// SPDX-License-Identifier: MIT
#include "publishers/listen_address.hpp"

#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

namespace wirewatch::publishers {

TEST_CASE("the stream may listen where only this machine reaches it") {
    const std::string address = GENERATE(
        as<std::string>{}, "tcp://127.0.0.1:5580", "tcp://127.0.0.1:*", "tcp://127.9.8.7:1",
        "tcp://[::1]:65535", "ipc:///run/wirewatch/alerts", "ipc://@wirewatch", "inproc://alerts");
    CAPTURE(address);
    CHECK(check_address(address));
}

TEST_CASE("an address that other machines reach is refused, and the words name CURVE") {
    const std::string address =
        GENERATE(as<std::string>{}, "tcp://0.0.0.0:5580", "tcp://*:5580", "tcp://192.168.1.2:5580",
                 "tcp://128.0.0.1:5580", "tcp://[::]:5580", "tcp://[::ffff:127.0.0.1]:5580",
                 "tcp://eth0:5580", "tcp://localhost:5580", "tcp://127.0.0.1.example.org:5580",
                 "tcp://127.1:5580", "tcp://0127.0.0.1:5580", "tcp://10.0.0.1;127.0.0.1:5580",
                 "tcp://127.0.0.1 :5580", "tcp://[::1%lo]:5580", "tcp://::1:5580");
    CAPTURE(address);
    const auto checked = check_address(address);
    REQUIRE_FALSE(checked);
    CHECK(checked.error().code == Errc::invalid);
    CHECK_THAT(checked.error().text, Catch::Contains("CURVE"));
}

TEST_CASE("what stands where an ipc address shall be is never removed, unless it is a socket") {
    const support::TempDir directory;
    directory.write("wirewatch.db", "articles");
    const auto placed = check_ipc_place("ipc://" + (directory / "wirewatch.db").string());
    REQUIRE_FALSE(placed);
    CHECK(placed.error().code == Errc::refused);
    CHECK_THAT(placed.error().text, Catch::Contains("no socket"));
    CHECK_FALSE(check_ipc_place("ipc://" + directory.path().string()));
    CHECK(check_ipc_place("ipc://" + (directory / "new").string()));
    CHECK(check_ipc_place("ipc://@wirewatch.db"));
    CHECK(check_ipc_place("tcp://127.0.0.1:5580"));
}

TEST_CASE("with CURVE other machines may reach the stream") {
    const std::string address =
        GENERATE(as<std::string>{}, "tcp://0.0.0.0:5580", "tcp://*:5580", "tcp://192.168.1.2:5580",
                 "tcp://[::]:5580", "tcp://eth0:5580", "ipc:///run/wirewatch/alerts");
    CAPTURE(address);
    CHECK(check_address(address, Curve::on));
    CHECK_FALSE(check_address("tcp://:5580", Curve::on));
}

TEST_CASE("what listens on all addresses is reached over the loopback") {
    const auto [listens, reached] = GENERATE(table<std::string, std::string>({
        {"tcp://*:5580", "tcp://127.0.0.1:5580"},
        {"tcp://0.0.0.0:5580", "tcp://127.0.0.1:5580"},
        {"tcp://[::]:5580", "tcp://127.0.0.1:5580"},
        {"tcp://[::1]:5580", "tcp://[::1]:5580"},
        {"tcp://192.168.1.2:5580", "tcp://192.168.1.2:5580"},
        {"tcp://news.example.org:5580", "tcp://news.example.org:5580"},
        {"ipc:///run/wirewatch/alerts", "ipc:///run/wirewatch/alerts"},
    }));
    CHECK(address_to_connect(listens).value() == reached);
}

TEST_CASE("a port that is chosen at start cannot be known beforehand") {
    const std::string address =
        GENERATE(as<std::string>{}, "tcp://127.0.0.1:*", "tcp://*:*", "ipc://*");
    CAPTURE(address);
    const auto reached = address_to_connect(address);
    REQUIRE_FALSE(reached);
    CHECK(reached.error().code == Errc::invalid);
    CHECK_THAT(reached.error().text, Catch::Contains("at its start") && Catch::Contains("--live"));
}

TEST_CASE("what is no address is refused") {
    const std::string address =
        GENERATE(as<std::string>{}, "", "tcp://", "127.0.0.1:5580", "tcp://127.0.0.1",
                 "tcp://127.0.0.1:", "tcp://127.0.0.1:0", "tcp://127.0.0.1:65536",
                 "tcp://127.0.0.1:x", "tcp://127.0.0.1:55 80", "udp://127.0.0.1:5580",
                 "pgm://127.0.0.1:5580", "ws://127.0.0.1:80", "ipc://", "inproc://");
    CAPTURE(address);
    CHECK(check_address(address).error().code == Errc::invalid);
}

TEST_CASE("a relative ipc path begins beside the configuration, and has to fit a socket") {
    CHECK(address_beside("/etc/wirewatch", "ipc://run/alerts") ==
          "ipc:///etc/wirewatch/run/alerts");
    for (const char* address : {"ipc:///run/alerts", "ipc://@wirewatch", "ipc://*",
                                "tcp://127.0.0.1:5580", "inproc://alerts"}) {
        CHECK(address_beside("/etc/wirewatch", address) == address);
    }
    CHECK(check_address("ipc:///" + std::string(106, 'x')));
    const auto wrong = check_address("ipc:///" + std::string(107, 'x'));
    REQUIRE_FALSE(wrong);
    CHECK_THAT(wrong.error().text,
               Catch::Contains("has a path of 108 bytes") && Catch::Contains("107 at most"));
}

TEST_CASE("an ipc file that nobody listens on is free") {
    const support::TempDir directory;
    CHECK(check_free("ipc://" + (directory / "alerts").string()));
    const auto left = directory.write("left-behind", "");
    CHECK(check_free("ipc://" + left.string()));
}

}  // namespace wirewatch::publishers
