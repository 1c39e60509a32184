// SPDX-License-Identifier: MIT
#include "history/write_lock.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace wirewatch::history {

namespace {

/// Beside the file itself, whatever links lead to it.
std::filesystem::path lock_file(const std::filesystem::path& file) {
    std::error_code ignored;
    const auto target = std::filesystem::weakly_canonical(file, ignored);
    return std::filesystem::path{ignored ? file : target} += ".lock";
}

// An "open file description" lock: it belongs to the descriptor, not the process, so another open
// and close of the file elsewhere in the process does not drop it; and it can be asked about
// without being taken. Source: fcntl(2).
struct flock whole_file() {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

int written_pid(int descriptor) {
    std::array<char, 16> text{};
    const ssize_t length = pread(descriptor, text.data(), text.size(), 0);
    int pid = 0;
    if (length > 0) {
        std::from_chars(text.data(), text.data() + length, pid);
    }
    return pid;
}

bool write_pid(int descriptor) {
    const std::string text = std::to_string(getpid()) + "\n";
    return ftruncate(descriptor, 0) == 0 &&
           pwrite(descriptor, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

Error lock_error(const std::string& name, std::string_view failed, std::string_view advice) {
    const int cause = errno;
    std::string text = name + ": " + std::string{failed} + " (" + std::strerror(cause) + "); ";
    return {cause == ENOSPC ? Errc::disk_full : Errc::io, text.append(advice)};
}

}  // namespace

std::optional<int> writer_pid(const std::filesystem::path& file) {
    const int descriptor = open(lock_file(file).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return std::nullopt;
    }
    struct flock lock = whole_file();
    std::optional<int> pid;
    if (fcntl(descriptor, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK) {
        pid = written_pid(descriptor);
    }
    close(descriptor);
    return pid;
}

Result<WriteLock> WriteLock::take(const std::filesystem::path& file) {
    const std::string name = lock_file(file).string();
    const int descriptor = open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
    if (descriptor < 0) {
        return tl::unexpected(lock_error(name, "cannot be opened for writing",
                                         "the directory must be writable for the daemon"));
    }
    WriteLock taken{descriptor};
    struct flock lock = whole_file();
    if (fcntl(descriptor, F_OFD_SETLK, &lock) != 0) {
        if (errno != EAGAIN && errno != EACCES) {
            return tl::unexpected(
                lock_error(name, "cannot be locked", "keep the database on a local disk"));
        }
        const int pid = written_pid(descriptor);
        return fail(Errc::busy,
                    file.string() + ": already written by " +
                        (pid == 0 ? "another process" : "process " + std::to_string(pid)) +
                        "; stop that first");
    }
    if (!write_pid(descriptor)) {
        return tl::unexpected(lock_error(name, "cannot be written", "check the disk"));
    }
    return taken;
}

WriteLock::WriteLock(WriteLock&& other) noexcept
    : descriptor_{std::exchange(other.descriptor_, -1)} {}

WriteLock::~WriteLock() {
    if (descriptor_ >= 0) {
        close(descriptor_);
    }
}

}  // namespace wirewatch::history
