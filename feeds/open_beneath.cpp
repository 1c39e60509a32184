// SPDX-License-Identifier: MIT
#include "feeds/open_beneath.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace wirewatch::feeds {

namespace {

constexpr int kMaxLinks = 40;  // as the kernel

void put_in_front(std::deque<std::string>& parts, std::string_view path) {
    std::vector<std::string> added;
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        if (slash > at) {
            added.emplace_back(path.substr(at, slash - at));
        }
        at = slash + 1;
    }
    if (path.ends_with('/')) {
        added.emplace_back(".");  // only a directory may be named so
    }
    parts.insert(parts.begin(), added.begin(), added.end());
}

/// Where one stands, and what is still to go. ".." goes back to where one came from, and not to
/// where that directory has been moved meanwhile.
class Walk {
  public:
    Walk(int root, const std::string& below) : root_{root} { put_in_front(parts_, below); }

    /// The file opened, or -1 and errno.
    int open(int flags) {
        while (!parts_.empty()) {
            const std::string part = std::move(parts_.front());
            parts_.pop_front();
            if (const auto opened = step(part, flags)) {
                return *opened;
            }
        }
        return ::openat(here(), ".", flags);
    }

  private:
    [[nodiscard]] int here() const { return way_.empty() ? root_ : way_.back().descriptor(); }

    static int fail(int why) {
        errno = why;
        return -1;
    }

    /// Nothing while there is more to go.
    std::optional<int> step(const std::string& part, int flags) {
        if (part == ".") {
            return std::nullopt;
        }
        if (part == "..") {
            if (way_.empty()) {
                return fail(EXDEV);
            }
            way_.pop_back();
            return std::nullopt;
        }
        File next{::openat(here(), part.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC)};
        struct stat info {};
        if (!next.open() || ::fstat(next.descriptor(), &info) != 0) {
            return fail(errno);
        }
        if (S_ISLNK(info.st_mode)) {
            return follow(next);
        }
        if (S_ISDIR(info.st_mode)) {
            way_.push_back(std::move(next));
            return std::nullopt;
        }
        // Were it a link by now, O_NOFOLLOW would refuse it.
        return parts_.empty() ? ::openat(here(), part.c_str(), flags | O_NOFOLLOW) : fail(ENOTDIR);
    }

    std::optional<int> follow(const File& link) {
        std::array<char, PATH_MAX> target{};
        const ssize_t size = ::readlinkat(link.descriptor(), "", target.data(), target.size());
        if (size < 0) {
            return fail(errno);
        }
        if (++links_ > kMaxLinks) {
            return fail(ELOOP);
        }
        if (size > 0 && target.front() == '/') {
            return fail(EXDEV);
        }
        put_in_front(parts_, {target.data(), static_cast<std::size_t>(size)});
        return std::nullopt;
    }

    int root_;
    int links_ = 0;
    std::vector<File> way_;
    std::deque<std::string> parts_;
};

}  // namespace

File::~File() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

int walk_beneath(int root, const std::string& below, int flags) {
    if (below.starts_with('/')) {
        errno = EXDEV;
        return -1;
    }
    return Walk{root, below}.open(flags | O_CLOEXEC);
}

int open_beneath(int root, const std::string& below, int flags) {
    open_how how{};
    how.flags = static_cast<unsigned>(flags | O_CLOEXEC);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
    const long opened = ::syscall(SYS_openat2, root, below.c_str(), &how, sizeof how);
    return opened < 0 && errno == ENOSYS ? walk_beneath(root, below, flags)
                                         : static_cast<int>(opened);
}

}  // namespace wirewatch::feeds
