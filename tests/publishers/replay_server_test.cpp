// SPDX-License-Identifier: MIT
#include "publishers/replay_server.hpp"

#include "newsroom.hpp"
#include "publishers/wire.hpp"

#include <zmq.h>
#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

std::string u32(std::uint32_t number) {
    return encode_u64(number).substr(4);
}

struct Answer {
    std::vector<std::uint64_t> seqs;
    Multipart end;
};

/// A peer of a running station.
class Asker : public Peer {
  public:
    explicit Asker(const Station& station, int receive_hwm = 1'000)
        : Peer{ZMQ_DEALER, station.replay(), receive_hwm} {}

    Answer ask(const Multipart& request) {
        send(request);
        return read();
    }

    Answer read() {
        Answer answer;
        for (;;) {
            answer.end = receive();
            if (!answer.end[0].starts_with("alert/")) {
                return answer;
            }
            answer.seqs.push_back(good(decode(answer.end)).seq);
        }
    }
};

}  // namespace

TEST_CASE("replay goes page by page from any cursor to the head") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(1'203);
    Station station{newsroom, clock};
    const std::string epoch = newsroom.log().epoch();
    Asker asker{station};
    std::vector<std::uint64_t> seqs;
    std::uint64_t cursor = 0;
    for (const std::size_t expected : {500u, 500u, 203u, 0u}) {
        const Answer page = asker.ask({"ICANHAZ?", "alert/", encode_u64(cursor), u32(9'999)});
        CHECK(page.seqs.size() == expected);
        seqs.insert(seqs.end(), page.seqs.begin(), page.seqs.end());
        REQUIRE(page.end.size() == 5);
        CHECK(page.end[0] == "KTHXBAI");
        CHECK(page.end[2] == epoch);
        CHECK(page.end[3] == encode_u64(1));
        CHECK(page.end[4] == "alert/");
        cursor = *decode_u64(page.end[1]);
        CHECK(cursor == seqs.back());
    }
    CHECK(seqs.size() == 1'203);
    CHECK(std::is_sorted(seqs.begin(), seqs.end()));
    CHECK(asker.ask({"ICANHAZ?", "alert/", encode_u64(7), u32(2)}).seqs ==
          std::vector<std::uint64_t>{8, 9});
    CHECK(asker.ask({"ICANHAZ?", "alert/", encode_u64(7)}).seqs.size() == 500);
}

TEST_CASE("a replayed alert is the same, byte for byte, as it was live") {
    const SystemClock clock;
    Newsroom newsroom;
    Station station{newsroom, clock};
    Peer subscriber{ZMQ_SUB, station.live()};
    good(subscriber.socket().subscribe(kAlerts));
    good(subscriber.socket().subscribe(kWelcome));
    subscriber.receive(kWelcome);
    newsroom.report({"talks"});
    station.relay().wake();
    const Multipart live = subscriber.receive("alert/talks/");
    Asker asker{station};
    asker.send({"ICANHAZ?", "alert/talks/", encode_u64(0)});
    CHECK(asker.receive() == live);
}

TEST_CASE("replay of one rule skips the others, and its cursor passes them") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report({"talks", "energy", "talks", "energy", "energy"});
    Station station{newsroom, clock};
    Asker asker{station};
    const Answer talks = asker.ask({"ICANHAZ?", "alert/talks/", encode_u64(0)});
    CHECK(talks.seqs == std::vector<std::uint64_t>{1, 3});
    CHECK(talks.end[1] == encode_u64(5));
    CHECK(talks.end[4] == "alert/talks/");
    const Answer unknown = asker.ask({"ICANHAZ?", "alert/nobody/", encode_u64(0)});
    CHECK(unknown.seqs.empty());
    CHECK(unknown.end[1] == encode_u64(5));
}

TEST_CASE("a plain RFC 12 request is answered with the last 1,000") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(1'203);
    Station station{newsroom, clock};
    const Answer answer = Asker{station}.ask({"ICANHAZ?", "alert/"});
    REQUIRE(answer.seqs.size() == 1'000);
    CHECK(answer.seqs.front() == 204);
    CHECK(answer.end[1] == encode_u64(1'203));
}

TEST_CASE("history that is no longer kept is told, never skipped silently") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(20);
    newsroom.forget(9);
    Station station{newsroom, clock};
    Asker asker{station};
    const Multipart gone = asker.ask({"ICANHAZ?", "alert/", encode_u64(8)}).end;
    CHECK(gone == Multipart{"GONE", encode_u64(10), newsroom.log().epoch()});
    CHECK(asker.ask({"ICANHAZ?", "alert/talks/", encode_u64(0)}).end[0] == "GONE");
    const Answer rest = asker.ask({"ICANHAZ?", "alert/", encode_u64(9)});
    CHECK(rest.seqs.size() == 11);
    CHECK(rest.end[3] == encode_u64(10));
    CHECK(asker.ask({"ICANHAZ?", "alert/"}).seqs.front() == 10);
}

TEST_CASE("a cursor at or past the head gets an empty page, and the head") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(2);
    Station station{newsroom, clock};
    const std::uint64_t cursor = GENERATE(as<std::uint64_t>{}, 2, 3, 18'446'744'073'709'551'615u);
    const Answer answer = Asker{station}.ask({"ICANHAZ?", "alert/", encode_u64(cursor)});
    CHECK(answer.seqs.empty());
    CHECK(answer.end[1] == encode_u64(2));  // by which who is past it learns that it is
}

TEST_CASE("a malformed request hears WTF and why, and the connection lives on") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(1);
    Station station{newsroom, clock};
    Asker asker{station};
    const std::string since = encode_u64(0);
    const Multipart malformed[] = {
        {""},
        {"", ""},
        {"ICANHAZ"},
        {"ICANHAZ?"},
        {"icanhaz?", "alert/"},
        {"ICANHAZ? ", "alert/", since},
        {"", "ICANHAZ?", "alert/", since},
        {"HUGZ", "alert/", since},
        {"ICANHAZ?", "sys/"},
        {"ICANHAZ?", "sys/welcome/"},
        {"ICANHAZ?", "/"},
        {"ICANHAZ?", "alert"},
        {"ICANHAZ?", "alert/talks"},
        {"ICANHAZ?", "alert//"},
        {"ICANHAZ?", "alert/talks/more/"},
        {"ICANHAZ?", "alert/TALKS/"},
        {"ICANHAZ?", "alert/'; DROP TABLE outbox; --/"},
        {"ICANHAZ?", "alert/" + std::string(65, 'a') + "/"},
        {"ICANHAZ?", std::string(60'000, 'a')},
        {"ICANHAZ?", "alert/", ""},
        {"ICANHAZ?", "alert/", "0"},
        {"ICANHAZ?", "alert/", since + "0"},
        {"ICANHAZ?", "alert/", since, ""},
        {"ICANHAZ?", "alert/", since, since},
        {"ICANHAZ?", "alert/", since, u32(0)},
        {"ICANHAZ?", "alert/", since, u32(5), ""},
        Multipart(100, "ICANHAZ?"),
    };
    for (const Multipart& request : malformed) {
        CAPTURE(request);
        const Multipart answer = asker.ask(request).end;
        REQUIRE(answer.size() == 2);
        CHECK(answer[0] == "WTF");
        CHECK_FALSE(answer[1].empty());
    }
    CHECK(asker.ask({"ICANHAZ?", "alert/", since}).seqs.size() == 1);
}

TEST_CASE("a peer that sends over 64 KiB is disconnected, others are not") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(1);
    Station station{newsroom, clock};
    Asker other{station};
    CHECK(other.ask({"ICANHAZ?", "alert/"}).seqs.size() == 1);
    Asker asker{station};
    REQUIRE(zmq_socket_monitor(asker.socket().handle(), "inproc://monitor",
                               ZMQ_EVENT_DISCONNECTED) == 0);
    auto monitor = good(ZmqSocket::open(asker.context(), ZMQ_PAIR, 0ms));
    good(monitor.connect("inproc://monitor"));
    asker.send({"ICANHAZ?", "alert/", std::string((64 << 10) + 1, 'x')});
    good(wait_readable({&monitor}, -1, kPatience));
    CHECK(good(monitor.receive()));
    CHECK(other.ask({"ICANHAZ?", "alert/"}).seqs.size() == 1);
}

TEST_CASE("a peer that asks and never reads holds nobody up and is told nothing untrue") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.summary.assign(20'000, 'x');
    newsroom.report(100);
    Station station{newsroom, clock};
    Asker greedy{station, 1};
    constexpr int kRequests = 30;  // 30 pages of 2 MB: more than the system's buffers hold
    for (int i = 0; i < kRequests; ++i) {
        greedy.send({"ICANHAZ?", "alert/", encode_u64(0)});
    }
    Asker other{station};
    for (int i = 0; i < 4 * kRequests; ++i) {  // in turns with the greedy one's, and after them
        CHECK(other.ask({"ICANHAZ?", "alert/nobody/", encode_u64(0)}).end[0] == "KTHXBAI");
    }

    std::uint64_t last = 0;
    int complete = 0;
    while (const auto message = greedy.receive_within(200ms, [] {})) {
        if ((*message)[0] == "KTHXBAI") {
            CHECK((*message)[1] == encode_u64(last));
            ++complete;
            continue;
        }
        const std::uint64_t seq = good(decode(*message)).seq;
        CHECK((seq == last + 1 || seq == 1));
        last = seq;
    }
    CHECK(complete > 0);
    CHECK(complete < kRequests);
}

}  // namespace wirewatch::publishers
