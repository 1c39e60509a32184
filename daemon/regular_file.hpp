// SPDX-License-Identifier: MIT
// The files that a configuration names. A pipe or a device by such a name must hold nobody up.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>

#include <sys/stat.h>

namespace wirewatch::daemon {

/// Open to be read, and no pipe, device, socket or directory.
class RegularFile {
  public:
    /// Errors: not_found, io, invalid (something else goes by that name).
    [[nodiscard]] static Result<RegularFile> open(const std::filesystem::path& file);

    ~RegularFile();
    RegularFile(RegularFile&& other) noexcept
        : name_{std::move(other.name_)},
          descriptor_{std::exchange(other.descriptor_, -1)},
          mode_{other.mode_} {}
    RegularFile& operator=(RegularFile&&) = delete;

    [[nodiscard]] mode_t mode() const { return mode_; }

    /// Its text, at most so many bytes of it. Error: io.
    [[nodiscard]] Result<std::string> read(std::size_t most) const;

  private:
    RegularFile(std::string name, int descriptor)
        : name_{std::move(name)}, descriptor_{descriptor} {}

    std::string name_;  // for people
    int descriptor_;
    mode_t mode_ = 0;
};

}  // namespace wirewatch::daemon
