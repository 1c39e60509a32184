// SPDX-License-Identifier: MIT
#include "publishers/live_peers.hpp"

#include "newsroom.hpp"
#include "publishers/queue_limit.hpp"
#include "publishers/wire.hpp"

#include <string>
#include <vector>

#include <zmq.h>
#include <catch2/catch.hpp>

namespace wirewatch::publishers {

TEST_CASE("subscriptions are counted by connection, and forgotten with it") {
    std::vector<std::string> told;
    LivePeers peers{[&](const std::string& words) { told.push_back(words); }};
    const Sender one{7, "192.0.2.1", ""};
    const Sender other{8, "192.0.2.2", ""};
    peers.take(one, std::string{"\1"} + "alert/a/");
    peers.take(one, std::string{"\1"} + "alert/b/");
    peers.take(other, std::string{"\1"} + "alert/");
    peers.take(one, std::string(1, '\0') + "alert/a/");
    peers.take({-1, "", ""}, std::string(1, '\0') + "alert/b/");  // libzmq, for one that has gone
    CHECK(peers.subscriptions_of(7) == 1);
    CHECK(peers.subscriptions_of(8) == 1);
    CHECK(peers.subscribers() == 2);
    peers.ended(7);
    CHECK(peers.subscriptions_of(7) == 0);
    CHECK(peers.subscribers() == 1);
    peers.take(other, std::string(1, '\0') + "alert/");
    CHECK(peers.subscribers() == 0);
    CHECK(told.empty());
}

TEST_CASE("who must go is known by its key") {
    LivePeers peers{[](const std::string&) {}};
    peers.take({7, "", "friend"}, "\1x");
    peers.take({8, "", "stranger"}, "\1x");
    CHECK(peers.without([](std::string_view key) { return key == "friend"; }) ==
          std::vector<int>{8});
}

TEST_CASE("a peer with over a thousand subscriptions is an alarm, once") {
    Newsroom newsroom;
    const SystemClock clock;
    std::vector<std::string> told;
    auto publisher = good(ZmqPublisher::open(
        Station::any_port(), newsroom.log(), clock,
        {.allowed = nullptr, .warn = [&](const std::string& words) { told.push_back(words); }}));
    const auto subscribe = [&](Peer& peer, std::size_t count) {
        good(peer.socket().set(ZMQ_SNDHWM, 0));  // else a SUB itself drops those past 1,000
        for (std::size_t i = 0; i < count; ++i) {
            good(peer.socket().subscribe("alert/rule" + std::to_string(i) + "/"));
        }
        good(peer.socket().subscribe(kWelcome));  // the last of them
        REQUIRE(
            peer.receive_within(kPatience, [&] { good(publisher->serve(-1, clock.ticks(), 0)); }));
    };
    Peer modest{ZMQ_SUB, publisher->live_endpoint()};
    subscribe(modest, 999);
    CHECK(told.empty());
    Peer greedy{ZMQ_SUB, publisher->live_endpoint()};
    subscribe(greedy, 1'100);
    REQUIRE(told.size() == 1);
    CHECK_THAT(told[0], Catch::Contains("127.0.0.1") && Catch::Contains("more than 1000"));
}

TEST_CASE("fewer large messages may wait than small ones, never more than are allowed") {
    QueueLimit limit{10'000, 64u << 20};
    for (int i = 0; i < 1'000; ++i) {
        limit.note(1'500);
    }
    CHECK(limit.messages() == 10'000);
    for (int i = 0; i < 100; ++i) {
        limit.note(64'000);
    }
    const int of_large = limit.messages();
    CHECK(of_large < 1'200);
    CHECK(static_cast<std::size_t>(of_large) * 64'000 <= (80u << 20));
    for (int i = 0; i < 20'000; ++i) {
        limit.note(1'500);
    }
    CHECK(limit.messages() > 9'000);
    QueueLimit few{5, 1};
    few.note(64'000);
    CHECK(few.messages() == 5);
}

}  // namespace wirewatch::publishers
