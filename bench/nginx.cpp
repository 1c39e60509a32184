// SPDX-License-Identifier: MIT
#include "bench/nginx.hpp"

#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace wirewatch::bench {

namespace {

namespace fs = std::filesystem;

std::string host(std::size_t index) {
    return "127.1." + std::to_string(index / 250) + "." + std::to_string(1 + index % 250);
}

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(0x7F010001);  // 127.1.0.1
    return address;
}

int free_port() {
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(probe, any, size) != 0 || getsockname(probe, any, &size) != 0) {
        throw std::runtime_error("no free port on loopback");
    }
    close(probe);
    return ntohs(address.sin_port);
}

bool answers(int port) {
    const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const bool connected =
        connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    close(probe);
    return connected;
}

fs::path write_configuration(const fs::path& directory, int port, std::size_t hosts) {
    const fs::path file = directory / "nginx.conf";
    std::ofstream out{file};
    out << (geteuid() == 0 ? "user root;\n" : "")
        << "daemon off;\nworker_processes 1;\npid nginx.pid;\nerror_log error.log;\n"
           "worker_rlimit_nofile 8192;\nevents { worker_connections 4096; }\n"
           "http {\n    access_log off;\n    sendfile on;\n    keepalive_requests 1000000000;\n"
           "    types { application/rss+xml xml; }\n    open_file_cache max=2000;\n"
           "    client_body_temp_path body;\n    proxy_temp_path proxy;\n"
           "    fastcgi_temp_path fastcgi;\n    uwsgi_temp_path uwsgi;\n    scgi_temp_path scgi;\n"
           "    server {\n        root "
        << (directory / "documents").string() << ";\n";
    for (std::size_t i = 0; i < hosts; ++i) {
        out << "        listen " << host(i) << ':' << port << ";\n";
    }
    out << "    }\n}\n";
    return file;
}

/// As nginx makes it: time and size in hexadecimal.
std::string etag_of(const fs::path& file) {
    struct stat facts {};
    if (stat(file.c_str(), &facts) != 0) {
        throw std::runtime_error("cannot read " + file.string());
    }
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "\"%lx-%lx\"", static_cast<long>(facts.st_mtime),
                  static_cast<long>(facts.st_size));
    return text.data();
}

}  // namespace

std::optional<Nginx> Nginx::start(const fs::path& directory,
                                  const std::vector<std::string>& documents, std::size_t hosts) {
    const char* program = "/usr/sbin/nginx";
    if (access(program, X_OK) != 0) {
        std::fputs("skipped: there is no /usr/sbin/nginx (Debian: nginx-light)\n", stderr);
        return std::nullopt;
    }
    fs::create_directories(directory / "documents");
    Nginx nginx;
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const fs::path file = directory / "documents" / (std::to_string(i) + ".xml");
        std::ofstream{file} << documents[i];
        nginx.etags_.push_back(etag_of(file));
    }
    nginx.hosts_ = hosts;
    nginx.port_ = free_port();
    const std::string config = write_configuration(directory, nginx.port_, hosts).string();
    const std::string prefix = directory.string() + "/";
    nginx.process_ = fork();
    if (nginx.process_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGTERM);  // it ends with the bench, however that ends
        execl(program, program, "-p", prefix.c_str(), "-c", config.c_str(), nullptr);
        _exit(127);
    }
    for (int tries = 0; tries < 200; ++tries) {
        if (answers(nginx.port_)) {
            return nginx;
        }
        poll(nullptr, 0, 25);
    }
    std::fprintf(stderr, "skipped: nginx does not start; see %serror.log\n", prefix.c_str());
    return std::nullopt;
}

Nginx::Nginx(Nginx&& other) noexcept
    : process_{std::exchange(other.process_, -1)},
      port_{other.port_},
      hosts_{other.hosts_},
      etags_{std::move(other.etags_)} {}

Nginx::~Nginx() {
    if (process_ > 0) {
        kill(process_, SIGTERM);
        waitpid(process_, nullptr, 0);
    }
}

std::string Nginx::url(std::size_t index) const {
    return "http://" + host(index % hosts_) + ":" + std::to_string(port_) + "/" +
           std::to_string(index % etags_.size()) + ".xml?" + std::to_string(index);
}

std::string Nginx::etag(std::size_t index) const {
    return etags_[index % etags_.size()];
}

}  // namespace wirewatch::bench
