// SPDX-License-Identifier: MIT
#include "history/disk_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace wirewatch::history {

namespace fs = std::filesystem;

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
