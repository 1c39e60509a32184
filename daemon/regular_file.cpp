// SPDX-License-Identifier: MIT
#include "daemon/regular_file.hpp"

#include "base/printable.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace wirewatch::daemon {

namespace {

tl::unexpected<Error> unreadable(const std::string& name) {
    const int why = errno;
    return why == ENOENT ? fail(Errc::not_found, "cannot read " + name + ": there is no such file")
                         : fail(Errc::io, "cannot read " + name + ": " +
                                              std::generic_category().message(why));
}

}  // namespace

Result<RegularFile> RegularFile::open(const std::filesystem::path& file) {
    // O_NONBLOCK: opening a pipe would wait for somebody who writes.
    RegularFile opened{"'" + printable(file.string()) + "'",
                       ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    struct stat facts {};
    if (opened.descriptor_ < 0 || ::fstat(opened.descriptor_, &facts) != 0) {
        return unreadable(opened.name_);
    }
    if (S_ISDIR(facts.st_mode)) {
        return fail(Errc::invalid, opened.name_ + " is no file: it is a directory");
    }
    if (!S_ISREG(facts.st_mode)) {
        return fail(Errc::invalid,
                    opened.name_ + " is no file: a pipe, a socket or a device is not read");
    }
    opened.mode_ = facts.st_mode;
    return opened;
}

RegularFile::~RegularFile() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

Result<std::string> RegularFile::read(std::size_t most) const {
    std::string text(most, '\0');
    std::size_t length = 0;
    while (length < most) {
        const ssize_t count = ::read(descriptor_, text.data() + length, most - length);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return unreadable(name_);
        }
        if (count == 0) {
            break;
        }
        length += static_cast<std::size_t>(count);
    }
    text.resize(length);
    return text;
}

}  // namespace wirewatch::daemon
