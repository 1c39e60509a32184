// SPDX-License-Identifier: MIT
#include "publishers/subscriber.hpp"

#include "newsroom.hpp"

#include <numeric>
#include <thread>

#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

using Kind = Notice::Kind;

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
        while (!heard(kind)) {
            REQUIRE(clock_.ticks() < deadline);
            read_one();
        }
    }

    void read_one() {
        auto received = good(subscriber_.next(clock_.ticks() + 100ms));
        if (received && received->alert) {
            CHECK(received->alert->seq == subscriber_.cursor().seq);
            seqs.push_back(received->alert->seq);
        }
        if (received && received->notice) {
            notices.push_back(std::move(*received->notice));
        }
    }

    [[nodiscard]] bool heard(Kind kind) const {
        return std::any_of(notices.begin(), notices.end(),
                           [&](const Notice& notice) { return notice.kind == kind; });
    }

    Subscriber& subscriber() { return subscriber_; }

    std::vector<std::uint64_t> seqs;
    std::vector<Notice> notices;

  private:
    const Clock& clock_;
    Subscriber subscriber_;
};

std::vector<std::uint64_t> numbers(std::uint64_t first, std::uint64_t last) {
    std::vector<std::uint64_t> all(last - first + 1);
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
    auto station = std::make_unique<Station>(newsroom, clock);
    const ZmqOptions place = station->same_place();
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

}  // namespace wirewatch::publishers
