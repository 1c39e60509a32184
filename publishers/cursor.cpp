// SPDX-License-Identifier: MIT
//
// One line of text: "wirewatch-cursor 1 <epoch, or - where none is known> <seq>\n".
#include "publishers/cursor.hpp"

#include "base/printable.hpp"
#include "publishers/wire.hpp"

#include <cerrno>
#include <charconv>
#include <cstdio>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::publishers {

namespace {

constexpr std::string_view kMark = "wirewatch-cursor 1 ";
constexpr std::string_view kNoEpoch = "-";
constexpr std::size_t kMaxFileBytes = 64;  // the longest is 57

class File {
  public:
    File(const std::string& name, int flags) : fd_{::open(name.c_str(), flags | O_CLOEXEC, 0644)} {}
    ~File() { close(); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[nodiscard]] int fd() const { return fd_; }

    /// False where the system reports a late write error.
    bool close() {
        const int fd = std::exchange(fd_, -1);
        return fd == -1 || ::close(fd) == 0;
    }

  private:
    int fd_;
};

std::string named(const std::string& file) {
    return "the cursor file '" + printable(file) + "'";
}

tl::unexpected<Error> io_error(const std::string& doing, const std::string& file) {
    const std::string why = std::generic_category().message(errno);
    return fail(Errc::io, "cannot " + doing + " " + named(file) + ": " + why);
}

std::optional<Cursor> parse(std::string_view text) {
    if (!text.starts_with(kMark) || !text.ends_with('\n')) {
        return std::nullopt;
    }
    text.remove_prefix(kMark.size());
    text.remove_suffix(1);
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos) {
        return std::nullopt;
    }
    Cursor cursor{.epoch = std::string{text.substr(0, space)}};
    if (cursor.epoch == kNoEpoch) {
        cursor.epoch.clear();
    } else if (!is_epoch(cursor.epoch)) {
        return std::nullopt;
    }
    const std::string_view digits = text.substr(space + 1);
    const char* const end = digits.data() + digits.size();
    const auto [rest, error] = std::from_chars(digits.data(), end, cursor.seq);
    return error == std::errc{} && rest == end ? std::optional{cursor} : std::nullopt;
}

/// Writes `text` and waits until it is on disk.
bool write_through(const std::string& name, std::string_view text) {
    File file{name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW};
    return file.fd() != -1 &&
           ::write(file.fd(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
           ::fsync(file.fd()) == 0 && file.close();
}

/// A rename lasts when its directory is on disk too. Where that cannot be asked for (some network
/// file systems) the file is no worse than an ordinary one.
void sync_directory_of(const std::string& file) {
    const std::size_t slash = file.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : file.substr(0, slash + 1);
    const File opened{directory, O_RDONLY | O_DIRECTORY};
    if (opened.fd() != -1) {
        ::fsync(opened.fd());
    }
}

}  // namespace

Result<std::optional<Cursor>> load_cursor(const std::string& file) {
    const File opened{file, O_RDONLY | O_NONBLOCK};  // a pipe of that name must not hold us up
    if (opened.fd() == -1) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        return io_error("open", file);
    }
    struct stat status {};
    if (::fstat(opened.fd(), &status) != 0) {
        return io_error("read", file);
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(Errc::invalid, named(file) + " is a directory or device; name a file");
    }
    std::string text(kMaxFileBytes, '\0');
    const ssize_t count = ::read(opened.fd(), text.data(), text.size());
    if (count < 0) {
        return io_error("read", file);
    }
    text.resize(static_cast<std::size_t>(count));
    const auto cursor = parse(text);
    if (!cursor) {
        return fail(Errc::invalid, named(file) +
                                       " holds something else; name another, or remove "
                                       "it to begin anew");
    }
    return cursor;
}

Result<> save_cursor(const std::string& file, const Cursor& cursor) {
    // The caller's file may be one that load_cursor() refused, or have become one.
    if (const auto former = load_cursor(file); !former) {
        return tl::unexpected(former.error());
    }
    const std::string_view epoch = cursor.epoch.empty() ? kNoEpoch : std::string_view{cursor.epoch};
    const std::string text =
        std::string{kMark}.append(epoch) + " " + std::to_string(cursor.seq) + "\n";
    const std::string beside = file + ".new";
    if (!write_through(beside, text) || std::rename(beside.c_str(), file.c_str()) != 0) {
        const auto error = io_error("write", file);
        ::unlink(beside.c_str());
        return error;
    }
    sync_directory_of(file);
    return {};
}

}  // namespace wirewatch::publishers
