// SPDX-License-Identifier: MIT
#include "daemon/control_server.hpp"

#include "base/check.hpp"
#include "base/printable.hpp"
#include "review/control_wire.hpp"
#include "review/local_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <utility>

#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;
using review::Descriptor;

constexpr int kBacklog = 64;            // our choice
constexpr int kAcceptsPerTurn = 32;     // a turn is bounded; design.md
constexpr std::uint64_t kListener = 0;  // the connections count from 1

std::string refusal(std::string message) {
    return review::encode(review::ControlAnswer{.message = std::move(message)});
}

/// What a file is, to know it again.
struct FileMark {
    dev_t device = 0;
    ino_t inode = 0;

    friend bool operator==(const FileMark&, const FileMark&) = default;
};

std::optional<FileMark> socket_at(const fs::path& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0 || !S_ISSOCK(info.st_mode)) {
        return std::nullopt;
    }
    return FileMark{info.st_dev, info.st_ino};
}

/// Makes room for a new socket, where nobody uses the one that is there.
Result<> remove_left_behind(const fs::path& path) {
    struct stat info {};
    if (::lstat(path.c_str(), &info) != 0) {
        return {};
    }
    const std::string place = "the control socket's place, " + printable(path.string()) + ",";
    if (!S_ISSOCK(info.st_mode)) {
        return fail(Errc::refused, place +
                                       " is taken by something that is no socket; move that "
                                       "away, or set 'socket' under [control]");
    }
    const auto somebody = review::connect_local(path);
    if (somebody.error == ECONNREFUSED) {
        ::unlink(path.c_str());  // where that fails, binding says why
        return {};
    }
    const std::string who = somebody.listener_pid
                                ? "process " + std::to_string(*somebody.listener_pid)
                                : "another process";
    return fail(Errc::busy, place + " is in use by " + who +
                                "; stop that first, or set 'socket' under [control]");
}

struct Connection {
    enum class Stage { asks, waits, reads };  ///< what the other side does
    Descriptor socket;
    Stage stage = Stage::asks;
    Ticks deadline;
    std::string text;  ///< of the request so far, or of the answer still to send
};

}  // namespace

struct ControlServer::Impl {
    fs::path path;
    const Clock& clock;
    ControlLimits limits;
    Descriptor listener;
    std::optional<FileMark> mark;
    Descriptor epoll;
    std::map<std::uint64_t, Connection> connections{};
    std::uint64_t last_id = kListener;
    std::optional<Ticks>
        listens_again{};  ///< no descriptors were left: nobody is let in until then
    std::vector<Asked> asked{};

    void watch(int operation, std::uint64_t id, int descriptor, std::uint32_t events) const {
        epoll_event event{.events = events, .data = {.u64 = id}};
        ::epoll_ctl(epoll.number(), operation, descriptor, &event);
    }

    void let_in();
    void rest_listening();
    void come_back_listening();
    void read_some(std::uint64_t id);
    void send_some(std::uint64_t id);
    void say(std::uint64_t id, std::string line);
    void send_away_the_slow();
    void happened(const epoll_event& event);
};

Result<ControlServer> ControlServer::open(const fs::path& socket, const Clock& clock,
                                          ControlLimits limits) {
    if (auto room = remove_left_behind(socket); !room) {
        return fail(std::move(room));
    }
    auto listener = review::listen_local(socket, kBacklog);
    if (!listener) {
        return fail(std::move(listener).map_error([](Error&& error) {
            error.text += "; 'socket' under [control] names another place";
            return std::move(error);
        }));
    }
    auto impl =
        std::unique_ptr<Impl>{new Impl{.path = socket,
                                       .clock = clock,
                                       .limits = limits,
                                       .listener = std::move(*listener),
                                       .mark = socket_at(socket),
                                       .epoll = Descriptor{::epoll_create1(EPOLL_CLOEXEC)}}};
    WIREWATCH_CHECK(impl->epoll.open());
    impl->watch(EPOLL_CTL_ADD, kListener, impl->listener.number(), EPOLLIN);
    return ControlServer{std::move(impl)};
}

ControlServer::ControlServer(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
ControlServer::ControlServer(ControlServer&&) noexcept = default;

ControlServer::~ControlServer() {
    if (impl_ && impl_->mark && socket_at(impl_->path) == impl_->mark) {
        ::unlink(impl_->path.c_str());
    }
}

int ControlServer::fd() const {
    return impl_->epoll.number();
}

std::optional<Ticks> ControlServer::deadline() const {
    std::optional<Ticks> first = impl_->listens_again;
    for (const auto& [id, connection] : impl_->connections) {
        first = std::min(first.value_or(connection.deadline), connection.deadline);
    }
    return first;
}

std::vector<ControlServer::Asked> ControlServer::serve() {
    std::array<epoll_event, 16> events{};
    const int count =
        ::epoll_wait(impl_->epoll.number(), events.data(), static_cast<int>(events.size()), 0);
    std::for_each(events.begin(), events.begin() + std::max(count, 0),
                  [this](const epoll_event& event) { impl_->happened(event); });
    impl_->send_away_the_slow();
    impl_->come_back_listening();
    return std::exchange(impl_->asked, {});
}

void ControlServer::answer(std::uint64_t connection, std::string line) {
    impl_->say(connection, std::move(line));
}

void ControlServer::Impl::happened(const epoll_event& event) {
    const std::uint64_t id = event.data.u64;
    if (id == kListener) {
        let_in();
        return;
    }
    const auto found = connections.find(id);
    if (found == connections.end()) {
        return;  // it went in this very turn
    }
    switch (found->second.stage) {
        case Connection::Stage::asks:
            read_some(id);
            break;
        case Connection::Stage::waits:
            connections.erase(found);  // it hung up; nothing else is watched
            break;
        case Connection::Stage::reads:
            send_some(id);
            break;
    }
}

void ControlServer::Impl::let_in() {
    for (int i = 0; i < kAcceptsPerTurn; ++i) {
        Descriptor socket{
            ::accept4(listener.number(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
        if (!socket.open()) {
            if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
                rest_listening();
            }
            return;
        }
        if (connections.size() >= limits.connections) {
            const std::string line =
                refusal("the daemon serves " + std::to_string(limits.connections) +
                        " commands at once, and others have come before; try again");
            [[maybe_unused]] const auto ignored = ::send(socket.number(), line.data(), line.size(),
                                                         MSG_NOSIGNAL);  // or it hears nothing
            continue;
        }
        const std::uint64_t id = ++last_id;
        watch(EPOLL_CTL_ADD, id, socket.number(), EPOLLIN);
        connections.emplace(id, Connection{.socket = std::move(socket),
                                           .deadline = clock.ticks() + limits.patience});
    }
}

/// Otherwise the listener would be readable for ever, and the thread would spin.
void ControlServer::Impl::rest_listening() {
    listens_again = clock.ticks() + std::chrono::seconds{1};
    watch(EPOLL_CTL_MOD, kListener, listener.number(), 0);
}

void ControlServer::Impl::come_back_listening() {
    if (listens_again && clock.ticks() >= *listens_again) {
        listens_again.reset();
        watch(EPOLL_CTL_MOD, kListener, listener.number(), EPOLLIN);
    }
}

void ControlServer::Impl::read_some(std::uint64_t id) {
    Connection& connection = connections.at(id);
    std::array<char, review::kMaxRequestBytes> bytes{};
    const ssize_t got = ::recv(connection.socket.number(), bytes.data(), bytes.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (got <= 0) {
        connections.erase(id);
        return;
    }
    connection.text.append(bytes.data(), static_cast<std::size_t>(got));
    const std::size_t end = connection.text.find('\n');
    if (end < review::kMaxRequestBytes) {
        asked.push_back({.connection = id, .line = connection.text.substr(0, end)});
        connection.text.clear();
        connection.stage = Connection::Stage::waits;
        connection.deadline = clock.ticks() + limits.patience;
        watch(EPOLL_CTL_MOD, id, connection.socket.number(), 0);  // hanging up is always told
    } else if (connection.text.size() >= review::kMaxRequestBytes) {
        say(id, refusal("a request is one line of at most 64 KiB"));
    }
}

void ControlServer::Impl::say(std::uint64_t id, std::string line) {
    const auto found = connections.find(id);
    if (found == connections.end() || found->second.stage == Connection::Stage::reads) {
        return;
    }
    found->second.text = std::move(line);
    found->second.stage = Connection::Stage::reads;
    found->second.deadline = clock.ticks() + limits.patience;
    watch(EPOLL_CTL_MOD, id, found->second.socket.number(), EPOLLOUT);
    send_some(id);
}

void ControlServer::Impl::send_some(std::uint64_t id) {
    Connection& connection = connections.at(id);
    const ssize_t sent = ::send(connection.socket.number(), connection.text.data(),
                                connection.text.size(), MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    connection.text.erase(0, sent > 0 ? static_cast<std::size_t>(sent) : 0);
    if (sent < 0 || connection.text.empty()) {
        connections.erase(id);
    }
}

void ControlServer::Impl::send_away_the_slow() {
    const Ticks now = clock.ticks();
    std::vector<std::uint64_t> late;
    for (const auto& [id, connection] : connections) {
        if (now >= connection.deadline) {
            late.push_back(id);
        }
    }
    for (const std::uint64_t id : late) {
        const auto seconds = std::to_string(limits.patience.count()) + " s";
        switch (connections.at(id).stage) {
            case Connection::Stage::asks:
                say(id, refusal("no whole request came within " + seconds));
                break;
            case Connection::Stage::waits:
                say(id, refusal("the daemon has too much to do to answer within " + seconds +
                                "; it does what was asked as soon as it can"));
                break;
            case Connection::Stage::reads:
                connections.erase(id);
                break;
        }
    }
}

}  // namespace wirewatch::daemon
