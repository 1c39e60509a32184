// SPDX-License-Identifier: MIT
#include "publishers/zmq_publisher.hpp"

#include "newsroom.hpp"
#include "publishers/wire.hpp"
#include "support/manual_clock.hpp"

#include <zmq.h>
#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

/// A publisher without its relay, so that a test says when what is sent.
class Studio {
  public:
    explicit Studio(const Newsroom& newsroom, ZmqOptions options = Station::any_port())
        : log_{newsroom.log()},
          publisher_{good(ZmqPublisher::open(std::move(options), newsroom.log(), clock_))} {}

    void publish_to(std::uint64_t seq) {
        while (head_ < seq) {
            for (const Message& message : good(log_.after(head_, seq - head_)).messages) {
                good(publisher_->publish(message));
                head_ = message.seq;
            }
        }
    }

    void serve() { good(publisher_->serve(-1, clock_.ticks(), head_)); }

    /// Serves until `peer` has a message.
    Multipart message_to(Peer& peer) {
        auto message = peer.receive_within(kPatience, [&] { serve(); });
        REQUIRE(message);
        return std::move(*message);
    }

    /// A subscriber whose subscriptions hold.
    std::unique_ptr<Peer> subscriber(std::string_view prefix, int receive_hwm = 1'000) {
        auto peer = std::make_unique<Peer>(ZMQ_SUB, publisher_->live_endpoint(), receive_hwm);
        good(peer->socket().subscribe(prefix));
        good(peer->socket().subscribe(kWelcome));
        while (message_to(*peer)[0] != kWelcome) {
        }
        return peer;
    }

    support::ManualClock clock_;
    history::AlertLog log_;
    std::unique_ptr<ZmqPublisher> publisher_;
    std::uint64_t head_ = 0;
};

}  // namespace

TEST_CASE("alerts go out live in five frames, in order") {
    Newsroom newsroom;
    newsroom.report({"talks", "energy"});
    Studio studio{newsroom};
    const auto peer = studio.subscriber("alert/");
    studio.publish_to(2);
    const Multipart first = peer->receive();
    const Multipart second = peer->receive();
    const std::string epoch = newsroom.log().epoch();
    REQUIRE(first.size() == 5);
    CHECK(first[0] == "alert/talks/");
    CHECK(first[1] == encode_u64(1));
    CHECK(first[3] == "v=1\nepoch=" + epoch + "\ntseq=1\nct=application/cloudevents+json\n");
    CHECK(second[0] == "alert/energy/");
    CHECK(good(decode(second)).seq == 2);
}

TEST_CASE("subscribers are counted as they come and go") {
    Newsroom newsroom;
    Studio studio{newsroom};
    studio.serve();
    CHECK(studio.publisher_->subscribers() == 0);
    auto one = studio.subscriber("alert/");
    auto other = studio.subscriber("alert/talks/");
    CHECK(studio.publisher_->subscribers() == 2);
    one.reset();
    const Ticks enough = SystemClock{}.ticks() + kPatience;
    while (studio.publisher_->subscribers() != 1 && SystemClock{}.ticks() < enough) {
        studio.serve();
    }
    CHECK(studio.publisher_->subscribers() == 1);
}

TEST_CASE("a topic's subscriber is not sent what begins alike") {
    Newsroom newsroom;
    newsroom.report({"pakistan", "pak"});
    Studio studio{newsroom};
    const auto peer = studio.subscriber("alert/pak/");
    studio.publish_to(2);
    CHECK(peer->receive()[0] == "alert/pak/");
}

TEST_CASE("a heartbeat goes out every second and no oftener") {
    Newsroom newsroom;
    newsroom.report(1);
    ZmqOptions options = Station::any_port();
    options.heartbeat = ZmqOptions{}.heartbeat;
    Studio studio{newsroom, options};
    const auto peer = studio.subscriber("");
    studio.clock_.advance(1s);
    const Multipart heartbeat = studio.message_to(*peer);
    CHECK(heartbeat[0] == "HUGZ");
    CHECK(heartbeat[1] == encode_u64(0));
    studio.clock_.advance(999ms);
    studio.serve();
    studio.publish_to(1);
    CHECK(studio.message_to(*peer)[0] == "alert/talks/");
    studio.clock_.advance(1ms);
    const Multipart next = studio.message_to(*peer);
    CHECK(next[0] == "HUGZ");
    CHECK(next[1] == encode_u64(1));
}

TEST_CASE("who subscribes is told epoch, head and oldest, also when others have before") {
    Newsroom newsroom;
    newsroom.report(3);
    newsroom.forget(1);
    Studio studio{newsroom};
    studio.head_ = 3;
    const auto first = studio.subscriber("alert/");
    Peer second{ZMQ_SUB, studio.publisher_->live_endpoint()};
    good(second.socket().subscribe(kWelcome));
    const Multipart welcome = studio.message_to(second);
    CHECK(welcome[0] == "sys/welcome/");
    CHECK(welcome[1] == encode_u64(3));
    CHECK(welcome[3] == "v=1\nepoch=" + newsroom.log().epoch() + "\noldest=2\n");
}

TEST_CASE("a stalled subscriber holds up neither the publisher nor another subscriber") {
    Newsroom newsroom;
    newsroom.report(1);
    ZmqOptions options = Station::any_port();
    options.send_hwm = 100;  // libzmq looks only once a millisecond how many have been taken
    Studio studio{newsroom, options};
    const auto stalled = studio.subscriber("alert/", 1);
    const auto quick = studio.subscriber("alert/");
    Message message = good(newsroom.log().after(0, 1)).messages[0];
    message.body.assign(60'000, 'x');
    constexpr std::uint64_t kMany = 300;  // 18 MB: more than the system's buffers hold
    for (message.seq = 1; message.seq <= kMany; ++message.seq) {
        good(studio.publisher_->publish(message));
        CHECK(quick->receive()[1] == encode_u64(message.seq));
    }
    std::uint64_t received = 0;
    while (stalled->receive_within(200ms, [] {})) {
        ++received;
    }
    CHECK(received < kMany);
}

TEST_CASE("an address in use is told in words that name it") {
    Newsroom newsroom;
    const SystemClock clock;
    ZmqOptions options = Station::any_port();
    if (GENERATE(true, false)) {
        options.live = "ipc://" + (newsroom.directory() / "alerts").string();
    }
    const auto first = good(ZmqPublisher::open(options, newsroom.log(), clock));
    options.live = first->live_endpoint();
    const auto second = ZmqPublisher::open(options, newsroom.log(), clock);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::busy);
    CHECK_THAT(second.error().text, Catch::Contains(options.live) && Catch::Contains("'live'"));
}

TEST_CASE("an ipc address that names a file is refused, and the file stays") {
    Newsroom newsroom;
    newsroom.report(1);
    const SystemClock clock;
    ZmqOptions options = Station::any_port();
    options.live = "ipc://" + newsroom.file().string();
    const auto publisher = ZmqPublisher::open(options, newsroom.log(), clock);
    REQUIRE_FALSE(publisher);
    CHECK_THAT(publisher.error().text, Catch::Contains("no socket") && Catch::Contains("'live'"));
    CHECK(good(newsroom.log().head()) == 1);
}

TEST_CASE("an address that is not local is refused before anything is bound") {
    Newsroom newsroom;
    const SystemClock clock;
    ZmqOptions options = Station::any_port();
    options.replay = "tcp://0.0.0.0:*";
    const auto opened = ZmqPublisher::open(options, newsroom.log(), clock);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::invalid);
    CHECK_THAT(opened.error().text, Catch::Contains("'replay'") && Catch::Contains("CURVE"));
}

}  // namespace wirewatch::publishers
