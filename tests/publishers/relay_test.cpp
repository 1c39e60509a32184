// SPDX-License-Identifier: MIT
#include "publishers/relay.hpp"

#include "newsroom.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include <poll.h>
#include <catch2/catch.hpp>

namespace wirewatch::publishers {

namespace {

/// What the relay did, seen from the test's thread.
class Record {
  public:
    void add(std::uint64_t seq) {
        change([&] { seqs_.push_back(seq); });
    }
    void trouble(const Error* error) {
        change([&] { troubles_.push_back(error == nullptr ? "good" : error->text); });
    }
    void fail(bool on) {
        change([&] { failing_ = on; });
    }
    bool failing() {
        const std::lock_guard lock{mutex_};
        return failing_;
    }
    std::vector<std::uint64_t> seqs() {
        const std::lock_guard lock{mutex_};
        return seqs_;
    }
    std::vector<std::string> troubles() {
        const std::lock_guard lock{mutex_};
        return troubles_;
    }

    void wait_for_alerts(std::size_t count) {
        wait([&] { return seqs_.size() >= count; });
    }
    void wait_for_troubles(std::size_t count) {
        wait([&] { return troubles_.size() >= count; });
    }

  private:
    void change(const std::function<void()>& what) {
        const std::lock_guard lock{mutex_};
        what();
        changed_.notify_all();
    }
    void wait(const std::function<bool()>& until) {
        std::unique_lock lock{mutex_};
        REQUIRE(changed_.wait_for(lock, kPatience, until));
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::uint64_t> seqs_;
    std::vector<std::string> troubles_;
    bool failing_ = false;
};

class RecordingPublisher final : public Publisher {
  public:
    RecordingPublisher(Record& record, const Clock& clock) : record_{record}, clock_{clock} {}

    [[nodiscard]] std::string_view name() const override { return "recording"; }

    [[nodiscard]] Result<> publish(const Message& message) override {
        if (record_.failing()) {
            return fail(Errc::io, "no paper");
        }
        record_.add(message.seq);
        return {};
    }

    [[nodiscard]] Result<> serve(int wake_fd, Ticks until, std::uint64_t) override {
        pollfd item{.fd = wake_fd, .events = POLLIN, .revents = 0};
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock_.ticks());
        ::poll(&item, 1,
               static_cast<int>(std::max<std::chrono::milliseconds::rep>(left.count(), 0)));
        return {};
    }

  private:
    Record& record_;
    const Clock& clock_;
};

std::unique_ptr<Relay> relay_for(const Newsroom& newsroom, Record& record, const Clock& clock) {
    return std::make_unique<Relay>(std::make_unique<RecordingPublisher>(record, clock),
                                   newsroom.log(), clock, RelayOptions{.turn = 1h},
                                   [&](const Error* error) { record.trouble(error); });
}

using Seqs = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("a relay publishes what is committed after its start, as soon as it is woken") {
    const SystemClock clock;
    Newsroom newsroom;
    newsroom.report(3);
    Record record;
    const auto relay = relay_for(newsroom, record, clock);
    CHECK(relay->cursor() == 3);
    newsroom.report(2);
    relay->wake();
    record.wait_for_alerts(2);
    newsroom.report(1);
    relay->wake();
    record.wait_for_alerts(3);
    CHECK(record.seqs() == Seqs{4, 5, 6});
}

TEST_CASE("more than a batch goes out without another call") {
    const SystemClock clock;
    Newsroom newsroom;
    Record record;
    const auto relay = relay_for(newsroom, record, clock);
    newsroom.report(1'700);
    relay->wake();
    record.wait_for_alerts(1'700);
    CHECK(record.seqs().back() == 1'700);
}

TEST_CASE("what is in the outbox at the end is still sent") {
    const SystemClock clock;
    Newsroom newsroom;
    Record record;
    auto relay = relay_for(newsroom, record, clock);
    newsroom.report(700);
    relay.reset();
    CHECK(record.seqs().size() == 700);
}

TEST_CASE("trouble is told once, the cursor stays, and nothing is skipped when it is over") {
    const SystemClock clock;
    Newsroom newsroom;
    Record record;
    const auto relay = relay_for(newsroom, record, clock);
    record.fail(true);
    newsroom.report(2);
    relay->wake();
    record.wait_for_troubles(1);
    const std::uint64_t turns = relay->pulse();
    for (int i = 0; i < 20; ++i) {
        relay->wake();
    }
    CHECK(relay->cursor() == 0);
    record.fail(false);
    record.wait_for_alerts(2);
    record.wait_for_troubles(2);
    const Ticks enough = clock.ticks() + kPatience;
    while (relay->pulse() <= turns && clock.ticks() < enough) {
        std::this_thread::yield();  // the turn that told of it is about to end
    }
    CHECK(relay->pulse() > turns);
    CHECK(record.seqs() == Seqs{1, 2});
    CHECK(record.troubles() == std::vector<std::string>{"no paper", "good"});
}

TEST_CASE("a relay that ends in trouble ends all the same") {
    const SystemClock clock;
    Newsroom newsroom;
    Record record;
    auto relay = relay_for(newsroom, record, clock);
    record.fail(true);
    newsroom.report(2);
    relay->wake();
    record.wait_for_troubles(1);
    relay.reset();
    CHECK(record.seqs().empty());
}

TEST_CASE("a relay behind whose back history was shortened goes on with what is left") {
    const SystemClock clock;
    Newsroom newsroom;
    Record record;
    const auto relay = relay_for(newsroom, record, clock);
    record.fail(true);
    newsroom.report(5);
    relay->wake();
    record.wait_for_troubles(1);
    newsroom.forget(3);
    record.fail(false);
    record.wait_for_alerts(2);
    CHECK(record.seqs() == Seqs{4, 5});
}

}  // namespace wirewatch::publishers
