// SPDX-License-Identifier: MIT
#include "support/feed_server.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstdio>
#include <list>
#include <map>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>
#include <zlib.h>

namespace wirewatch::support {

namespace {

constexpr std::size_t kMaxHeadBytes = 64u << 10;

std::optional<std::string> find_header(const Headers& headers, std::string_view name) {
    for (const auto& [key, value] : headers) {
        if (key.size() == name.size() && strncasecmp(key.data(), name.data(), key.size()) == 0) {
            return value;
        }
    }
    return std::nullopt;
}

std::string gzip(const std::string& text) {
    z_stream stream{};
    constexpr int kGzipFormat = 15 + 16;  // largest window, gzip's own header
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipFormat, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::runtime_error("zlib does not start");
    }
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

AskedRequest parse_head(std::string_view head) {
    const auto line = [&head] {
        const std::size_t end = head.find("\r\n");
        const std::string_view found = head.substr(0, end);
        head.remove_prefix(std::min(head.size(), found.size() + 2));
        return found;
    };
    AskedRequest request;
    const std::string_view first = line();
    const std::size_t space = first.find(' ');
    request.method = first.substr(0, space);
    request.target = first.substr(space + 1, first.rfind(' ') - space - 1);
    for (std::string_view next = line(); !next.empty(); next = line()) {
        const std::size_t colon = std::min(next.find(": "), next.size());
        const std::size_t value = std::min(colon + 2, next.size());
        request.headers.emplace_back(next.substr(0, colon), next.substr(value));
    }
    return request;
}

std::string head_of(const Answer& answer, std::size_t length) {
    std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " Said So\r\n";
    for (const auto& [name, value] : answer.headers) {
        head += name + ": " + value + "\r\n";
    }
    if (!answer.etag.empty()) {
        head += "ETag: " + answer.etag + "\r\n";
    }
    if (answer.gzip) {
        head += "Content-Encoding: gzip\r\n";
    }
    if (answer.status != 304) {
        head += "Content-Length: " + std::to_string(length) + "\r\n";
    }
    return head + "\r\n";
}

std::string endless_head_of(const Answer& answer) {
    std::string head = "HTTP/1.1 200 Said So\r\nTransfer-Encoding: chunked\r\n";
    for (const auto& [name, value] : answer.headers) {
        head += name + ": " + value + "\r\n";
    }
    return head + "\r\n";
}

std::string chunk_of(const Answer& answer) {
    std::array<char, 20> size{};
    std::snprintf(size.data(), size.size(), "%zx\r\n", answer.body.size());
    return size.data() + answer.body + "\r\n";
}

}  // namespace

std::optional<std::string> AskedRequest::header(std::string_view name) const {
    return find_header(headers, name);
}

struct FeedServer::Impl {
    struct Connection {
        int socket = -1;
        std::jthread thread;
    };

    std::string address;
    int listener = -1;
    int port = 0;

    mutable std::mutex mutex;  // guards all that follows
    mutable std::condition_variable changed;
    std::map<std::string, Answer, std::less<>> answers;
    std::function<Answer(const AskedRequest&)> answer_all;
    std::vector<AskedRequest> asked;
    std::list<Connection> connections;  // closed ones too, until the end
    bool stopping = false;

    std::jthread acceptor;  // last: gone before the rest is

    explicit Impl(std::string at) : address{std::move(at)} {
        listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in place{};
        place.sin_family = AF_INET;
        ::inet_pton(AF_INET, address.c_str(), &place.sin_addr);
        socklen_t size = sizeof(place);
        auto* any = reinterpret_cast<sockaddr*>(&place);
        if (listener < 0 || ::bind(listener, any, size) != 0 || ::listen(listener, 512) != 0 ||
            ::getsockname(listener, any, &size) != 0) {
            throw std::system_error(errno, std::generic_category(), "feed server");
        }
        port = ntohs(place.sin_port);
        acceptor = std::jthread{[this] { accept_all(); }};
    }

    ~Impl() {
        {
            const std::lock_guard lock{mutex};
            stopping = true;
            ::shutdown(listener, SHUT_RDWR);
            for (const Connection& connection : connections) {
                ::shutdown(connection.socket, SHUT_RDWR);  // its thread sees the end and leaves
            }
        }
        acceptor.join();
        for (Connection& connection : connections) {
            connection.thread.join();
            ::close(connection.socket);
        }
        ::close(listener);
    }

    void accept_all() {
        for (int socket = accept(); socket >= 0; socket = accept()) {
            const std::lock_guard lock{mutex};
            if (stopping) {
                ::close(socket);
                return;
            }
            connections.push_back({.socket = socket, .thread = std::jthread{[this, socket] {
                                                         converse(socket);
                                                         ::shutdown(socket, SHUT_RDWR);
                                                     }}});
        }
    }

    [[nodiscard]] int accept() const { return ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC); }

    // Requests one after the other, until either side has had enough.
    void converse(int socket) {
        std::string received;
        while (const auto head = read_head(socket, received)) {
            const AskedRequest request = parse_head(*head);
            const Answer answer = answer_to(request);
            if (!send_answer(socket, answer)) {
                return;
            }
        }
    }

    // None at the end, and where it is no HTTP: a TLS greeting has no lines to wait for.
    static std::optional<std::string> read_head(int socket, std::string& received) {
        std::array<char, 4096> buffer{};
        while (received.size() < kMaxHeadBytes && (received.empty() || received[0] >= 'A')) {
            if (const std::size_t end = received.find("\r\n\r\n"); end != std::string::npos) {
                std::string head = received.substr(0, end + 2);
                received.erase(0, end + 4);
                return head;
            }
            const ssize_t count = ::recv(socket, buffer.data(), buffer.size(), 0);
            if (count <= 0) {
                return std::nullopt;
            }
            received.append(buffer.data(), static_cast<std::size_t>(count));
        }
        return std::nullopt;
    }

    Answer answer_to(const AskedRequest& request) {
        const std::lock_guard lock{mutex};
        asked.push_back(request);
        changed.notify_all();
        if (answer_all) {
            return answer_all(request);
        }
        const auto found = answers.find(request.target);
        Answer answer = found == answers.end() ? Answer{.status = 404} : found->second;
        if (!answer.etag.empty() && request.header("If-None-Match") == answer.etag) {
            answer.status = 304;
            answer.body.clear();
            answer.gzip = false;
            answer.declared_length.reset();
        }
        return answer;
    }

    // False where the connection is not to be used again.
    static bool send_answer(int socket, const Answer& answer) {
        switch (answer.conduct) {
            case Conduct::hang_up:
                return false;
            case Conduct::silent:
                wait_for_end(socket);
                return false;
            case Conduct::endless_headers:
                return send_endlessly(socket, "HTTP/1.1 200 Said So\r\n", "X-More: and more\r\n");
            case Conduct::endless_body:
                return send_endlessly(socket, endless_head_of(answer), chunk_of(answer));
            case Conduct::answer:
            case Conduct::drip:
            case Conduct::drip_head:
                break;
        }
        const std::string body = answer.gzip ? gzip(answer.body) : answer.body;
        const std::string head = head_of(answer, answer.declared_length.value_or(body.size()));
        if (answer.conduct == Conduct::drip) {
            return send_all(socket, head) && drip(socket, body, answer.drip_interval);
        }
        if (answer.conduct == Conduct::drip_head) {
            return drip(socket, head + body, answer.drip_interval);
        }
        return send_all(socket, head + body) && !answer.declared_length;
    }

    // False, as it ends only with the connection.
    static bool send_endlessly(int socket, const std::string& first, const std::string& again) {
        bool taken = send_all(socket, first);
        while (taken) {
            taken = send_all(socket, again);
        }
        return false;
    }

    static bool send_all(int socket, std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t count = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    // The pause between two bytes is a wait for the other side to hang up.
    static bool drip(int socket, std::string_view body, std::chrono::milliseconds interval) {
        return std::all_of(body.begin(), body.end(), [&](const char& byte) {
            pollfd end{.fd = socket, .events = POLLIN, .revents = 0};
            return ::poll(&end, 1, static_cast<int>(interval.count())) == 0 &&
                   send_all(socket, {&byte, 1});
        });
    }

    static void wait_for_end(int socket) {
        std::array<char, 256> ignored{};
        while (::recv(socket, ignored.data(), ignored.size(), 0) > 0) {
        }
    }

    [[nodiscard]] std::vector<AskedRequest> asked_for(std::string_view path) const {
        std::vector<AskedRequest> found;
        std::copy_if(asked.begin(), asked.end(), std::back_inserter(found),
                     [&](const AskedRequest& request) { return request.target == path; });
        return found;
    }
};

FeedServer::FeedServer(std::string address) : impl_{std::make_unique<Impl>(std::move(address))} {}

FeedServer::~FeedServer() = default;

std::string FeedServer::url(std::string_view path) const {
    return "http://" + impl_->address + ":" + std::to_string(impl_->port).append(path);
}

int FeedServer::port() const {
    return impl_->port;
}

void FeedServer::serve(std::string_view path, Answer answer) {
    const std::lock_guard lock{impl_->mutex};
    impl_->answers.insert_or_assign(std::string{path}, std::move(answer));
}

void FeedServer::serve_all(std::function<Answer(const AskedRequest&)> answer) {
    const std::lock_guard lock{impl_->mutex};
    impl_->answer_all = std::move(answer);
}

std::vector<AskedRequest> FeedServer::requests() const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->asked;
}

std::vector<AskedRequest> FeedServer::requests(std::string_view path) const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->asked_for(path);
}

std::size_t FeedServer::connections() const {
    const std::lock_guard lock{impl_->mutex};
    return impl_->connections.size();
}

bool FeedServer::asked(std::string_view path, std::size_t times,
                       std::chrono::milliseconds limit) const {
    std::unique_lock lock{impl_->mutex};
    return impl_->changed.wait_for(lock, limit,
                                   [&] { return impl_->asked_for(path).size() >= times; });
}

}  // namespace wirewatch::support
