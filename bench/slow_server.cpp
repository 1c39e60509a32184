// SPDX-License-Identifier: MIT
#include "bench/slow_server.hpp"

#include <array>
#include <csignal>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace wirewatch::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kAnswer =
    "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: 73\r\n\r\n"
    "<rss version=\"2.0\"><channel><title>Slow and steady</title></channel></rss>";

void answer(int connection) {
    static_cast<void>(send(connection, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL) > 0);
}

// Requests come whole: they are small, and a client waits for its answer.
[[noreturn]] void serve(int listener) {
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    const auto watch = [&](int fd) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = fd;
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
    };
    watch(listener);
    std::multimap<Clock::time_point, int> due;
    std::array<char, 4096> buffer{};
    for (;;) {
        int wait = -1;
        if (!due.empty()) {
            const auto left =
                std::chrono::ceil<std::chrono::milliseconds>(due.begin()->first - Clock::now());
            wait = static_cast<int>(std::max<std::int64_t>(left.count(), 0));
        }
        std::array<epoll_event, 256> events{};
        const int count = epoll_wait(epoll, events.data(), events.size(), wait);
        for (int i = 0; i < count; ++i) {
            const int fd = events.at(static_cast<std::size_t>(i)).data.fd;
            if (fd == listener) {
                watch(accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
                continue;
            }
            const ssize_t got = recv(fd, buffer.data(), buffer.size() - 1, MSG_DONTWAIT);
            if (got <= 0) {
                close(fd);
                continue;
            }
            buffer.at(static_cast<std::size_t>(got)) = '\0';
            const std::size_t index = std::strtoul(buffer.data() + 5, nullptr, 10);  // "GET /7 …"
            due.emplace(Clock::now() + SlowServer::delay(index), fd);
        }
        while (!due.empty() && due.begin()->first <= Clock::now()) {
            answer(due.begin()->second);
            due.erase(due.begin());
        }
    }
}

}  // namespace

SlowServer::SlowServer() {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(listener, any, size) != 0 || listen(listener, 1024) != 0 ||
        getsockname(listener, any, &size) != 0) {
        throw std::runtime_error("the slow server cannot listen on 127.0.0.1");
    }
    port_ = ntohs(address.sin_port);
    process_ = fork();
    if (process_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        serve(listener);
    }
    close(listener);
}

SlowServer::~SlowServer() {
    kill(process_, SIGTERM);
    waitpid(process_, nullptr, 0);
}

std::string SlowServer::url(std::size_t index) const {
    return "http://127.0.0.1:" + std::to_string(port_) + "/" + std::to_string(index);
}

std::chrono::milliseconds SlowServer::delay(std::size_t index) {
    return std::chrono::milliseconds{50 + index * 7919 % 451};
}

}  // namespace wirewatch::bench
