// SPDX-License-Identifier: MIT
// The control socket over real unix sockets, a clock moved by hand, and peers that misbehave.
#include "daemon/control_server.hpp"

#include "review/control_client.hpp"
#include "review/control_wire.hpp"
#include "review/local_socket.hpp"
#include "support/manual_clock.hpp"
#include "support/temp_dir.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace wirewatch;
using namespace wirewatch::daemon;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// Somebody at the other end.
class Peer {
  public:
    explicit Peer(const fs::path& path) : connected_{review::connect_local(path)} {
        REQUIRE(connected_.socket.open());
    }

    /// As much of it as the other side takes.
    void say(const std::string& text) const {
        [[maybe_unused]] const auto sent =
            ::send(number(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }

    /// What has come so far; ends in "|" where the connection has.
    [[nodiscard]] std::string heard() const {
        std::string text;
        std::array<char, 65536> bytes{};
        while (true) {
            const ssize_t got = ::recv(number(), bytes.data(), bytes.size(), MSG_DONTWAIT);
            if (got <= 0) {
                return got == 0 || errno == ECONNRESET ? text + "|" : text;
            }
            text.append(bytes.data(), static_cast<std::size_t>(got));
        }
    }

    void hang_up() { connected_.socket = review::Descriptor{}; }
    [[nodiscard]] int number() const { return connected_.socket.number(); }
    [[nodiscard]] const review::Connected& connected() const { return connected_; }

  private:
    review::Connected connected_;
};

struct Bench {
    support::ManualClock clock;
    support::TempDir directory;
    fs::path path = directory / "control.sock";
    ControlServer server = ControlServer::open(path, clock).value();

    [[nodiscard]] bool ready() const {
        pollfd item{.fd = server.fd(), .events = POLLIN, .revents = 0};
        return ::poll(&item, 1, 0) > 0;
    }

    std::vector<ControlServer::Asked> serve() {
        std::vector<ControlServer::Asked> all;
        for (int turn = 0; turn < 100 && (turn == 0 || ready()); ++turn) {
            for (auto& asked : server.serve()) {
                all.push_back(std::move(asked));
            }
        }
        CHECK_FALSE(ready());  // a loop over it would spin
        return all;
    }
};

}  // namespace

TEST_CASE("a request comes in, its answer goes out, and the connection ends") {
    Bench bench;
    CHECK_FALSE(bench.server.deadline());
    const Peer peer{bench.path};
    CHECK(peer.connected().listener_pid == getpid());
    CHECK(bench.serve().empty());
    peer.say("{\"comm");
    CHECK(bench.serve().empty());
    peer.say("and\"}\nand more");
    const auto asked = bench.serve();
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].line == "{\"command\"}");
    CHECK(peer.heard().empty());
    bench.server.answer(asked[0].connection, "done\n");
    CHECK(peer.heard() == "done\n|");
    CHECK_FALSE(bench.server.deadline());
}

TEST_CASE("the socket is for its owner alone, and goes with the server") {
    const support::TempDir directory;
    const support::ManualClock clock;
    const fs::path path = directory / "control.sock";
    {
        const auto server = ControlServer::open(path, clock);
        REQUIRE(server);
        struct stat info {};
        REQUIRE(::lstat(path.c_str(), &info) == 0);
        CHECK((info.st_mode & 07777) == 0600);
    }
    CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a socket that was left behind is replaced") {
    const support::TempDir directory;
    const support::ManualClock clock;
    const fs::path path = directory / "control.sock";
    {
        const auto left = review::listen_local(path, 1);
        REQUIRE(left);
    }
    REQUIRE(fs::exists(path));
    CHECK(review::connect_local(path).error == ECONNREFUSED);
    CHECK(ControlServer::open(path, clock));
}

TEST_CASE("a second server is refused, and says who is there") {
    Bench bench;
    const auto second = ControlServer::open(bench.path, bench.clock);
    REQUIRE_FALSE(second);
    CHECK(second.error().code == Errc::busy);
    CHECK_THAT(second.error().text, Catch::Contains("process " + std::to_string(getpid())));
    CHECK(fs::exists(bench.path));
}

TEST_CASE("what is no socket is left alone") {
    const support::TempDir directory;
    const support::ManualClock clock;
    const auto file = directory.write("control.sock", "precious");
    const auto server = ControlServer::open(file, clock);
    REQUIRE_FALSE(server);
    CHECK(server.error().code == Errc::refused);
    CHECK(fs::file_size(file) == 8);
    CHECK(ControlServer::open(directory / "none" / "control.sock", clock).error().code == Errc::io);
}

TEST_CASE("a server leaves the socket of its successor alone") {
    const support::TempDir directory;
    const support::ManualClock clock;
    const fs::path path = directory / "control.sock";
    std::optional<Result<ControlServer>> first{ControlServer::open(path, clock)};
    REQUIRE(fs::remove(path));
    const auto second = ControlServer::open(path, clock);
    REQUIRE(second);
    first.reset();
    CHECK(fs::exists(path));
}

TEST_CASE("a path that is longer than socket names may be serves all the same") {
    const support::TempDir directory;
    const support::ManualClock clock;
    const fs::path deep = directory / std::string(100, 'd') / std::string(100, 'e');
    fs::create_directories(deep);
    auto server = ControlServer::open(deep / "control.sock", clock);
    REQUIRE(server);
    const Peer peer{deep / "control.sock"};
    CHECK(ControlServer::open(deep / "control.sock", clock).error().code == Errc::busy);
    CHECK(ControlServer::open(deep / std::string(200, 'n'), clock).error().code == Errc::io);
}

TEST_CASE("a line without end is refused before it is read whole") {
    Bench bench;
    const Peer peer{bench.path};
    peer.say(std::string(1u << 20, 'x'));
    CHECK(bench.serve().empty());
    CHECK_THAT(peer.heard(), Catch::Contains("at most 64 KiB"));
    CHECK_FALSE(bench.server.deadline());
}

TEST_CASE("a request of 64 KiB with its line break is the longest") {
    Bench bench;
    const Peer longest{bench.path};
    longest.say(std::string(review::kMaxRequestBytes - 1, 'x') + "\n");
    const auto asked = bench.serve();
    REQUIRE(asked.size() == 1);
    CHECK(asked[0].line.size() == review::kMaxRequestBytes - 1);
    const Peer longer{bench.path};
    longer.say(std::string(review::kMaxRequestBytes, 'x') + "\n");
    CHECK(bench.serve().empty());
    CHECK_THAT(longer.heard(), Catch::Contains("at most 64 KiB"));
}

TEST_CASE("who sends half a line is sent away after 5 s") {
    Bench bench;
    const Peer peer{bench.path};
    peer.say("{");
    CHECK(bench.serve().empty());
    REQUIRE(bench.server.deadline());
    CHECK(*bench.server.deadline() == bench.clock.ticks() + 5s);
    bench.clock.advance(4999ms);
    bench.serve();
    CHECK(peer.heard().empty());
    bench.clock.advance(1ms);
    bench.serve();
    CHECK_THAT(peer.heard(), Catch::Contains("no whole request came within 5 s"));
}

TEST_CASE("who waits for a busy daemon is told so after 5 s, and a late answer does no harm") {
    Bench bench;
    const Peer peer{bench.path};
    peer.say("a\n");
    const auto asked = bench.serve();
    REQUIRE(asked.size() == 1);
    bench.clock.advance(5s);
    bench.serve();
    CHECK_THAT(peer.heard(), Catch::Contains("too much to do"));
    bench.server.answer(asked[0].connection, "late\n");
    CHECK_FALSE(bench.server.deadline());
}

TEST_CASE("who does not read its answer is dropped after 5 s") {
    Bench bench;
    const Peer peer{bench.path};
    peer.say("a\n");
    const auto asked = bench.serve();
    REQUIRE(asked.size() == 1);
    bench.server.answer(asked[0].connection, std::string(8u << 20, 'y'));
    REQUIRE(bench.server.deadline());
    bench.clock.advance(5s);
    bench.serve();
    CHECK_FALSE(bench.server.deadline());
}

TEST_CASE("a long answer comes whole to who reads it") {
    Bench bench;
    const Peer peer{bench.path};
    peer.say("a\n");
    const auto asked = bench.serve();
    bench.server.answer(asked.at(0).connection, std::string(2u << 20, 'y') + "\n");
    std::string text;
    for (int i = 0; i < 10'000 && !text.ends_with('|'); ++i) {
        text += peer.heard();
        bench.serve();
    }
    CHECK(text.size() == (2u << 20) + 2);
}

TEST_CASE("who hangs up is forgotten, before and after asking") {
    Bench bench;
    Peer early{bench.path};
    bench.serve();
    early.hang_up();
    bench.serve();
    CHECK_FALSE(bench.server.deadline());
    Peer late{bench.path};
    late.say("a\n");
    const auto asked = bench.serve();
    late.hang_up();
    bench.serve();
    CHECK_FALSE(bench.server.deadline());
    bench.server.answer(asked.at(0).connection, "nobody hears it\n");
}

TEST_CASE("more than eight at once are told so, and there is room again later") {
    Bench bench;
    std::vector<Peer> crowd;
    for (int i = 0; i < 8; ++i) {
        crowd.emplace_back(bench.path);
    }
    bench.serve();
    const Peer ninth{bench.path};
    bench.serve();
    CHECK_THAT(ninth.heard(), Catch::Contains("try again") && Catch::EndsWith("|"));
    crowd.front().hang_up();
    bench.serve();
    const Peer tenth{bench.path};
    tenth.say("a\n");
    CHECK(bench.serve().size() == 1);
}

TEST_CASE("the client asks and hears, and says why it could not") {
    Bench bench;
    const review::ControlClient client{bench.path};
    Result<review::ControlAnswer> answer = fail(Errc::io, "not asked");
    std::thread asker{
        [&] { answer = client.ask({.command = review::ControlCommand::pause, .feeds = {"a"}}); }};
    std::vector<ControlServer::Asked> asked;
    while (asked.empty()) {
        pollfd item{.fd = bench.server.fd(), .events = POLLIN, .revents = 0};
        ::poll(&item, 1, 5000);
        asked = bench.server.serve();
    }
    CHECK(asked[0].line == R"({"command":"pause","feeds":["a"]})");
    bench.server.answer(asked[0].connection,
                        review::encode(review::ControlAnswer{.ok = true, .message = "paused"}));
    asker.join();
    REQUIRE(answer);
    CHECK(answer->ok);
    CHECK(answer->message == "paused");

    const auto slow = client.ask({}, 20ms);
    REQUIRE_FALSE(slow);
    CHECK(slow.error().code == Errc::timeout);
    const auto nobody = review::ControlClient{bench.directory / "none"}.ask({});
    REQUIRE_FALSE(nobody);
    CHECK(nobody.error().code == Errc::not_found);
    CHECK_THAT(nobody.error().text, Catch::Contains("is not running"));
}
