// SPDX-License-Identifier: MIT
#include "feeds/authorities.hpp"

#include "base/printable.hpp"
#include "feeds/open_beneath.hpp"

#include <cerrno>
#include <cstdint>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::feeds {

namespace {

constexpr std::size_t kMaxBytes = 4u << 20;  // our choice: the system's 140 authorities are 220 KiB

tl::unexpected<Error> unreadable(const std::string& quoted, int why) {
    return fail(why == ENOENT ? Errc::not_found : Errc::io,
                "cannot read 'ca_file' " + quoted + ": " + std::generic_category().message(why));
}

}  // namespace

Result<std::string> read_authorities(const std::string& file) {
    const std::string quoted = "'" + printable(file) + "'";
    const File opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
    struct stat facts {};
    if (!opened.open() || ::fstat(opened.descriptor(), &facts) != 0) {
        return unreadable(quoted, errno);
    }
    if (!S_ISREG(facts.st_mode)) {
        return fail(Errc::invalid, "'ca_file' " + quoted + " is no file any more");
    }
    if (static_cast<std::uint64_t>(facts.st_size) > kMaxBytes) {
        return fail(Errc::too_large, "'ca_file' " + quoted + " is larger than 4 MiB");
    }
    std::string text(static_cast<std::size_t>(facts.st_size), '\0');
    std::size_t length = 0;
    while (length < text.size()) {
        const ssize_t count =
            ::read(opened.descriptor(), text.data() + length, text.size() - length);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count < 0) {
            return unreadable(quoted, errno);
        }
        if (count == 0) {
            break;
        }
        length += static_cast<std::size_t>(count);
    }
    text.resize(length);
    return text;
}

}  // namespace wirewatch::feeds
