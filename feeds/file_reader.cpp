// SPDX-License-Identifier: MIT
#include "feeds/file_reader.hpp"

#include "base/digest.hpp"
#include "base/printable.hpp"
#include "feeds/file_source.hpp"
#include "feeds/open_beneath.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <memory>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::feeds {

namespace {

// File systems keep times in steps of up to 2 s (FAT): a younger file may change again and look the
// same.
constexpr std::chrono::seconds kYoung{2};

Error because(int why, const std::string& what, const std::string& root) {
    const std::string name = printable(what, 300);
    switch (why) {
        case ENOENT:
        case ENOTDIR:
            return {Errc::not_found, "there is no " + name + "; it is read once it is there"};
        case EACCES:
        case EPERM:
            return {Errc::refused,
                    "wirewatchd may not read " + name + "; give its user the right to"};
        case EXDEV:
        case ELOOP:
            return {Errc::refused, name + " leads out of " + printable(root, 300) +
                                       " by a symbolic link; put the file itself there"};
        default:
            return {Errc::io, "cannot read " + name + ": " + std::strerror(why)};
    }
}

/// What may be read below one root: no link leads out of it, whatever is renamed meanwhile.
class Root {
  public:
    explicit Root(std::string path)
        : path_{std::move(path)},
          directory_{::open(path_.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)},
          error_{directory_.open() ? 0 : errno} {}

    /// A file or directory at an absolute path at or below the root. A pipe does not make us wait.
    [[nodiscard]] Result<File> open(const std::string& path, int flags = O_RDONLY) const {
        if (error_ != 0) {
            return tl::unexpected{because(error_, path_, path_)};
        }
        const std::size_t base = path_ == "/" ? 0 : path_.size();
        const std::string below = path.size() <= base + 1 ? "." : path.substr(base + 1);
        File file{open_beneath(directory_.descriptor(), below, flags | O_NONBLOCK | O_NOCTTY)};
        if (!file.open()) {
            return tl::unexpected{because(errno, path, path_)};
        }
        return file;
    }

    /// What is there. Error also where it may not be opened for reading.
    [[nodiscard]] Result<struct stat> look(const std::string& path) const {
        const auto file = open(path);
        struct stat info {};
        if (!file) {
            return tl::unexpected{file.error()};
        }
        if (::fstat(file->descriptor(), &info) != 0) {
            return tl::unexpected{because(errno, path, path_)};
        }
        return info;
    }

  private:
    std::string path_;
    File directory_;
    int error_;
};

/// A file that belongs to the feed.
struct Found {
    std::string path;
    std::string name;  ///< in its directory
    struct stat info {};
    std::string problem;  ///< why it cannot be read
};

struct Source {
    bool is_directory = false;
    std::vector<Found> files;
};

Instant time_of(const timespec& time) {
    return Instant{std::chrono::milliseconds{static_cast<std::int64_t>(time.tv_sec) * 1000 +
                                             time.tv_nsec / 1'000'000}};
}

/// Empty where it would say too little.
std::string etag_of(const std::vector<Found>& files, Instant now) {
    std::string marks;
    for (const Found& found : files) {
        marks.append(found.name).append(1, '\0').append(found.problem).append(1, '\0');
        if (!found.problem.empty()) {
            continue;
        }
        const struct stat& info = found.info;
        if (std::max(time_of(info.st_mtim), time_of(info.st_ctim)) + kYoung > now) {
            return {};
        }
        for (const auto number :
             {static_cast<std::int64_t>(info.st_dev), static_cast<std::int64_t>(info.st_ino),
              static_cast<std::int64_t>(info.st_size),
              static_cast<std::int64_t>(info.st_mtim.tv_sec),
              static_cast<std::int64_t>(info.st_mtim.tv_nsec),
              static_cast<std::int64_t>(info.st_ctim.tv_sec),
              static_cast<std::int64_t>(info.st_ctim.tv_nsec)}) {
            marks.append(std::to_string(number)).append(1, ' ');
        }
    }
    return '"' + to_text(head16(sha256(marks))) + '"';
}

/// Names of documents, sorted, so that the order is the same at every read.
Result<std::vector<std::string>> documents_in(File directory, const std::string& path,
                                              const FileOptions& options) {
    const auto close = [](DIR* open) { ::closedir(open); };
    const std::unique_ptr<DIR, decltype(close)> listing{::fdopendir(directory.descriptor()), close};
    if (!listing) {
        return fail(Errc::io, "cannot read " + printable(path, 300) + ": " + std::strerror(errno));
    }
    [[maybe_unused]] const int owned_by_listing = directory.release();
    std::vector<std::string> names;
    while (const dirent* entry = ::readdir(listing.get())) {
        if (is_document_name(entry->d_name)) {
            names.emplace_back(entry->d_name);
        }
        if (names.size() > options.max_documents) {
            return fail(Errc::too_large, "there are more than " +
                                             std::to_string(options.max_documents) +
                                             " documents in " + printable(path, 300) +
                                             "; move old ones away, or make several feeds of them");
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

/// The regular files among them. One that has just gone is no document any more.
std::vector<Found> regular_files(const Root& root, const std::string& path,
                                 const std::vector<std::string>& names) {
    std::vector<Found> files;
    for (const std::string& name : names) {
        Found found{.path = path == "/" ? path + name : path + "/" + name, .name = name};
        auto info = root.look(found.path);
        if (info ? !S_ISREG(info->st_mode) : info.error().code == Errc::not_found) {
            continue;
        }
        if (info) {
            found.info = *info;
        } else {
            found.problem = std::move(info.error().text);
        }
        files.push_back(std::move(found));
    }
    return files;
}

Result<Source> find(const Root& root, const std::string& path, const FileOptions& options) {
    const auto info = root.look(path);
    if (!info) {
        return tl::unexpected{info.error()};
    }
    if (S_ISREG(info->st_mode)) {
        return Source{.files = {{.path = path, .info = *info}}};
    }
    if (!S_ISDIR(info->st_mode)) {
        return fail(Errc::refused, printable(path, 300) + " is neither a file nor a directory");
    }
    auto directory = root.open(path, O_RDONLY | O_DIRECTORY);
    if (!directory) {
        return fail(std::move(directory));
    }
    const auto names = documents_in(std::move(*directory), path, options);
    if (!names) {
        return tl::unexpected{names.error()};
    }
    return Source{.is_directory = true, .files = regular_files(root, path, *names)};
}

/// Appends a file to `body`. It may grow while it is read: the limit is that of what comes.
Result<> append(std::string& body, const Root& root, const Found& found,
                const FileOptions& options) {
    constexpr std::size_t kStep = 64u << 10;
    const auto file = root.open(found.path);
    if (!file) {
        return tl::unexpected{file.error()};
    }
    while (true) {
        const std::size_t before = body.size();
        body.resize(before + kStep);
        const ssize_t got = ::read(file->descriptor(), body.data() + before, kStep);
        body.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0 && errno != EINTR) {
            return fail(Errc::io, std::strerror(errno));
        }
        if (body.size() > options.max_bytes) {
            return fail(Errc::too_large, "the documents are over " +
                                             std::to_string(options.max_bytes >> 10) +
                                             " KiB together; raise max_body under [fetch], or move "
                                             "old ones away");
        }
        if (got == 0) {
            return {};
        }
    }
}

Result<Response> respond(const FetchRequest& request, const FileOptions& options) {
    const auto path = path_of_file_url(request.url);
    if (!path) {
        return tl::unexpected{path.error()};
    }
    const auto allowed = root_of(*path, options.roots);
    if (!allowed) {
        return fail(Errc::refused, "no directory under file_roots in [fetch] holds " +
                                       printable(*path, 300) + "; a change of it needs a restart");
    }
    const Root root{*allowed};
    auto source = find(root, *path, options);
    if (!source) {
        return fail(std::move(source));
    }
    Response response{.status = 200, .final_url = request.url};
    response.etag = etag_of(source->files, SystemClock{}.now());
    if (!response.etag.empty() && response.etag == request.etag) {
        response.status = 304;
        return response;
    }
    std::vector<DocumentPart> parts;
    for (Found& found : source->files) {
        const std::size_t begin = response.body.size();
        response.body += found.problem;  // so that the body is another than without it
        if (found.problem.empty()) {
            if (auto read = append(response.body, root, found, options); !read) {
                return fail(std::move(read), "reading " + printable(*path, 300));
            }
        }
        parts.push_back({.name = std::move(found.name),
                         .bytes = response.body.size() - begin,
                         .problem = std::move(found.problem)});
    }
    if (source->is_directory) {
        response.parts = std::move(parts);
    }
    return response;
}

}  // namespace

FetchResult read_files(const FetchRequest& request, const FileOptions& options) {
    const auto begin = std::chrono::steady_clock::now();
    auto response = respond(request, options);
    const auto elapsed = std::chrono::steady_clock::now() - begin;
    return {.feed_id = request.feed_id,
            .url = request.url,
            .response = std::move(response),
            .elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(elapsed)};
}

}  // namespace wirewatch::feeds
