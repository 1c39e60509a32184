// SPDX-License-Identifier: MIT
//
// Two lines of text: "wirewatch-cursor 1 <epoch, or - where none is known> <seq>\n", and
// "topics alert/energy/ alert/gas/ sys/feed/\n": what was wanted, where that is known.
#include "publishers/cursor.hpp"

#include "base/printable.hpp"
#include "publishers/wire.hpp"

#include <algorithm>
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
constexpr std::string_view kTopics = "topics ";
constexpr std::size_t kMaxFirstLine = 64;      // the longest is 57
constexpr std::size_t kMaxTopics = 64u << 10;  // our choice: some 900 rules; more are not noted
constexpr std::size_t kMaxFileBytes = kMaxFirstLine + kMaxTopics;

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

std::optional<Cursor> parse_place(std::string_view text) {
    if (!text.starts_with(kMark)) {
        return std::nullopt;
    }
    text.remove_prefix(kMark.size());
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

struct Saved {
    Cursor cursor;
    std::vector<std::string> topics;  ///< none: not known
};

/// Prefixes of topics, a space between them.
std::optional<std::vector<std::string>> parse_topics(std::string_view text) {
    std::vector<std::string> topics;
    while (!text.empty()) {
        const std::string_view topic = text.substr(0, text.find(' '));
        if (topic.size() < 2 || !topic.ends_with('/')) {
            return std::nullopt;
        }
        topics.emplace_back(topic);
        text.remove_prefix(std::min(topic.size() + 1, text.size()));
    }
    return topics.empty() ? std::nullopt : std::optional{std::move(topics)};
}

std::optional<Saved> parse(std::string_view text) {
    const std::size_t line_end = text.find('\n');
    const auto cursor = parse_place(text.substr(0, line_end));
    if (!cursor || line_end == std::string_view::npos) {
        return std::nullopt;
    }
    text.remove_prefix(line_end + 1);
    if (text.empty()) {
        return Saved{.cursor = *cursor, .topics = {}};
    }
    if (!text.starts_with(kTopics) || text.find('\n') != text.size() - 1) {
        return std::nullopt;
    }
    text.remove_prefix(kTopics.size());
    text.remove_suffix(1);
    auto topics = parse_topics(text);
    return topics ? std::optional{Saved{.cursor = *cursor, .topics = std::move(*topics)}}
                  : std::nullopt;
}

std::string joined(const std::vector<std::string>& topics) {
    std::string text;
    for (const std::string& topic : topics) {
        text += (text.empty() ? "" : " ") + topic;
    }
    return text;
}

/// The first of `topics` that a cursor of `saved` has passed unseen; null: none.
const std::string* passed_unseen(const std::vector<std::string>& saved,
                                 const std::vector<std::string>& topics) {
    const auto unseen = std::find_if(topics.begin(), topics.end(), [&](const std::string& topic) {
        return std::none_of(saved.begin(), saved.end(),
                            [&](const std::string& seen) { return topic.starts_with(seen); });
    });
    return saved.empty() || unseen == topics.end() ? nullptr : &*unseen;
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

Result<std::optional<Cursor>> load_cursor(const std::string& file,
                                          const std::vector<std::string>& topics) {
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
    std::string text(kMaxFileBytes + 1, '\0');
    const ssize_t count = ::read(opened.fd(), text.data(), text.size());
    if (count < 0) {
        return io_error("read", file);
    }
    text.resize(static_cast<std::size_t>(count));
    const auto saved = text.size() > kMaxFileBytes ? std::nullopt : parse(text);
    if (!saved) {
        return fail(Errc::invalid, named(file) +
                                       " holds something else; name another, or remove "
                                       "it to begin anew");
    }
    if (const std::string* unseen = passed_unseen(saved->topics, topics)) {
        return fail(Errc::invalid,
                    named(file) + " is of another filter (" +
                        printable(joined(saved->topics), 200) +
                        "): its place has passed messages of " + printable(*unseen) +
                        " unseen; name another file, or remove this one to begin anew");
    }
    return saved->cursor;
}

Result<> save_cursor(const std::string& file, const Cursor& cursor,
                     const std::vector<std::string>& topics) {
    // The caller's file may be one that load_cursor() refused, or have become one.
    if (const auto former = load_cursor(file); !former) {
        return tl::unexpected(former.error());
    }
    const std::string_view epoch = cursor.epoch.empty() ? kNoEpoch : std::string_view{cursor.epoch};
    std::string text = std::string{kMark}.append(epoch) + " " + std::to_string(cursor.seq) + "\n";
    if (const std::string all = joined(topics);
        !all.empty() && kTopics.size() + all.size() < kMaxTopics) {
        text.append(kTopics).append(all) += '\n';
    }
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
