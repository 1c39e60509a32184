// SPDX-License-Identifier: MIT
// The subscriber against a daemon that dies, stalls or talks nonsense in the middle of an answer:
// real sockets, on which the test itself says what is sent.
#include "message_sample.hpp"
#include "newsroom.hpp"
#include "publishers/replay_wire.hpp"
#include "publishers/subscriber.hpp"

#include <optional>

#include <zmq.h>
#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

const std::string kEpoch = "00ff00ff12345678";

class BrokenDaemon {
  public:
    BrokenDaemon()
        : context_{good(ZmqContext::open())},
          live_{good(ZmqSocket::open(context_, ZMQ_PUB, 0ms))},
          replay_{good(ZmqSocket::open(context_, ZMQ_ROUTER, 0ms))} {
        good(live_.bind("tcp://127.0.0.1:*"));
        good(replay_.bind("tcp://127.0.0.1:*"));
        SubscriberOptions options;
        options.live = good(live_.endpoint());
        options.replay = good(replay_.endpoint());
        options.from = Cursor{};
        options.replay_timeout = 100ms;
        subscriber_.emplace(good(Subscriber::open(std::move(options), clock_)));
    }

    static Frames alert(std::uint64_t seq) {
        Message message = sample_message();
        message.seq = message.tseq = seq;
        message.uuid[0] = static_cast<std::uint8_t>(seq);
        return encode(message);
    }

    void answer(std::span<const std::string> frames) { good(replay_.send(frames, peer_)); }

    /// Says that the head is `head` until the subscriber asks; what it asks for.
    ReplayRequest asked(std::uint64_t head) {
        const Ticks deadline = clock_.ticks() + kPatience;
        while (clock_.ticks() < deadline) {
            good(live_.send(heartbeat(head, kEpoch)));
            read();
            if (auto request = good(replay_.receive())) {
                peer_ = (*request)[0];
                return good(decode_request(std::span{*request}.subspan(1)));
            }
        }
        FAIL("nobody asked");
        return {};
    }

    void read() {
        auto received = subscriber_->next(clock_.ticks() + 5ms);
        if (!received) {
            error_ = received.error();
        } else if (*received && (*received)->message) {
            seqs_.push_back((*received)->message->seq);
        }
    }

    void read_to(std::uint64_t seq) {
        const Ticks deadline = clock_.ticks() + kPatience;
        while (subscriber_->cursor().seq < seq) {
            REQUIRE(clock_.ticks() < deadline);
            read();
        }
    }

    void read_to_error() {
        const Ticks deadline = clock_.ticks() + kPatience;
        while (!error_) {
            REQUIRE(clock_.ticks() < deadline);
            read();
        }
    }

    SystemClock clock_;
    ZmqContext context_;
    ZmqSocket live_;
    ZmqSocket replay_;
    std::optional<Subscriber> subscriber_;
    std::string peer_;
    std::vector<std::uint64_t> seqs_;
    std::optional<Error> error_;
};

using Seqs = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("an answer that breaks off is asked for again from where it broke") {
    BrokenDaemon daemon;
    CHECK(daemon.asked(4).since == 0);
    daemon.answer(BrokenDaemon::alert(1));
    daemon.answer(BrokenDaemon::alert(2));
    const std::string first_peer = daemon.peer_;
    CHECK(daemon.asked(4).since == 2);
    CHECK(daemon.peer_ != first_peer);  // a socket of its own, so that no late answer reaches it
    for (std::uint64_t seq = 3; seq <= 4; ++seq) {
        daemon.answer(BrokenDaemon::alert(seq));
    }
    daemon.answer(encode(PageEnd{4, kEpoch, 1, "alert/"}));
    daemon.read_to(4);
    CHECK(daemon.seqs_ == Seqs{1, 2, 3, 4});
}

TEST_CASE("a request that gets no answer is asked again") {
    BrokenDaemon daemon;
    for (int i = 0; i < 3; ++i) {
        CHECK(daemon.asked(1).since == 0);
    }
}

TEST_CASE("alerts that come again in an answer are handed out once") {
    BrokenDaemon daemon;
    REQUIRE(daemon.asked(3).since == 0);
    for (const std::uint64_t seq : {1, 2, 1, 2, 3, 3}) {
        daemon.answer(BrokenDaemon::alert(seq));
    }
    daemon.answer(encode(PageEnd{3, kEpoch, 1, "alert/"}));
    daemon.read_to(3);
    CHECK(daemon.seqs_ == Seqs{1, 2, 3});
}

TEST_CASE("live messages that come during an answer wait for their turn") {
    BrokenDaemon daemon;
    REQUIRE(daemon.asked(2).since == 0);
    for (const std::uint64_t seq : {2, 3, 4}) {
        good(daemon.live_.send(BrokenDaemon::alert(seq)));
    }
    for (const std::uint64_t seq : {1, 2, 3}) {
        daemon.answer(BrokenDaemon::alert(seq));
    }
    daemon.answer(encode(PageEnd{3, kEpoch, 1, "alert/"}));
    daemon.read_to(4);
    CHECK(daemon.seqs_ == Seqs{1, 2, 3, 4});
}

TEST_CASE("nonsense among live messages is passed over") {
    BrokenDaemon daemon;
    REQUIRE(daemon.asked(1).since == 0);
    daemon.answer(BrokenDaemon::alert(1));
    daemon.answer(encode(PageEnd{1, kEpoch, 1, "alert/"}));
    daemon.read_to(1);
    good(daemon.live_.send(Multipart{"alert/"}));
    good(daemon.live_.send(Multipart{"HUGZ", "", "", "", ""}));
    good(daemon.live_.send(Multipart(50, "alert/x/")));
    good(daemon.live_.send(BrokenDaemon::alert(2)));
    daemon.read_to(2);
    CHECK(daemon.seqs_ == Seqs{1, 2});
}

TEST_CASE("a replay address where something else speaks is an error in words") {
    const auto frames = GENERATE(values<Multipart>(
        {{"WTF", "no such subtree"}, {"HTTP/1.1 400 Bad Request"}, {"KTHXBAI", "1"}}));
    BrokenDaemon daemon;
    REQUIRE(daemon.asked(1).since == 0);
    daemon.answer(frames);
    daemon.read_to_error();
    CHECK_THAT(daemon.error_->text, Catch::Contains("127.0.0.1"));
}

}  // namespace wirewatch::publishers
