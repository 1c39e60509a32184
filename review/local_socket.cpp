// SPDX-License-Identifier: MIT
#include "review/local_socket.hpp"

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace wirewatch::review {

namespace {

/// What the system calls a socket's file. There is room for 107 bytes, which a directory in a home
/// of some depth has used up: then it is named by an open descriptor of its directory.
class SocketName {
  public:
    explicit SocketName(const std::filesystem::path& path) {
        name_.sun_family = AF_UNIX;
        if (fits(path.string())) {
            return;
        }
        directory_ =
            Descriptor{::open(path.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
        const std::string short_name =
            "/proc/self/fd/" + std::to_string(directory_.number()) + "/" + path.filename().string();
        error_ = !directory_.open() ? errno : fits(short_name) ? 0 : ENAMETOOLONG;
    }

    [[nodiscard]] int error() const { return error_; }
    [[nodiscard]] const sockaddr* address() const {
        return reinterpret_cast<const sockaddr*>(&name_);
    }
    [[nodiscard]] static socklen_t size() { return sizeof(sockaddr_un); }

  private:
    bool fits(const std::string& path) {
        if (path.size() >= sizeof name_.sun_path) {
            return false;
        }
        std::memcpy(name_.sun_path, path.c_str(), path.size() + 1);
        return true;
    }

    sockaddr_un name_{};
    Descriptor directory_;
    int error_ = 0;
};

}  // namespace

Descriptor::~Descriptor() {
    if (number_ >= 0) {
        ::close(number_);
    }
}

Connected connect_local(const std::filesystem::path& path) {
    const SocketName name{path};
    if (name.error() != 0) {
        return {.error = name.error()};
    }
    Descriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!socket.open() || ::connect(socket.number(), name.address(), SocketName::size()) != 0) {
        return {.error = errno};
    }
    const int flags = ::fcntl(socket.number(), F_GETFL);
    if (flags < 0 || ::fcntl(socket.number(), F_SETFL, flags & ~O_NONBLOCK) != 0) {
        return {.error = errno};
    }
    ucred peer{};
    socklen_t size = sizeof peer;
    const bool known =
        ::getsockopt(socket.number(), SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.pid > 0;
    return {.socket = std::move(socket),
            .listener_pid = known ? std::optional<int>{peer.pid} : std::nullopt};
}

Result<Descriptor> listen_local(const std::filesystem::path& path, int backlog) {
    const SocketName name{path};
    Descriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    const auto failed = [&](int why) {
        return fail(why == EADDRINUSE ? Errc::busy : Errc::io,
                    "cannot listen at " + path.string() + ": " + std::strerror(why));
    };
    if (name.error() != 0) {
        return failed(name.error());
    }
    // The mode is set before there is a file: at no time may another user connect. Linux gives the
    // file the mode of the socket.
    if (!socket.open() || ::fchmod(socket.number(), S_IRUSR | S_IWUSR) != 0 ||
        ::bind(socket.number(), name.address(), SocketName::size()) != 0 ||
        ::listen(socket.number(), backlog) != 0) {
        return failed(errno);
    }
    return socket;
}

}  // namespace wirewatch::review
