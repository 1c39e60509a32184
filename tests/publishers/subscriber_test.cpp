// SPDX-License-Identifier: MIT
#include "publishers/subscriber.hpp"

#include "newsroom.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>

#include <unistd.h>
#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

using Kind = Notice::Kind;

/// The system's clock, which a test may put forward: time flows, but nobody waits for it.
class LeapingClock final : public Clock {
  public:
    void leap(std::chrono::milliseconds by) { ahead_ += by.count(); }
    [[nodiscard]] Instant now() const override { return real_.now() + ahead(); }
    [[nodiscard]] Ticks ticks() const override { return real_.ticks() + ahead(); }

  private:
    [[nodiscard]] std::chrono::milliseconds ahead() const {
        return std::chrono::milliseconds{ahead_.load()};
    }

    SystemClock real_;
    std::atomic<std::chrono::milliseconds::rep> ahead_{0};
};

/// Collects what a subscriber hands out.
class Listener {
  public:
    Listener(SubscriberOptions options, const Clock& clock)
        : clock_{clock}, subscriber_{good(Subscriber::open(std::move(options), clock))} {}

    /// Reads on until the subscriber has everything up to `seq`; fails the test if it never does.
    void read_to(std::uint64_t seq) {
        const Ticks deadline = clock_.ticks() + kPatience;
        while (subscriber_.cursor().seq < seq) {
            REQUIRE(clock_.ticks() < deadline);
            read_one();
        }
    }

    void read_to_notice(Kind kind) {
        const Ticks deadline = clock_.ticks() + kPatience;
        while (heard(kind) == 0) {
            REQUIRE(clock_.ticks() < deadline);
            read_one();
        }
    }

    void read_one() {
        auto received = good(subscriber_.next(clock_.ticks() + 20ms));
        if (received && received->message) {
            CHECK(received->message->seq == subscriber_.cursor().seq);
            seqs.push_back(received->message->seq);
        }
        if (received && received->notice) {
            notices.push_back(std::move(*received->notice));
        }
    }

    [[nodiscard]] std::ptrdiff_t heard(Kind kind) const {
        return std::count_if(notices.begin(), notices.end(),
                             [&](const Notice& notice) { return notice.kind == kind; });
    }

    Subscriber& subscriber() { return subscriber_; }

    std::vector<std::uint64_t> seqs;
    std::vector<Notice> notices;

  private:
    const Clock& clock_;
    Subscriber subscriber_;
};

using Seqs = std::vector<std::uint64_t>;

Seqs numbers(std::uint64_t first, std::uint64_t last) {
    Seqs all(last - first + 1);
    std::iota(all.begin(), all.end(), first);
    return all;
}

SubscriberOptions to(const Station& station, std::optional<Cursor> from = Cursor{}) {
    SubscriberOptions options;
    options.live = station.live();
    options.replay = station.replay();
    options.from = std::move(from);
    options.replay_timeout = 200ms;
    return options;
}

}  // namespace

TEST_CASE("a subscriber from the beginning gets what was and what comes, in order") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(1'234);
    Station station{newsroom, clock};
    Listener listener{to(station), clock};
    listener.read_to(1'234);
    newsroom.report(3);
    station.relay().wake();
    listener.read_to(1'237);
    CHECK(listener.seqs == numbers(1, 1'237));
    CHECK(listener.subscriber().caught_up());
}

TEST_CASE("a number past the head is no place to begin") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(5);
    Station station{newsroom, clock};
    auto subscriber = good(Subscriber::open(to(station, Cursor{{}, 99'999}), clock));
    const Ticks deadline = clock.ticks() + kPatience;
    auto received = subscriber.next(deadline);
    REQUIRE_FALSE(received);
    CHECK(received.error().code == Errc::invalid);
    CHECK_THAT(received.error().text, Catch::Contains("99999") && Catch::Contains("come to 5"));
    CHECK(subscriber.cursor().epoch.empty());
}

TEST_CASE("the head itself is a place to begin") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(5);
    Station station{newsroom, clock};
    Listener listener{to(station, Cursor{{}, 5}), clock};
    listener.read_to_notice(Kind::connected);
    newsroom.report(1);
    station.relay().wake();
    listener.read_to(6);
    CHECK(listener.seqs == numbers(6, 6));
}

TEST_CASE("a subscriber without a cursor begins at the head") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(5);
    Station station{newsroom, clock};
    Listener listener{to(station, std::nullopt), clock};
    listener.read_to_notice(Kind::connected);
    CHECK(listener.subscriber().cursor().seq == 5);
    CHECK(listener.subscriber().caught_up());
    newsroom.report(2);
    station.relay().wake();
    listener.read_to(7);
    CHECK(listener.seqs == numbers(6, 7));
}

TEST_CASE("a subscriber loses and repeats nothing over restarts of the daemon") {
    const SystemClock clock;
    Newsroom newsroom;
    const ZmqOptions place = Station::place_of_its_own(newsroom);
    auto station = std::make_unique<Station>(newsroom, clock, place);
    Listener listener{to(*station), clock};
    std::uint64_t head = 0;
    for (int restart = 0; restart < 5; ++restart) {
        newsroom.report(7);
        station->relay().wake();
        listener.read_to(head += 7);
        newsroom.report(3);  // perhaps seen, perhaps not, when the daemon ends
        station.reset();
        newsroom.report(4);  // while it is away
        head += 7;
        station = std::make_unique<Station>(newsroom, clock, place);
    }
    listener.read_to(head);
    CHECK(listener.seqs == numbers(1, head));
}

TEST_CASE("a subscriber that goes on from a saved cursor gets the rest and nothing else") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(30);
    Station station{newsroom, clock};
    Cursor saved;
    {
        Listener first{to(station), clock};
        first.read_to(11);
        saved = first.subscriber().cursor();
        CHECK(saved.seq == 11);
        CHECK(saved.epoch == newsroom.log().epoch());
    }
    Listener second{to(station, saved), clock};
    second.read_to(30);
    CHECK(second.seqs == numbers(12, 30));
    CHECK(second.heard(Kind::new_epoch) == 0);
}

TEST_CASE(
    "a subscriber to some rules gets those alone, replayed and live, and its cursor moves on") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report({"talks", "energy", "talks", "sport"});
    Station station{newsroom, clock};
    const auto [rules, expected] = GENERATE(table<std::vector<std::string>, Seqs>(
        {{{"talks"}, {1, 3, 5, 8, 10}},
         {{"sport", "talks", "talks"}, {1, 3, 4, 5, 6, 8, 10}},
         {{"energy"}, {2, 7, 9}},
         {{"nobody"}, {}}}));
    CAPTURE(rules);
    SubscriberOptions options = to(station);
    options.rules = rules;
    Listener listener{options, clock};
    listener.read_to(4);
    for (const char* rule : {"talks", "sport", "energy", "talks", "energy", "talks"}) {
        newsroom.report(std::vector<std::string>{rule});
        station.relay().wake();
    }
    listener.read_to(10);
    CHECK(listener.seqs == expected);
}

TEST_CASE("a live message that went missing is noticed at the next and replayed in its place") {
    const SystemClock clock;
    Newsroom newsroom;
    auto publisher = good(ZmqPublisher::open(Station::any_port(), newsroom.log(), clock));
    std::uint64_t head = 0;
    const auto serve = [&] { good(publisher->serve(-1, clock.ticks(), head)); };
    SubscriberOptions options;
    options.live = publisher->live_endpoint();
    options.replay = publisher->replay_endpoint();
    options.rules = GENERATE(values<std::vector<std::string>>({{}, {"talks"}, {"talks", "sport"}}));
    CAPTURE(options.rules);
    Listener listener{options, clock};
    while (listener.heard(Kind::connected) == 0) {
        serve();
        listener.read_one();
    }
    newsroom.report(9);
    for (const Message& message : good(newsroom.log().after(0, 9)).messages) {
        head = message.seq;
        if (head != 2 && head != 5 && head != 6 && head != 9) {
            good(publisher->publish(message));  // the others are as good as dropped on the way
        }
    }
    while (listener.subscriber().cursor().seq < 9 || !listener.subscriber().caught_up()) {
        serve();
        listener.read_one();
    }
    CHECK(listener.seqs == numbers(1, 9));
}

TEST_CASE("where history is no longer kept, the subscriber says so and goes on from the oldest") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(20);
    newsroom.forget(15);
    Station station{newsroom, clock};
    Listener listener{to(station), clock};
    listener.read_to(20);
    CHECK(listener.seqs == numbers(16, 20));
    REQUIRE(listener.heard(Kind::gone) == 1);
    CHECK_THAT(listener.notices.back().text, Catch::Contains("alerts 1 to 15 "));
}

TEST_CASE("another database behind the same address is told, and read from its beginning") {
    const SystemClock clock;
    Newsroom former;
    former.report(8);
    const ZmqOptions place = Station::place_of_its_own(former);
    auto station = std::make_unique<Station>(former, clock, place);
    Listener listener{to(*station), clock};
    listener.read_to(8);
    station.reset();

    // The first three are the same articles and rules: their uuids say so, and they come no more.
    Newsroom restored;
    restored.report(3);
    restored.report(2, "energy");
    const Station other{restored, clock, place};
    listener.read_to_notice(Kind::new_epoch);
    listener.read_to(5);
    Seqs expected = numbers(1, 8);
    expected.insert(expected.end(), {4, 5});
    CHECK(listener.seqs == expected);
    CHECK(listener.subscriber().cursor().epoch == restored.log().epoch());
}

TEST_CASE("a cursor of another database begins that database anew") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(4);
    Station station{newsroom, clock};
    Listener listener{to(station, Cursor{"ffffffffffffffff", 1'000}), clock};
    listener.read_to_notice(Kind::new_epoch);
    listener.read_to(4);
    CHECK(listener.seqs == numbers(1, 4));
}

TEST_CASE("a daemon that is not there is told once, and found when it comes") {
    LeapingClock clock;
    Newsroom newsroom;
    newsroom.report(2);
    const ZmqOptions place = Station::place_of_its_own(newsroom);
    SubscriberOptions options;
    options.live = place.live;
    options.replay = place.replay;
    options.from = Cursor{};
    Listener listener{options, clock};
    clock.leap(5'900ms);
    listener.read_one();
    CHECK(listener.heard(Kind::lost) == 0);
    for (int i = 0; i < 5; ++i) {
        clock.leap(10s);
        listener.read_one();
    }
    CHECK(listener.heard(Kind::lost) == 1);
    CHECK_FALSE(listener.subscriber().caught_up());

    const Station station{newsroom, clock, place};
    listener.read_to(2);
    listener.read_to_notice(Kind::connected);
    CHECK(listener.seqs == numbers(1, 2));
}

TEST_CASE("three heartbeats missed are told once; then the subscriber is back as if nothing was") {
    LeapingClock clock;
    Newsroom newsroom;
    const ZmqOptions place = Station::place_of_its_own(newsroom);
    auto station = std::make_unique<Station>(newsroom, clock, place);
    Listener listener{to(*station), clock};
    newsroom.report(1);
    station->relay().wake();
    listener.read_to(1);
    station.reset();
    clock.leap(3'600ms);
    listener.read_to_notice(Kind::lost);
    clock.leap(10s);
    listener.read_one();
    CHECK(listener.heard(Kind::lost) == 1);
    newsroom.report(1);
    station = std::make_unique<Station>(newsroom, clock, place);
    listener.read_to(2);
    CHECK(listener.seqs == numbers(1, 2));
    while (listener.heard(Kind::connected) < 2) {
        listener.read_one();
    }
}

TEST_CASE("a live way that is broken does not keep alerts back: replay brings them") {
    LeapingClock clock;
    Newsroom newsroom;
    Station station{newsroom, clock};
    SubscriberOptions options = to(station);
    options.live = "ipc://" + (newsroom.directory() / "nobody").string();
    options.replay_timeout = 50ms;
    Listener listener{options, clock};
    for (std::uint64_t seq = 1; seq <= 3; ++seq) {
        newsroom.report(1);
        clock.leap(10s);
        listener.read_to(seq);
    }
    CHECK(listener.seqs == numbers(1, 3));
    CHECK(listener.heard(Kind::lost) == 1);
}

TEST_CASE("feed events come in their place where they are wanted, and leave no gap where not") {
    Newsroom newsroom;
    const SystemClock clock;
    Station station{newsroom, clock};
    const bool wanted = GENERATE(true, false);
    const std::vector<std::string> rules =
        GENERATE(values<std::vector<std::string>>({{}, {"talks"}, {"talks", "energy"}}));
    SubscriberOptions options = to(station);
    options.rules = rules;
    options.feed_events = wanted ? FeedEvents::tell : FeedEvents::leave;
    Listener reader{options, clock};
    newsroom.report({"talks"});
    newsroom.report_feed(Error{Errc::network, "no route"});
    newsroom.report({"talks"});  // 3: the feed is well again; 4: the alert
    station.relay().wake();
    reader.read_to(4);
    newsroom.report({"talks"});
    station.relay().wake();
    reader.read_to(5);
    CHECK(reader.seqs == (wanted ? Seqs{1, 2, 3, 4, 5} : Seqs{1, 4, 5}));
}

TEST_CASE("what is not a subscription is refused at once") {
    const SystemClock clock;
    SubscriberOptions options;
    options.rules = {"talks", "Talks!"};
    CHECK(Subscriber::open(options, clock).error().code == Errc::invalid);
    options.rules.clear();
    options.live = "the daemon, please";
    CHECK(Subscriber::open(options, clock).error().code == Errc::invalid);
}

TEST_CASE("a subscriber that waits returns when its wake_fd can be read") {
    const SystemClock clock;
    Newsroom newsroom;
    Station station{newsroom, clock};
    Listener listener{to(station), clock};
    listener.read_to_notice(Kind::connected);
    int pipe_ends[2] = {};
    REQUIRE(pipe(pipe_ends) == 0);
    REQUIRE(write(pipe_ends[1], "x", 1) == 1);
    const auto received = listener.subscriber().next(clock.ticks() + 1h, pipe_ends[0]);
    REQUIRE(received);
    CHECK_FALSE(*received);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

}  // namespace wirewatch::publishers
