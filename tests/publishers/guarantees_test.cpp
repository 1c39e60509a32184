// SPDX-License-Identifier: MIT
// The guarantees of docs/alerts.md, each by its name. tests/system has the same from outside:
// kill9, clients.
#include "newsroom.hpp"
#include "publishers/subscriber.hpp"
#include "publishers/wire.hpp"
#include "support/read_message.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <set>

#include <sqlite3.h>
#include <unistd.h>
#include <zmq.h>
#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

using Seqs = std::vector<std::uint64_t>;

Seqs numbers(std::uint64_t first, std::uint64_t last) {
    Seqs all(last - first + 1);
    std::iota(all.begin(), all.end(), first);
    return all;
}

/// A second hand on the database, beside the one writer.
class Meddler {
  public:
    explicit Meddler(const Newsroom& newsroom) {
        REQUIRE(sqlite3_open(newsroom.file().c_str(), &database_) == SQLITE_OK);
    }
    ~Meddler() { sqlite3_close(database_); }
    Meddler(const Meddler&) = delete;
    Meddler& operator=(const Meddler&) = delete;

    void operator()(const std::string& sql) {
        CAPTURE(sql);
        REQUIRE(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }

  private:
    sqlite3* database_ = nullptr;
};

/// A subscriber, and what it was given.
class Follower {
  public:
    Follower(SubscriberOptions options, const Clock& clock)
        : clock_{clock}, subscriber_{good(Subscriber::open(std::move(options), clock))} {}

    /// Reads on, and lets `meanwhile` work, until it has everything up to `seq`.
    template <class Work>
    void read_to(std::uint64_t seq, Work meanwhile) {
        const Ticks deadline = clock_.ticks() + kPatience;
        while (subscriber_.cursor().seq < seq) {
            REQUIRE(clock_.ticks() < deadline);
            meanwhile();
            read_for(5ms);
        }
    }
    void read_to(std::uint64_t seq) {
        read_to(seq, [] {});
    }
    void read_for(std::chrono::milliseconds time) {
        auto received = good(subscriber_.next(clock_.ticks() + time));
        if (received && received->message) {
            seqs.push_back(received->message->seq);
            uuids.push_back(received->message->uuid);
        }
        if (received && received->notice) {
            notices.push_back(received->notice->kind);
        }
    }

    [[nodiscard]] Cursor cursor() const { return subscriber_.cursor(); }

    Seqs seqs;
    std::vector<Uuid> uuids;
    std::vector<Notice::Kind> notices;

  private:
    const Clock& clock_;
    Subscriber subscriber_;
};

SubscriberOptions to(const std::string& live, const std::string& replay,
                     std::optional<Cursor> from = Cursor{}) {
    SubscriberOptions options;
    options.live = live;
    options.replay = replay;
    options.from = std::move(from);
    return options;
}

std::vector<Uuid> uuids_of(const Newsroom& newsroom) {
    std::vector<Uuid> uuids;
    for (const Message& message : good(newsroom.log().after(0, 500)).messages) {
        uuids.push_back(message.uuid);
    }
    return uuids;
}

std::size_t resident_bytes() {
    std::ifstream file{"/proc/self/statm"};
    std::size_t all = 0;
    std::size_t resident = 0;
    file >> all >> resident;
    return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

/// A publisher that the test itself tells what to send, so that it can leave something out.
struct Leaky {
    explicit Leaky(const Newsroom& newsroom)
        : log{newsroom.log()},
          publisher{good(ZmqPublisher::open(Station::any_port(), newsroom.log(), clock))} {}

    void publish(std::uint64_t seq) {
        for (const Message& message : good(log.after(seq - 1, 1)).messages) {
            good(publisher->publish(message));
        }
    }
    void serve(std::uint64_t head) { good(publisher->serve(-1, clock.ticks(), head)); }

    SystemClock clock;
    history::AlertLog log;
    std::unique_ptr<ZmqPublisher> publisher;
};

}  // namespace

TEST_CASE("G1: nothing is published before its commit has returned") {
    Newsroom newsroom;
    newsroom.report(1);
    const SystemClock clock;
    Station station{newsroom, clock};
    Follower follower{to(station.live(), station.replay()), clock};
    follower.read_to(1);

    Meddler meddler{newsroom};
    meddler("BEGIN IMMEDIATE");
    meddler("UPDATE meta SET head = 2");
    meddler(
        "INSERT INTO outbox (seq, topic_id, tseq, uuid, committed_at, hit_id, body)"
        " SELECT 2, topic_id, 2, randomblob(16), committed_at, NULL, '{}' FROM outbox");
    meddler(
        "INSERT INTO feed_events SELECT 2, 'good', feed_id, title, url, 0, 1, 200, NULL, NULL, "
        "NULL,"
        " NULL FROM feeds");
    station.relay().wake();
    const auto pulse = station.relay().pulse();
    while (station.relay().pulse() < pulse + 2) {
        station.relay().wake();
        follower.read_for(5ms);
    }
    CHECK(station.relay().cursor() == 1);
    CHECK(follower.cursor().seq == 1);
    meddler("COMMIT");
    station.relay().wake();
    follower.read_to(2);
}

TEST_CASE("G2: seq counts from 1 without gaps, and a new database has another epoch") {
    Newsroom newsroom;
    newsroom.report({"talks", "energy"});
    newsroom.report_feed(Error{Errc::network, "no route"});
    newsroom.report(3);
    Seqs seqs;
    for (const Message& message : good(newsroom.log().after(0, 500)).messages) {
        seqs.push_back(message.seq);
    }
    CHECK(seqs == numbers(1, 7));
    CHECK(Newsroom{}.log().epoch() != newsroom.log().epoch());
}

TEST_CASE("G3: the uuid follows from deployment, rule and article alone") {
    Newsroom first;
    Newsroom second;  // another daemon of the same deployment, which sees them in another order
    first.report({"talks", "energy"});
    second.report(1, "talks");
    second.report(1, "energy");
    CHECK(uuids_of(first) == uuids_of(second));
    const Alert alert = support::read_alert(good(first.log().after(0, 1)).messages[0]);
    CHECK(alert.uuid == alert_uuid("test", alert.rule.id, alert.article.key));
    CHECK(alert.uuid != alert_uuid("tests", alert.rule.id, alert.article.key));
    CHECK(alert.uuid != alert_uuid("test", "talk", alert.article.key));
}

TEST_CASE("G4: replay from a saved cursor brings each alert at least once, after uuids just once") {
    Newsroom newsroom;
    const SystemClock clock;
    const auto place = Station::place_of_its_own(newsroom);
    Cursor saved;
    std::vector<Uuid> uuids;
    std::uint64_t head = 0;
    for (int life = 0; life < 6; ++life) {
        std::optional<Station> station;
        station.emplace(newsroom, clock, place);
        Follower follower{to(station->live(), station->replay(), saved), clock};
        for (int i = 0; i < 4; ++i) {
            newsroom.report(3);
            head += 3;
            station->relay().wake();
            follower.read_to(head);
            if (i == life % 4) {
                saved = follower.cursor();  // and dies before it saves again
            }
        }
        uuids.insert(uuids.end(), follower.uuids.begin(), follower.uuids.end());
    }
    const std::vector<Uuid> stored = uuids_of(newsroom);
    CHECK(uuids.size() > stored.size());
    CHECK(std::set<Uuid>(uuids.begin(), uuids.end()) ==
          std::set<Uuid>(stored.begin(), stored.end()));
}

TEST_CASE("G5: a gap is noticed at the next message or heartbeat and repaired within 2 s") {
    Newsroom newsroom;
    const std::string rule = GENERATE("", "talks");
    const bool by_heartbeat = GENERATE(false, true);
    CAPTURE(rule, by_heartbeat);
    newsroom.report({"talks"});
    Leaky daemon{newsroom};
    SubscriberOptions options =
        to(daemon.publisher->live_endpoint(), daemon.publisher->replay_endpoint());
    if (!rule.empty()) {
        options.rules = {rule};
    }
    Follower follower{options, daemon.clock};
    follower.read_to(1, [&] { daemon.serve(1); });
    newsroom.report({"talks", "talks"});
    const Ticks start = daemon.clock.ticks();
    if (!by_heartbeat) {
        daemon.publish(3);  // 2 went missing
    }
    follower.read_to(3, [&] { daemon.serve(3); });
    CHECK(daemon.clock.ticks() - start < 2s);
    CHECK(follower.seqs == numbers(1, 3));
}

TEST_CASE("G6: who stalls delays nobody, costs no more than its budget, and catches up by replay") {
    Newsroom newsroom;
    newsroom.summary.assign(30'000, 's');
    constexpr std::uint64_t kMany = 2'000;  // 60 MB in all
    for (std::uint64_t i = 0; i < kMany; i += 100) {
        newsroom.report(100);
    }
    ZmqOptions options = Station::any_port();
    options.send_budget_bytes = 4u << 20;
    const SystemClock clock;
    auto publisher = good(ZmqPublisher::open(options, newsroom.log(), clock));
    const auto log = newsroom.log();
    std::vector<std::unique_ptr<Peer>> stalled;
    for (int i = 0; i < 4; ++i) {
        stalled.push_back(std::make_unique<Peer>(ZMQ_SUB, publisher->live_endpoint(), 1));
    }
    Peer quick{ZMQ_SUB, publisher->live_endpoint(), 100'000};
    for (Peer* peer :
         {stalled[0].get(), stalled[1].get(), stalled[2].get(), stalled[3].get(), &quick}) {
        good(peer->socket().subscribe(kAlerts));
        good(peer->socket().subscribe(kWelcome));
        auto serve = [&] { good(publisher->serve(-1, clock.ticks(), 0)); };
        REQUIRE(peer->receive_within(kPatience, serve));
    }
    const std::size_t before = resident_bytes();
    std::uint64_t next = 1;
    for (std::uint64_t cursor = 0; cursor < kMany;) {
        const auto page = good(log.after(cursor, 100));
        for (const Message& message : page.messages) {
            good(publisher->publish(message));
            auto frames = quick.receive();
            while (frames[0] != "alert/talks/") {
                frames = quick.receive();
            }
            REQUIRE(frames[1] == encode_u64(next++));  // at once, and none was dropped
        }
        cursor = page.cursor;
    }
    const std::size_t grown = resident_bytes() - std::min(before, resident_bytes());
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    WARN("a sanitizer keeps what is freed: it grew " << grown << " bytes, which says nothing");
#else
    CHECK(grown < 4 * options.send_budget_bytes + (16u << 20));
#endif

    Follower late{to(publisher->live_endpoint(), publisher->replay_endpoint()), clock};
    late.read_to(kMany, [&] { good(publisher->serve(-1, clock.ticks(), kMany)); });
    CHECK(late.seqs == numbers(1, kMany));
}

TEST_CASE("G7: history that no longer reaches back is told, and never skipped silently") {
    Newsroom newsroom;
    newsroom.report(10);
    newsroom.forget(6);
    const SystemClock clock;
    Station station{newsroom, clock};
    Follower follower{to(station.live(), station.replay(), Cursor{"", 2}), clock};
    follower.read_to(10);
    CHECK(follower.seqs == numbers(7, 10));
    CHECK(std::count(follower.notices.begin(), follower.notices.end(), Notice::Kind::gone) == 1);
}

}  // namespace wirewatch::publishers
