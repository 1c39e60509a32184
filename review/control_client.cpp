// SPDX-License-Identifier: MIT
#include "review/control_client.hpp"

#include "review/local_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include <poll.h>
#include <sys/socket.h>

namespace wirewatch::review {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

Error unreachable(const std::filesystem::path& socket, int why) {
    const std::string place = socket.string();
    switch (why) {
        case ENOENT:
            return {Errc::not_found, "the daemon is not running (there is no " + place +
                                         "); start it: systemctl start wirewatchd, or wirewatchd"};
        case ECONNREFUSED:
            return {Errc::not_found, "the daemon is not running (nobody listens at " + place +
                                         "); start it: systemctl start wirewatchd, or wirewatchd"};
        case EACCES:
        case EPERM:
            return {Errc::refused, "you may not speak to the daemon at " + place +
                                       "; run this as its user or as root"};
        case EAGAIN:
            return {Errc::busy, "too many commands wait for the daemon; try again"};
        default:
            return {Errc::network,
                    "cannot speak to the daemon at " + place + ": " + std::strerror(why)};
    }
}

/// Until there is something to read, or the time is over.
bool readable(int socket, Steady::time_point end) {
    const auto left = std::chrono::ceil<milliseconds>(end - Steady::now());
    pollfd item{.fd = socket, .events = POLLIN, .revents = 0};
    return left.count() > 0 && ::poll(&item, 1, static_cast<int>(left.count())) > 0;
}

Result<std::string> read_line(int socket, Steady::time_point end) {
    std::string text;
    while (text.size() < kMaxAnswerBytes) {
        if (!readable(socket, end)) {
            return fail(Errc::timeout, "the daemon does not answer; its log may say why");
        }
        std::array<char, 4096> bytes{};
        const ssize_t got = ::recv(socket, bytes.data(), bytes.size(), 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return fail(Errc::network,
                        "the daemon broke off without an answer; it may just have ended");
        }
        text.append(bytes.data(), static_cast<std::size_t>(got));
        if (const auto line = text.find('\n'); line != std::string::npos) {
            return text.substr(0, line);
        }
    }
    return fail(Errc::invalid, "the answer of the daemon has no end");
}

}  // namespace

Result<ControlAnswer> ControlClient::ask(const ControlRequest& request, milliseconds limit) const {
    const auto end = Steady::now() + limit;
    const Connected connected = connect_local(socket_);
    if (!connected.socket.open()) {
        return tl::unexpected{unreachable(socket_, connected.error)};
    }
    const int socket = connected.socket.number();
    const std::string line = encode(request);
    // Short enough for the socket's buffer, so that it does not wait. A daemon that has too much to
    // do answers and closes without reading; that answer is still there.
    const ssize_t sent = ::send(socket, line.data(), line.size(), MSG_NOSIGNAL);
    if (sent != static_cast<ssize_t>(line.size()) && errno != EPIPE && errno != ECONNRESET) {
        return tl::unexpected{unreachable(socket_, errno)};
    }
    const auto answer = read_line(socket, end);
    return answer ? decode_answer(*answer) : tl::unexpected{answer.error()};
}

}  // namespace wirewatch::review
