// SPDX-License-Identifier: MIT
#include "publishers/listen_address.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace wirewatch::publishers {

namespace {

constexpr std::string_view kTcp = "tcp://";
constexpr std::string_view kIpc = "ipc://";
constexpr std::string_view kInproc = "inproc://";

bool is_port(std::string_view text) {
    if (text == "*") {
        return true;
    }
    std::uint16_t port = 0;
    const char* const end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, port);
    return error == std::errc{} && rest == end && port != 0;
}

/// inet_pton() reads exactly the numeric forms, so a name never passes.
bool is_loopback(const std::string& host) {
    if (in_addr four{}; inet_pton(AF_INET, host.c_str(), &four) == 1) {
        return ntohl(four.s_addr) >> 24 == 127;
    }
    if (!host.starts_with('[') || !host.ends_with(']')) {
        return false;
    }
    in6_addr six{};
    const std::string inner = host.substr(1, host.size() - 2);
    return inet_pton(AF_INET6, inner.c_str(), &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

bool is_abstract(std::string_view path) {
    return path.starts_with('@');
}

}  // namespace

Result<> check_address(std::string_view address, Curve curve) {
    const std::string quoted = "'" + printable(address, 200) + "'";
    if ((address.starts_with(kIpc) && address.size() > kIpc.size()) ||
        (address.starts_with(kInproc) && address.size() > kInproc.size())) {
        constexpr std::size_t kMost = sizeof(sockaddr_un{}.sun_path) - 1;
        const std::size_t path_bytes = ipc_file(address).size();
        return path_bytes <= kMost
                   ? Result<>{}
                   : fail(Errc::invalid, quoted + " has a path of " + std::to_string(path_bytes) +
                                             " bytes; that of a socket has " +
                                             std::to_string(kMost) + " at most");
    }
    const std::size_t colon = address.rfind(':');
    if (!address.starts_with(kTcp) || colon < kTcp.size() || !is_port(address.substr(colon + 1))) {
        return fail(Errc::invalid, quoted +
                                       " is no address to listen on; write one like "
                                       "tcp://127.0.0.1:5580 or ipc:///run/wirewatch/alerts");
    }
    const std::string host{address.substr(kTcp.size(), colon - kTcp.size())};
    if (host.empty()) {
        return fail(Errc::invalid, quoted + " has no host; write 127.0.0.1, or * for all");
    }
    if (curve == Curve::off && !is_loopback(host)) {
        return fail(Errc::invalid,
                    quoted +
                        " is not on the loopback: other machines are only let in with CURVE "
                        "encryption; set 'curve_key_file' and [zeromq.clients], or write 127.0.0.1 "
                        "or [::1] as the host");
    }
    return {};
}

Result<> check_ipc_place(std::string_view address) {
    const std::string file = ipc_file(address);
    struct stat facts {};
    if (file.empty() || ::lstat(file.c_str(), &facts) != 0 || S_ISSOCK(facts.st_mode)) {
        return {};
    }
    return fail(Errc::refused, "'" + printable(file, 200) +
                                   "' is there and is no socket; it stays as it is: write another "
                                   "path, or move it away");
}

std::string address_beside(const std::filesystem::path& directory, std::string_view address) {
    const std::string path = ipc_file(address);
    return path.empty() ? std::string{address} : std::string{kIpc} + (directory / path).string();
}

Result<std::string> address_to_connect(std::string_view address) {
    const bool file = address == "ipc://*";
    if (file || (address.starts_with(kTcp) && address.ends_with(":*"))) {
        return fail(Errc::invalid, "'" + printable(address, 200) + "' leaves the " +
                                       (file ? "file" : "port") +
                                       " to the daemon, which chooses it at its start; its log has "
                                       "the address: name it with --live or --replay");
    }
    for (const std::string_view all : {"*:", "0.0.0.0:", "[::]:"}) {
        if (address.starts_with(kTcp) && address.substr(kTcp.size()).starts_with(all)) {
            return std::string{kTcp} +
                   "127.0.0.1:" + std::string{address.substr(kTcp.size() + all.size())};
        }
    }
    return std::string{address};
}

std::string ipc_file(std::string_view address) {
    if (!address.starts_with(kIpc)) {
        return {};
    }
    const std::string_view path = address.substr(kIpc.size());
    return path == "*" || is_abstract(path) ? std::string{} : std::string{path};
}

bool came_in_at(int fd, std::string_view endpoint) {
    sockaddr_storage here{};
    socklen_t size = sizeof here;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&here), &size) != 0) {
        return false;
    }
    if (here.ss_family == AF_UNIX) {
        const auto* place = reinterpret_cast<const sockaddr_un*>(&here);
        const std::string path = ipc_file(endpoint);
        return !path.empty() && path == place->sun_path;
    }
    const std::string port{endpoint.substr(endpoint.rfind(':') + 1)};
    // The port lies at the same place in IPv4 and IPv6.
    return endpoint.starts_with(kTcp) &&
           port == std::to_string(ntohs(reinterpret_cast<const sockaddr_in*>(&here)->sin_port));
}

Result<> check_free(const std::string& address) {
    sockaddr_un place{};
    const std::string path = address.starts_with(kIpc) ? address.substr(kIpc.size()) : "";
    if (path.empty() || path == "*" || path.size() >= sizeof place.sun_path) {
        return {};
    }
    place.sun_family = AF_UNIX;
    std::copy(path.begin(), path.end(), place.sun_path);
    auto size = static_cast<socklen_t>(sizeof place);
    if (is_abstract(path)) {
        place.sun_path[0] = '\0';
        size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    }
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool answered =
        fd != -1 && ::connect(fd, reinterpret_cast<const sockaddr*>(&place), size) == 0;
    if (fd != -1) {
        ::close(fd);
    }
    if (answered) {
        return fail(Errc::busy, "'" + printable(address, 200) + "' is in use");
    }
    return {};
}

}  // namespace wirewatch::publishers
