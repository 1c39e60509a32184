// SPDX-License-Identifier: MIT
#include "daemon/replace_file.hpp"

#include "base/printable.hpp"

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_write(const fs::path& file, int why) {
    return fail(why == ENOSPC || why == EDQUOT ? Errc::disk_full : Errc::io,
                "cannot write '" + printable(file.string()) + "': " + std::strerror(why));
}

/// The file that is to become the new one. Goes away where it does not.
class Draft {
  public:
    explicit Draft(const fs::path& file)
        : name_{(file.parent_path() / ".wirewatch-XXXXXX").string()} {
        fd_ = mkostemp(name_.data(), O_CLOEXEC);
    }
    ~Draft() {
        if (fd_ >= 0) {
            close(fd_);
            unlink(name_.c_str());
        }
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    [[nodiscard]] int fd() const { return fd_; }

    /// 0, or why it failed.
    int write_all(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t written = write(fd_, text.data(), text.size());
            if (written < 0 && errno != EINTR) {
                return errno;
            }
            text.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
        }
        return fsync(fd_) == 0 ? 0 : errno;
    }

    int become(const fs::path& file) {
        if (rename(name_.c_str(), file.c_str()) != 0) {
            return errno;
        }
        close(fd_);
        fd_ = -1;
        return 0;
    }

  private:
    std::string name_;
    int fd_ = -1;
};

/// The rename itself must outlast a power cut; where it does not, the former file is whole.
void sync_directory(const fs::path& directory) {
    const int fd = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

}  // namespace

Result<> replace_file(const fs::path& file, std::string_view text) {
    struct stat former {};
    const bool is_new = lstat(file.c_str(), &former) != 0;
    Draft draft{file};
    if (draft.fd() < 0) {
        return cannot_write(file, errno);
    }
    struct stat drafted {};
    if (fstat(draft.fd(), &drafted) != 0) {
        return cannot_write(file, errno);
    }
    if (is_new) {
        const mode_t mask = umask(0);
        umask(mask);
        former.st_mode = 0644 & ~mask;
    } else if ((former.st_uid != drafted.st_uid || former.st_gid != drafted.st_gid) &&
               fchown(draft.fd(), former.st_uid, former.st_gid) != 0) {
        return fail(Errc::refused, "'" + printable(file.string()) +
                                       "' belongs to somebody else, who would lose it; run this as "
                                       "its owner");
    }
    if (fchmod(draft.fd(), former.st_mode & 07777) != 0) {
        return cannot_write(file, errno);
    }
    if (const int why = draft.write_all(text); why != 0) {
        return cannot_write(file, why);
    }
    if (const int why = draft.become(file); why != 0) {
        return cannot_write(file, why);
    }
    sync_directory(file.parent_path());
    return {};
}

}  // namespace wirewatch::daemon
