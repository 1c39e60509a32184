// SPDX-License-Identifier: MIT
#include "daemon/file_watch.hpp"

#include "base/printable.hpp"
#include "feeds/file_source.hpp"
#include "review/local_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto kQuiet = 100ms;    // after the last change; our choice
constexpr auto kLongest = 500ms;  // after the first, so that no writer without end hides it

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM |
                                  IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

/// A watched directory: what in it is of interest to which sources (by their index).
struct Directory {
    fs::path path;
    std::set<std::size_t> all_documents;  ///< sources that are this directory
    std::multimap<std::string, std::size_t>
        awaited;  ///< by name: a file, or a directory on its way
};

bool is_directory_now(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored);
}

/// A new name of a file that is whole already: then nobody will close it.
bool is_link(const fs::path& path) {
    struct stat info {};
    return ::lstat(path.c_str(), &info) == 0 && (S_ISLNK(info.st_mode) || info.st_nlink > 1);
}

}  // namespace

struct FileWatch::Impl {
    const Clock& clock;
    std::vector<WatchedSource> sources{};
    review::Descriptor inotify{};
    std::unordered_map<int, Directory> directories{};  // by watch descriptor
    std::set<std::size_t> pending{};                   // sources whose change is not yet told
    bool look_anew = false;  // directories have changed: the watches may stand at the wrong ones
    Ticks first{};           // of the pending changes
    Ticks last{};
    std::optional<std::string> problem{};
    bool complained = false;

    void arm();
    void arm(std::size_t source);
    Directory* add(const fs::path& path);
    void read_events();
    void happened(const inotify_event& event, std::string_view name);
    void happened_in(const Directory& directory, std::uint32_t mask, std::string_view name);
    void note(std::size_t source);
    void note_all();
};

FileWatch::FileWatch(const Clock& clock) : impl_{new Impl{.clock = clock}} {}
FileWatch::~FileWatch() = default;

void FileWatch::watch(std::vector<WatchedSource> sources) {
    if (sources == impl_->sources) {
        return;
    }
    impl_->sources = std::move(sources);
    impl_->pending.clear();
    impl_->look_anew = false;
    impl_->complained = false;
    impl_->arm();
    impl_->note_all();
}

int FileWatch::fd() const {
    return impl_->inotify.number();
}

std::optional<Ticks> FileWatch::deadline() const {
    if (impl_->pending.empty()) {
        return std::nullopt;
    }
    return std::min(impl_->last + kQuiet, impl_->first + kLongest);
}

std::vector<std::string> FileWatch::changed() {
    impl_->read_events();
    std::vector<std::string> ids;
    const auto due = deadline();
    if (!due || impl_->clock.ticks() < *due) {
        return ids;
    }
    if (std::exchange(impl_->look_anew, false)) {
        // What happened between the event and the new watches nobody saw: all are looked at.
        impl_->arm();
        impl_->note_all();
    }
    for (const std::size_t source : std::exchange(impl_->pending, {})) {
        ids.push_back(impl_->sources[source].feed_id);
    }
    return ids;
}

std::optional<std::string> FileWatch::take_problem() {
    return std::exchange(impl_->problem, std::nullopt);
}

/// Begins anew, so that no watch of a directory that is somewhere else now is left.
void FileWatch::Impl::arm() {
    directories.clear();
    inotify = review::Descriptor{};
    if (sources.empty()) {
        return;
    }
    inotify = review::Descriptor{::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)};
    if (!inotify.open()) {
        problem = std::string{"changes of files are seen at their interval only: "} +
                  std::strerror(errno) + "; raise fs.inotify.max_user_instances";
        return;
    }
    for (std::size_t source = 0; source < sources.size(); ++source) {
        arm(source);
    }
}

/// Every directory from the root down to what is there of the path; above the root only where the
/// root is missing. A directory is watched before what it holds is looked for, so that nothing can
/// come between the two.
void FileWatch::Impl::arm(std::size_t source) {
    const fs::path& path = sources[source].path;
    fs::path at = sources[source].root;
    while (!is_directory_now(at) && at.has_relative_path()) {
        at = at.parent_path();
    }
    while (true) {
        Directory* directory = add(at);
        if (directory == nullptr) {
            return;
        }
        if (at == path) {
            directory->all_documents.insert(source);
            return;
        }
        const fs::path next = at / *path.lexically_relative(at).begin();
        directory->awaited.emplace(next.filename().string(), source);
        if (!is_directory_now(next)) {
            return;
        }
        at = next;
    }
}

Directory* FileWatch::Impl::add(const fs::path& path) {
    const int watch = ::inotify_add_watch(inotify.number(), path.c_str(), kEvents);
    if (watch >= 0) {
        Directory& directory = directories[watch];
        directory.path = path;
        return &directory;
    }
    const int why = errno;
    if (why != ENOENT && why != ENOTDIR && !std::exchange(complained, true)) {
        problem = "changes below " + printable(path.string()) +
                  " are seen at the feeds' interval only: " + std::strerror(why) +
                  (why == ENOSPC ? "; raise fs.inotify.max_user_watches" : "");
    }
    return nullptr;
}

void FileWatch::Impl::read_events() {
    alignas(inotify_event) std::array<char, 16384> bytes;
    const ssize_t got = ::read(inotify.number(), bytes.data(), bytes.size());
    // One read a turn; what is left makes fd() readable again.
    for (ssize_t at = 0; at < got;) {
        inotify_event event{};
        std::memcpy(&event, bytes.data() + at, sizeof event);
        const char* name = bytes.data() + at + sizeof event;
        happened(event, event.len > 0 ? std::string_view{name} : std::string_view{});
        at += static_cast<ssize_t>(sizeof event + event.len);
    }
}

void FileWatch::Impl::happened(const inotify_event& event, std::string_view name) {
    if ((event.mask & IN_Q_OVERFLOW) != 0) {
        look_anew = true;
        note_all();
        return;
    }
    const auto found = directories.find(event.wd);
    if (found == directories.end()) {
        return;
    }
    if ((event.mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)) != 0) {
        look_anew = true;
        note_all();
    } else if ((event.mask & IN_IGNORED) == 0) {
        happened_in(found->second, event.mask, name);
    }
}

void FileWatch::Impl::happened_in(const Directory& directory, std::uint32_t mask,
                                  std::string_view name) {
    const fs::path path = directory.path / name;
    const bool of_directory = (mask & IN_ISDIR) != 0;
    if ((mask & IN_CREATE) != 0 && !of_directory && !is_link(path)) {
        return;  // it is being written: closing it will tell
    }
    const auto [begin, end] = directory.awaited.equal_range(std::string{name});
    for (auto it = begin; it != end; ++it) {
        note(it->second);
        // Also where it is no directory: a link to one may have been replaced.
        look_anew =
            look_anew || of_directory || path != sources[it->second].path || is_directory_now(path);
    }
    if (!of_directory && feeds::is_document_name(name)) {
        for (const std::size_t source : directory.all_documents) {
            note(source);
        }
    }
}

void FileWatch::Impl::note(std::size_t source) {
    const Ticks now = clock.ticks();
    first = pending.empty() ? now : first;
    last = now;
    pending.insert(source);
}

void FileWatch::Impl::note_all() {
    for (std::size_t source = 0; source < sources.size(); ++source) {
        note(source);
    }
}

}  // namespace wirewatch::daemon
