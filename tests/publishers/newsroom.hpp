// SPDX-License-Identifier: MIT
// A real database, a real writer and a real publisher for these tests, and a peer without manners.
#pragma once

#include "history/alert_log.hpp"
#include "history/writer.hpp"
#include "publishers/relay.hpp"
#include "publishers/zmq_publisher.hpp"
#include "publishers/zmq_socket.hpp"
#include "support/temp_dir.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <sqlite3.h>
#include <zmq.h>
#include <catch2/catch.hpp>

namespace wirewatch::publishers {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kPatience{10'000};  // no test waits so long unless it fails

/// Takes the value out, or fails the test with the error's words.
template <class T>
T good(Result<T> result) {
    if (!result) {
        FAIL(result.error().text);
    }
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

/// A database in a directory of its own, with one feed.
class Newsroom {
  public:
    Newsroom() : writer_{good(history::Writer::open(file(), {.deployment = "test"}))} {}

    [[nodiscard]] std::filesystem::path file() const { return directory_ / "wirewatch.db"; }
    [[nodiscard]] const support::TempDir& directory() const { return directory_; }
    [[nodiscard]] history::AlertLog log() const { return good(history::AlertLog::open(file())); }

    /// Commits one alert of each of `rules`, in one transaction.
    void report(const std::vector<std::string>& rules) {
        history::Turn turn;
        turn.state.feed_id = "wire";
        turn.state.url = "https://example.org/wire.xml";
        turn.state.title = "The Wire";
        for (const std::string& rule : rules) {
            turn.articles.push_back(matched(rule));
        }
        good(writer_.commit({turn}, now_));
        now_ += 1s;
    }

    /// Commits `count` alerts of one rule, in one transaction.
    void report(std::size_t count, const std::string& rule = "talks") {
        report(std::vector<std::string>(count, rule));
    }

    /// Commits a turn of the feed, for the worse or the better: a feed event where it is one.
    void report_feed(std::optional<Error> trouble) {
        history::Turn turn;
        turn.state.feed_id = "wire";
        turn.state.url = "https://example.org/wire.xml";
        turn.state.title = "The Wire";
        turn.state.error = std::move(trouble);
        good(writer_.commit({turn}, now_));
        now_ += 1s;
    }

    std::string summary = "Pakistan and Russia.";  ///< of the articles reported next

    /// Removes alerts from the outbox, as retention does.
    void forget(std::uint64_t up_to) {
        sqlite3* database = nullptr;
        REQUIRE(sqlite3_open(file().c_str(), &database) == SQLITE_OK);
        const std::string sql = "DELETE FROM outbox WHERE seq <= " + std::to_string(up_to);
        CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
    }

  private:
    history::MatchedArticle matched(const std::string& rule) {
        const std::string number = std::to_string(++articles_);
        Article article;
        article.key = to_hex(head16(sha256(number)).data(), 16);
        article.feed_id = "wire";
        article.id = number;
        article.url = "https://example.org/" + number;
        article.title = "Article " + number;
        article.summary = summary;
        history::RuleHit found;
        found.rule.id = rule;
        found.rule.title = "Rule " + rule;
        found.rule.dedupe = Dedupe::article;  // what is reported here is alike
        found.rule.query = "pakistan";
        found.hit.rule_id = rule;
        found.hit.spans = {{Field::summary, 0, 0, 8, "Pakistan", "pakistan"}};
        return {.article = std::move(article), .hits = {std::move(found)}};
    }

    support::TempDir directory_;
    history::Writer writer_;
    int articles_ = 0;
    Instant now_ = std::chrono::sys_days{std::chrono::April / 7 / 2021};
};

/// A daemon's publishing side. Where `live` and `replay` are not said it takes free ports.
class Station {
  public:
    Station(const Newsroom& newsroom, const Clock& clock, ZmqOptions options = any_port()) {
        auto publisher = good(ZmqPublisher::open(std::move(options), newsroom.log(), clock));
        live_ = publisher->live_endpoint();
        replay_ = publisher->replay_endpoint();
        relay_ = std::make_unique<Relay>(std::move(publisher), newsroom.log(), clock,
                                         RelayOptions{}, [](const Error*) {});
    }

    /// Addresses that stay free when the station ends, which a TCP port does not.
    static ZmqOptions place_of_its_own(const Newsroom& newsroom) {
        ZmqOptions options = any_port();
        options.live = "ipc://" + (newsroom.directory() / "live").string();
        options.replay = "ipc://" + (newsroom.directory() / "replay").string();
        return options;
    }

    static ZmqOptions any_port() {
        ZmqOptions options;
        options.live = "tcp://127.0.0.1:*";
        options.replay = "tcp://127.0.0.1:*";
        options.heartbeat = 100ms;
        return options;
    }

    [[nodiscard]] const std::string& live() const { return live_; }
    [[nodiscard]] const std::string& replay() const { return replay_; }
    [[nodiscard]] Relay& relay() { return *relay_; }

  private:
    std::string live_;
    std::string replay_;
    std::unique_ptr<Relay> relay_;
};

/// A raw ZeroMQ socket that is connected somewhere.
class Peer {
  public:
    Peer(int type, const std::string& address, int receive_hwm = 1'000)
        : context_{good(ZmqContext::open())}, socket_{good(ZmqSocket::open(context_, type, 0ms))} {
        good(socket_.set(ZMQ_RCVHWM, receive_hwm));
        good(socket_.connect(address));
    }

    [[nodiscard]] const ZmqContext& context() const { return context_; }
    ZmqSocket& socket() { return socket_; }

    void send(const Multipart& frames) {
        REQUIRE(good(socket_.send(frames)) == ZmqSocket::Sent::whole);
    }

    /// The next message, if one comes within `patience`. `meanwhile` is called again and again.
    template <class Work>
    std::optional<Multipart> receive_within(std::chrono::milliseconds patience, Work meanwhile) {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        do {
            meanwhile();
            if (auto message = good(socket_.receive())) {
                return message;
            }
            good(wait_readable({&socket_}, -1, 2ms));
        } while (std::chrono::steady_clock::now() < deadline);
        return std::nullopt;
    }

    /// The next message; fails the test where none comes.
    Multipart receive() {
        auto message = receive_within(kPatience, [] {});
        REQUIRE(message);
        return std::move(*message);
    }

    /// The next message whose first frame is `topic`.
    Multipart receive(std::string_view topic) {
        for (;;) {
            if (auto message = receive(); message[0] == topic) {
                return message;
            }
        }
    }

  private:
    ZmqContext context_;
    ZmqSocket socket_;
};

}  // namespace wirewatch::publishers
