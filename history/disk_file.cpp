// SPDX-License-Identifier: MIT
#include "history/disk_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::history {

namespace fs = std::filesystem;

namespace {

constexpr off_t kSyncBytes = off_t{64} << 20;  // under a second on a slow disk; our choice

}  // namespace

Error file_error(const fs::path& file, std::string_view failed) {
    const int cause = errno;
    std::string text = file.string();
    text.append(": ").append(failed).append(" (").append(std::strerror(cause)).append(")");
    return {cause == ENOSPC || cause == EDQUOT || cause == EFBIG ? Errc::disk_full : Errc::io,
            std::move(text)};
}

Result<> sync(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return tl::unexpected(file_error(file, "cannot be opened"));
    }
    const bool synced = ::fsync(descriptor) == 0;
    auto error = file_error(file, "cannot be written to disk");
    ::close(descriptor);
    return synced ? Result<>{} : tl::unexpected(std::move(error));
}

SteadySync::SteadySync(const fs::path& file)
    : descriptor_{::open(file.c_str(), O_RDONLY | O_CLOEXEC)} {}

SteadySync::~SteadySync() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

void SteadySync::keep_up() {
    struct stat status {};
    if (descriptor_ >= 0 && ::fstat(descriptor_, &status) == 0 &&
        status.st_size - synced_ >= kSyncBytes) {
        synced_ = status.st_size;
        // Where it fails, the sync of the whole file at the end says so.
        [[maybe_unused]] const int ignored = ::fdatasync(descriptor_);
    }
}

Result<> make_private_directory(const fs::path& directory) {
    std::error_code error;
    if (fs::create_directories(directory, error)) {
        fs::permissions(directory, fs::perms::owner_all, error);
    }
    if (error) {
        return fail(Errc::io, directory.string() + ": cannot be made (" + error.message() + ")");
    }
    return {};
}

std::optional<Ownership> ownership_of(const fs::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) == 0) {
        return Ownership{status.st_uid, status.st_gid, status.st_mode & 0777U};
    }
    const fs::path directory = file.parent_path();
    if (errno == ENOENT && ::stat(directory.empty() ? "." : directory.c_str(), &status) == 0) {
        return Ownership{status.st_uid, status.st_gid, 0600};
    }
    return std::nullopt;
}

Result<> give(const fs::path& file, const Ownership& to) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat status {};
    if (descriptor < 0 || ::fstat(descriptor, &status) != 0) {
        auto error = file_error(file, "cannot be looked at");
        ::close(descriptor);
        return tl::unexpected(std::move(error));
    }
    Result<> given;
    if (!S_ISREG(status.st_mode) || status.st_nlink != 1 || status.st_uid != ::geteuid()) {
        given = fail(Errc::io, file.string() + ": is not the file that was written here");
    } else if (((status.st_uid != to.user || status.st_gid != to.group) &&
                ::fchown(descriptor, to.user, to.group) != 0) ||
               ::fchmod(descriptor, to.mode) != 0) {
        given =
            tl::unexpected(file_error(file, "cannot be given to user " + std::to_string(to.user) +
                                                ", group " + std::to_string(to.group)));
    }
    ::close(descriptor);
    return given;
}

Result<Draft> Draft::beside(const fs::path& target) {
    std::string name = target.string() + ".draft-XXXXXX";
    const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);  // with mode 0600
    if (descriptor < 0) {
        return tl::unexpected(file_error(target, "cannot be created"));
    }
    ::close(descriptor);
    return Draft{target, name};
}

namespace {

/// What SQLite and the lock lay beside a database.
void remove_company(const fs::path& file) {
    for (const char* suffix : {"-journal", "-wal", "-shm", ".lock"}) {
        ::unlink((file.string() + suffix).c_str());
    }
}

}  // namespace

Draft::~Draft() {
    if (!file_.empty()) {
        remove_company(file_);
        ::unlink(file_.c_str());
    }
}

Result<> Draft::put_in_place() {
    if (auto synced = sync(file_); !synced) {
        return synced;
    }
    if (::rename(file_.c_str(), target_.c_str()) != 0) {
        return tl::unexpected(file_error(target_, "cannot be put in place"));
    }
    remove_company(std::exchange(file_, {}));
    const fs::path directory = target_.parent_path();
    return sync(directory.empty() ? "." : directory);
}

}  // namespace wirewatch::history
