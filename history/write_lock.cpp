// SPDX-License-Identifier: MIT
#include "history/write_lock.hpp"

#include "history/disk_file.hpp"

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

/// Made by root, it is for whoever the database belongs to: they are to lock it later.
int open_or_make(const std::string& name, const std::filesystem::path& file) {
    const int made = open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NONBLOCK, 0600);
    if (made < 0) {
        return errno == EEXIST ? open(name.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
                               : made;
    }
    const auto owner = geteuid() == 0 ? ownership_of(file) : std::nullopt;
    if (owner) {
        // Where it fails, whoever comes later is told that the file may not be opened.
        [[maybe_unused]] const int ignored = fchown(made, owner->user, owner->group);
    }
    return made;
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
    const int descriptor = open_or_make(name, file);
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
