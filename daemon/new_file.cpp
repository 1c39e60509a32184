// SPDX-License-Identifier: MIT
#include "daemon/new_file.hpp"

#include "base/printable.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace wirewatch::daemon {

Result<> write_new_file(const std::filesystem::path& file, std::string_view text, mode_t mode) {
    const std::string quoted = "'" + printable(file.string()) + "'";
    const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0 && errno == EEXIST) {
        return fail(Errc::refused, quoted + " is there already; nothing was written");
    }
    if (fd < 0) {
        return fail(Errc::io,
                    "cannot write " + quoted + ": " + std::generic_category().message(errno));
    }
    const ssize_t written = write(fd, text.data(), text.size());
    if (close(fd) != 0 || written != static_cast<ssize_t>(text.size())) {
        return fail(Errc::io, "cannot write all of " + quoted + ": is the disk full?");
    }
    return {};
}

}  // namespace wirewatch::daemon
