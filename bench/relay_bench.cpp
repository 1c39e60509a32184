// SPDX-License-Identifier: MIT
// How fast alerts go from the outbox to subscribers, beside bare ZeroMQ that sends the same frames
// from memory; how fast a long history is replayed. docs/reliability.md.
//
//   relay_bench [live ALERTS SUBSCRIBERS | parts ALERTS | replay ALERTS]   none: all of it
#include "history/alert_log.hpp"
#include "history/writer.hpp"
#include "publishers/relay.hpp"
#include "publishers/replay_client.hpp"
#include "publishers/wire.hpp"
#include "publishers/zmq_publisher.hpp"
#include "publishers/zmq_socket.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <unistd.h>
#include <zmq.h>

using namespace wirewatch;
using namespace wirewatch::publishers;
using namespace std::chrono_literals;

namespace {

template <class T>
T good(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "relay_bench: %s\n", result.error().text.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Some 1.4 KB as a body: a title, two sentences of summary, four matches.
history::MatchedArticle article(std::size_t number) {
    history::MatchedArticle matched;
    Article& article = matched.article;
    article.key = to_hex(sha256("article " + std::to_string(number))).substr(0, 32);
    article.feed_id = "wire";
    article.id = "tag:example.org,2021:" + std::to_string(number);
    article.url = "https://example.org/world/2021/apr/07/" + std::to_string(number);
    article.title = "Lavrov in Islamabad: \"gas pipeline\" agreed, talks on Afghanistan go on";
    article.summary =
        "Russia and Pakistan signed an agreement on a gas pipeline from Karachi to Lahore, the "
        "ministers said on Wednesday – the first visit of a Russian foreign minister in nine "
        "years. Talks about Afghanistan go on.";
    article.content = article.summary + article.summary + article.summary;
    article.authors = {"A. Writer"};
    article.categories = {"World", "South Asia"};
    article.language = "en";
    article.published = Instant{std::chrono::hours{450'000}};
    history::RuleHit found;
    found.rule = Rule{};
    found.rule.id = "pakistan-russia-energy";
    found.rule.title = "Pakistan and Russia: energy";
    found.rule.tags = {"energy", "south-asia"};
    found.rule.query = "pakistan AND russia NEAR energy";
    found.rule.dedupe = Dedupe::article;  // the articles are all alike
    found.hit.rule_id = found.rule.id;
    found.hit.spans = {{Field::title, 0, 0, 6, "Lavrov", "lavrov"},
                       {Field::title, 0, 21, 33, "gas pipeline", "\"gas pipeline\""},
                       {Field::summary, 0, 0, 6, "Russia", "russia"},
                       {Field::summary, 0, 11, 19, "Pakistan", "pakistan"}};
    matched.hits.push_back(std::move(found));
    return matched;
}

class Database {
  public:
    explicit Database(std::size_t alerts) {
        directory_ = std::filesystem::temp_directory_path() /
                     ("wirewatch-relay-bench-" + std::to_string(::getpid()));
        std::filesystem::create_directories(directory_);
        auto writer = good(history::Writer::open(file(), {}));
        for (std::size_t i = 0; i < alerts;) {
            history::Turn turn;
            turn.state.feed_id = "wire";
            turn.state.url = "https://example.org/wire.xml";
            turn.state.title = "The Wire";
            for (std::size_t j = 0; j < 1'000 && i < alerts; ++j, ++i) {
                turn.articles.push_back(article(i));
            }
            good(writer.commit({turn}, SystemClock{}.now()));
        }
    }
    ~Database() { std::filesystem::remove_all(directory_); }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] std::filesystem::path file() const { return directory_ / "wirewatch.db"; }
    [[nodiscard]] history::AlertLog log() const { return good(history::AlertLog::open(file())); }

  private:
    std::filesystem::path directory_;
};

/// Reads with so many SUB sockets on one thread, and counts.
class Readers {
  public:
    Readers(const std::string& address, std::size_t count, std::size_t wanted)
        : thread_{[this, address, count, wanted] { run(address, count, wanted); }} {}

    void wait_until_subscribed(std::size_t count) const {
        while (subscribed_ < count) {
            std::this_thread::yield();
        }
    }
    void wait_for_all() { thread_.join(); }
    [[nodiscard]] std::size_t subscribed() const { return subscribed_; }

  private:
    void run(const std::string& address, std::size_t count, std::size_t wanted) {
        const auto context = good(ZmqContext::open());
        std::vector<ZmqSocket> sockets;
        std::vector<const ZmqSocket*> all;
        sockets.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            sockets.push_back(good(ZmqSocket::open(context, ZMQ_SUB, 0ms)));
            good(sockets.back().set(ZMQ_RCVHWM, 0));
            good(sockets.back().subscribe("alert/"));
            good(sockets.back().subscribe(kWelcome));
            good(sockets.back().connect(address));
            all.push_back(&sockets.back());
        }
        std::vector<std::size_t> seen(count, 0);
        std::vector<bool> welcomed(count, false);
        std::size_t ready = 0;
        while (ready < count) {
            good(wait_readable(all, -1, 1000ms));
            for (std::size_t i = 0; i < count; ++i) {
                while (const int frames = take(sockets[i])) {
                    if (frames == kAlert && ++seen[i] == wanted) {
                        ++ready;
                    } else if (frames == kOther && !welcomed[i]) {
                        welcomed[i] = true;
                        ++subscribed_;
                    }
                }
            }
        }
    }

    static constexpr int kAlert = 1;
    static constexpr int kOther = 2;

    /// One message, if there is one: what it was.
    static int take(const ZmqSocket& socket) {
        zmq_msg_t frame;
        zmq_msg_init(&frame);
        int kind = 0;
        bool more = zmq_msg_recv(&frame, socket.handle(), ZMQ_DONTWAIT) != -1;
        if (more) {
            const bool alert = zmq_msg_size(&frame) > 5 &&
                               static_cast<const char*>(zmq_msg_data(&frame))[0] == 'a';
            kind = alert ? kAlert : kOther;
            while (zmq_msg_more(&frame) != 0) {
                zmq_msg_recv(&frame, socket.handle(), ZMQ_DONTWAIT);
            }
        }
        zmq_msg_close(&frame);
        return kind;
    }

    std::atomic<std::size_t> subscribed_{0};
    std::thread thread_;
};

ZmqOptions options_without_drops() {
    ZmqOptions options;
    options.live = "tcp://127.0.0.1:*";
    options.replay = "tcp://127.0.0.1:*";
    options.send_hwm = 1'000'000;
    options.send_budget_bytes = std::size_t{1} << 40;
    return options;
}

/// Alerts a second out of the outbox.
double from_outbox(const Database& database, std::size_t alerts, std::size_t subscribers) {
    const SystemClock clock;
    auto publisher = good(ZmqPublisher::open(options_without_drops(), database.log(), clock));
    auto log = database.log();
    Readers readers{publisher->live_endpoint(), subscribers, alerts};
    while (readers.subscribed() < subscribers) {
        good(publisher->serve(-1, clock.ticks() + 10ms, 0));
    }
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t cursor = 0; cursor < alerts;) {
        const auto page = good(log.after(cursor, 500));
        for (const Message& message : page.messages) {
            good(publisher->publish(message));
        }
        cursor = page.cursor;
    }
    readers.wait_for_all();
    return static_cast<double>(alerts) / seconds_since(start);
}

std::vector<Frames> frames_of(const Database& database, std::size_t alerts) {
    std::vector<Frames> messages;
    messages.reserve(alerts);
    const auto log = database.log();
    for (std::uint64_t cursor = 0; cursor < alerts;) {
        const auto page = good(log.after(cursor, 500));
        for (const Message& message : page.messages) {
            messages.push_back(encode(message));
        }
        cursor = page.cursor;
    }
    return messages;
}

/// The same frames from memory.
double bare(const std::vector<Frames>& messages, std::size_t subscribers) {
    const std::size_t alerts = messages.size();
    const auto context = good(ZmqContext::open());
    auto socket = good(ZmqSocket::open(context, ZMQ_XPUB, 0ms));
    good(socket.set(ZMQ_SNDHWM, 1'000'000));
    good(socket.set(ZMQ_XPUB_VERBOSE, 1));
    good(socket.bind("tcp://127.0.0.1:*"));
    Readers readers{good(socket.endpoint()), subscribers, alerts};
    while (readers.subscribed() < subscribers) {
        while (good(socket.receive())) {
        }
        good(socket.send(welcome(0, 1, "00ff00ff12345678")));
        good(wait_readable({&socket}, -1, 10ms));
    }
    const auto start = std::chrono::steady_clock::now();
    for (const Frames& frames : messages) {
        good(socket.send(frames));
    }
    readers.wait_for_all();
    return static_cast<double>(alerts) / seconds_since(start);
}

/// A rate, and the CPU time of the whole process, subscribers too, for one alert.
struct Speed {
    double a_second = 0;
    double cpu_us = 1e9;
};

template <class Send>
void measure(Speed& best, std::size_t alerts, Send send) {
    const std::clock_t before = std::clock();
    best.a_second = std::max(best.a_second, send());
    const double cpu = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    best.cpu_us = std::min(best.cpu_us, cpu * 1e6 / static_cast<double>(alerts));
}

/// The best of five rounds each, in turn: on a machine that is shared the least disturbed ones.
void live(std::size_t alerts, std::size_t subscribers) {
    const Database database{alerts};
    Speed ours;
    Speed floor;
    for (int round = 0; round < 5; ++round) {
        std::vector<Frames> messages = frames_of(database, alerts);
        measure(floor, alerts, [&] { return bare(messages, subscribers); });
        messages.clear();
        measure(ours, alerts, [&] { return from_outbox(database, alerts, subscribers); });
    }
    std::printf(
        "live: %zu alerts to %zu subscribers: out of the outbox %.0f/s, %.1f us CPU each; bare "
        "%.0f/s, %.1f us; ratio %.2f, in CPU %.2f\n",
        alerts, subscribers, ours.a_second, ours.cpu_us, floor.a_second, floor.cpu_us,
        ours.a_second / floor.a_second, floor.cpu_us / ours.cpu_us);
}

/// What an alert costs on its way out, in CPU time of this thread: reading it, making its frames.
void parts(std::size_t alerts) {
    const Database database{alerts};
    const auto log = database.log();
    double read_us = 1e9;
    double encode_us = 1e9;
    std::size_t bytes = 0;
    for (int round = 0; round < 5; ++round) {
        std::clock_t reading = 0;
        std::clock_t encoding = 0;
        for (std::uint64_t cursor = 0; cursor < alerts;) {
            const std::clock_t start = std::clock();
            const auto page = good(log.after(cursor, 500));
            const std::clock_t middle = std::clock();
            for (const Message& message : page.messages) {
                bytes += encode(message)[4].size();
            }
            cursor = page.cursor;
            reading += middle - start;
            encoding += std::clock() - middle;
        }
        const auto each = [&](std::clock_t spent) {
            return static_cast<double>(spent) / CLOCKS_PER_SEC * 1e6 / static_cast<double>(alerts);
        };
        read_us = std::min(read_us, each(reading));
        encode_us = std::min(encode_us, each(encoding));
    }
    std::printf("parts: reading %.1f us, frames %.1f us an alert (%zu bytes each)\n", read_us,
                encode_us, bytes / 5 / alerts);
}

/// One subscriber reads the whole history page by page, while another gets 100 alerts a second
/// live: how late those are.
void replay(std::size_t alerts) {
    const Database database{alerts};
    const SystemClock clock;
    auto writer = good(history::Writer::open(database.file(), {}));
    auto publisher = good(ZmqPublisher::open(options_without_drops(), database.log(), clock));
    const std::string live_address = publisher->live_endpoint();
    const std::string replay_address = publisher->replay_endpoint();
    Relay relay{std::move(publisher), database.log(), clock, RelayOptions{}, [](const Error*) {}};

    std::atomic<bool> done{false};
    std::vector<double> late_ms;
    std::thread listener{[&] {
        const auto context = good(ZmqContext::open());
        auto socket = good(ZmqSocket::open(context, ZMQ_SUB, 0ms));
        good(socket.subscribe("alert/"));
        good(socket.connect(live_address));
        while (!done) {
            good(wait_readable({&socket}, -1, 50ms));
            while (auto frames = good(socket.receive())) {
                const auto now = SystemClock{}.now();
                const auto message = good(decode(*frames));
                const auto at = message.body.find("guid-ms-");  // in the title of the article
                const auto sent = std::strtoll(message.body.c_str() + at + 8, nullptr, 10);
                late_ms.push_back(static_cast<double>(now.time_since_epoch().count() - sent));
            }
        }
    }};
    std::thread reporter{[&] {
        std::size_t number = alerts;
        while (!done) {
            auto matched = article(++number);
            const auto now = SystemClock{}.now();
            matched.article.title = "guid-ms-" + std::to_string(now.time_since_epoch().count());
            history::Turn turn;
            turn.state.feed_id = "wire";
            turn.state.url = "https://example.org/wire.xml";
            turn.articles.push_back(std::move(matched));
            good(writer.commit({turn}, now));
            relay.wake();
            std::this_thread::sleep_for(10ms);
        }
    }};

    const auto context = good(ZmqContext::open());
    auto client = good(ReplayClient::open(context, {.address = replay_address}, ""));
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t cursor = 0;
    std::size_t got = 0;
    while (cursor < alerts) {
        good(client.ask(context, cursor, clock.ticks()));
        while (client.waiting()) {
            auto answer = good(client.receive(clock.ticks()));
            if (!answer) {
                good(wait_readable({&client.socket()}, -1, 1000ms));
                continue;
            }
            if (std::holds_alternative<Message>(*answer)) {
                ++got;
            } else if (const auto* end = std::get_if<PageEnd>(&*answer)) {
                cursor = end->cursor;
            }
        }
    }
    const double took = seconds_since(start);
    done = true;
    reporter.join();
    listener.join();
    std::sort(late_ms.begin(), late_ms.end());
    const auto at = [&](double part) {
        return late_ms.empty() ? -1.0
                               : late_ms[static_cast<std::size_t>(
                                     part * static_cast<double>(late_ms.size() - 1))];
    };
    std::printf(
        "replay: %zu alerts in %.1f s, %.0f/s; meanwhile %zu live ones, commit to receive "
        "p50 %.0f ms, p99 %.0f ms\n",
        got, took, static_cast<double>(got) / took, late_ms.size(), at(0.5), at(0.99));
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "all";
    const auto number = [&](int at, std::size_t otherwise) {
        return argc > at ? std::strtoull(argv[at], nullptr, 10) : otherwise;
    };
    if (what == "live" || what == "all") {
        live(number(2, 100'000), number(3, 1));
    }
    if (what == "all") {
        live(10'000, 50);
    }
    if (what == "parts" || what == "all") {
        parts(number(2, 20'000));
    }
    if (what == "replay" || what == "all") {
        replay(number(2, 100'000));
    }
    return 0;
}
