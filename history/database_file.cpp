// SPDX-License-Identifier: MIT
#include "history/database_file.hpp"

#include "history/disk_file.hpp"
#include "history/schema.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace wirewatch::history {

namespace fs = std::filesystem;

namespace {

// Offsets and magic: SQLite file format, section 1.3. All numbers are big-endian.
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kUserVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;
using Header = std::array<unsigned char, 100>;

tl::unexpected<Error> not_ours(const fs::path& file, std::string_view why) {
    return fail(Errc::bad_database,
                file.string() + ": " + std::string{why} +
                    "; it is left as it is: name another file, or put a backup in "
                    "its place with 'wirewatch restore FILE'");
}

std::int64_t number_at(const Header& header, std::size_t at) {
    return std::int64_t{header[at]} << 24 | std::int64_t{header[at + 1]} << 16 |
           std::int64_t{header[at + 2]} << 8 | std::int64_t{header[at + 3]};
}

/// Number of bytes read into `header`. Through SQLite's own file, since a process loses all its
/// locks on a file when it closes any descriptor of it: opening the file ourselves would take the
/// daemon's lock from it each time one of its readers starts (fcntl(2), "Record locking").
Result<std::size_t> read_header(const fs::path& file, sqlite3* handle, Header& header) {
    sqlite3_file* open_file = nullptr;
    sqlite3_int64 size = 0;
    errno = 0;
    if (sqlite3_file_control(handle, "main", SQLITE_FCNTL_FILE_POINTER, &open_file) != SQLITE_OK ||
        open_file->pMethods->xFileSize(open_file, &size) != SQLITE_OK) {
        return tl::unexpected(file_error(file, "cannot be read"));
    }
    const auto length = std::min(static_cast<std::size_t>(size), header.size());
    if (open_file->pMethods->xRead(open_file, header.data(), static_cast<int>(length), 0) !=
        SQLITE_OK) {
        return tl::unexpected(file_error(file, "cannot be read"));
    }
    return length;
}

}  // namespace

Result<> check_regular(const fs::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) != 0) {
        return errno == ENOENT ? fail(Errc::not_found,
                                      file.string() + ": no such database; wirewatchd makes it")
                               : tl::unexpected(file_error(file, "cannot be opened"));
    }
    if (!S_ISREG(status.st_mode)) {
        return fail(Errc::io, file.string() + ": no regular file; name one for the database");
    }
    return {};
}

Result<Content> look_at(const fs::path& file, sqlite3* handle) {
    Header header{};
    auto length = read_header(file, handle, header);
    if (!length) {
        return fail(std::move(length));
    }
    if (*length == 0) {
        return Content::none;
    }
    if (*length < header.size() || std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0) {
        return not_ours(file, "damaged, or no database at all");
    }
    auto checked =
        check_marks(file, number_at(header, kApplicationIdAt), number_at(header, kUserVersionAt));
    if (!checked) {
        return fail(std::move(checked));
    }
    return Content::ours;
}

Result<> check_marks(const fs::path& file, std::int64_t application_id, std::int64_t version) {
    if (application_id != kApplicationId) {
        return not_ours(file, "a database of another program");
    }
    if (version > static_cast<std::int64_t>(schema_steps().size())) {
        return not_ours(
            file, "written by a newer wirewatch (schema version " + std::to_string(version) + ")");
    }
    return {};
}

NewFile::~NewFile() {
    if (created_) {
        ::unlink(file_.c_str());
    }
}

Result<> NewFile::create_if_missing() {
    const int descriptor = ::open(file_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0) {
        created_ = true;
        ::close(descriptor);
    } else if (errno != EEXIST) {
        return tl::unexpected(file_error(file_, "cannot be created"));
    }
    return {};
}

}  // namespace wirewatch::history
