// SPDX-License-Identifier: MIT
// Opens files below a directory that no symbolic link leads out of, whatever is renamed meanwhile.
#pragma once

#include <string>
#include <utility>

namespace wirewatch::feeds {

/// A file descriptor that is closed with its owner.
class File {
  public:
    explicit File(int descriptor) : descriptor_{descriptor} {}
    ~File();
    File(File&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}
    File& operator=(File&&) = delete;

    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool open() const { return descriptor_ >= 0; }

    /// Somebody else closes it.
    [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }

  private:
    int descriptor_;
};

/// `below`, a relative path, opened from the directory `root`; -1 and errno where it cannot be.
/// Symbolic links are followed as long as they stay below it: EXDEV where one is absolute or leads
/// out, ELOOP after 40. By the kernel (openat2, RESOLVE_BENEATH); by walk_beneath where the service
/// manager forbids that call, as systemd does for every unit with RestrictSUIDSGID= or
/// DynamicUser=.
[[nodiscard]] int open_beneath(int root, const std::string& below, int flags);

/// The same, a directory at a time.
[[nodiscard]] int walk_beneath(int root, const std::string& below, int flags);

}  // namespace wirewatch::feeds
