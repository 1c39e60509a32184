// SPDX-License-Identifier: MIT
#include "daemon/secret_file.hpp"

#include "base/printable.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSecretBytes = 4u << 10;  // our choice: half of what servers take in all

class Descriptor {
  public:
    explicit Descriptor(const fs::path& file)
        // A pipe by that name must not hold up the start.
        : fd_{open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {}
    ~Descriptor() {
        if (fd_ >= 0) {
            close(fd_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    [[nodiscard]] int fd() const { return fd_; }

  private:
    int fd_;
};

/// At most one byte more than a secret may have.
std::string read_all(int fd) {
    std::array<char, kMaxSecretBytes + 3> buffer{};
    std::string text;
    while (text.size() < buffer.size()) {
        const ssize_t count = read(fd, buffer.data(), buffer.size() - text.size());
        if (count <= 0) {
            break;
        }
        text.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return text;
}

void drop_line_break(std::string& text) {
    if (text.ends_with('\n')) {
        text.pop_back();
        if (text.ends_with('\r')) {
            text.pop_back();
        }
    }
}

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

fs::path secret_path(const fs::path& directory, const std::string& name) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    if (credentials != nullptr && *credentials != '\0' && !name.starts_with('/')) {
        std::error_code error;
        // Of a directory that it loads, systemd makes "directory_file" (systemd.exec(5)).
        std::string flat = name;
        std::replace(flat.begin(), flat.end(), '/', '_');
        const fs::path given = fs::path{credentials} / flat;
        if (fs::exists(given, error)) {
            return given;
        }
    }
    return directory / name;
}

Result<std::string> read_secret(const fs::path& file) {
    const std::string quoted = "'" + printable(file.string()) + "'";
    const Descriptor opened{file};
    struct stat facts {};
    if (opened.fd() < 0 || fstat(opened.fd(), &facts) != 0) {
        return fail(Errc::io,
                    "cannot read " + quoted + ": " + std::generic_category().message(errno));
    }
    if (!S_ISREG(facts.st_mode)) {
        return fail(Errc::invalid, quoted + " is no file");
    }
    if ((facts.st_mode & S_IRWXO) != 0) {
        return fail(Errc::refused, "everybody may read or change " + quoted +
                                       ", which holds a secret; run: chmod o= " + quoted);
    }
    std::string secret = read_all(opened.fd());
    drop_line_break(secret);
    if (secret.empty()) {
        return fail(Errc::invalid, quoted + " is empty; it should hold the secret on one line");
    }
    if (secret.size() > kMaxSecretBytes || !is_one_line(secret)) {
        return fail(Errc::invalid,
                    quoted + " is not one line of at most 4 KiB; it should hold the secret alone");
    }
    return secret;
}

}  // namespace wirewatch::daemon
