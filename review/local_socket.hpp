// SPDX-License-Identifier: MIT
// Unix stream sockets by the path of their file, however long the path is.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <optional>
#include <utility>

namespace wirewatch::review {

/// A file descriptor that is closed once.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] bool open() const { return number_ >= 0; }

  private:
    int number_ = -1;
};

/// How connecting went: a descriptor, or errno.
struct Connected {
    Descriptor socket;
    int error = 0;                    ///< ENOENT: no such file; ECONNREFUSED: nobody listens
    std::optional<int> listener_pid;  ///< the process that listens
};

/// Connects without waiting (EAGAIN: too many wait already). The socket itself is one that blocks.
[[nodiscard]] Connected connect_local(const std::filesystem::path& path);

/// A socket that listens at `path`, which nobody but its owner may use (0600), and that does not
/// block. Error: io; busy, where something is at that path already.
[[nodiscard]] Result<Descriptor> listen_local(const std::filesystem::path& path, int backlog);

}  // namespace wirewatch::review
