// SPDX-License-Identifier: MIT
#include "daemon/secret_file.hpp"

#include "base/printable.hpp"
#include "daemon/regular_file.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <sys/stat.h>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSecretBytes = 4u << 10;  // our choice: half of what servers take in all

void drop_line_break(std::string& text) {
    if (text.ends_with('\n')) {
        text.pop_back();
        if (text.ends_with('\r')) {
            text.pop_back();
        }
    }
}

bool is_one_line(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace

fs::path secret_path(const fs::path& directory, const std::string& name) {
    const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
    if (credentials != nullptr && *credentials != '\0' && !name.starts_with('/')) {
        std::error_code error;
        // Of a directory that it loads, systemd makes "directory_file" (systemd.exec(5)).
        std::string flat = name;
        std::replace(flat.begin(), flat.end(), '/', '_');
        const fs::path given = fs::path{credentials} / flat;
        if (fs::exists(given, error)) {
            return given;
        }
    }
    return directory / name;
}

Result<std::string> read_secret(const fs::path& file) {
    const std::string quoted = "'" + printable(file.string()) + "'";
    const auto opened = RegularFile::open(file);
    if (!opened) {
        return tl::unexpected{opened.error()};
    }
    if ((opened->mode() & S_IRWXO) != 0) {
        return fail(Errc::refused, "everybody may read or change " + quoted +
                                       ", which holds a secret; run: chmod o= " + quoted);
    }
    auto secret = opened->read(kMaxSecretBytes + 3);  // with its line break, and one too many
    if (!secret) {
        return secret;
    }
    drop_line_break(*secret);
    if (secret->empty()) {
        return fail(Errc::invalid, quoted + " is empty; it should hold the secret on one line");
    }
    if (secret->size() > kMaxSecretBytes || !is_one_line(*secret)) {
        return fail(Errc::invalid,
                    quoted + " is not one line of at most 4 KiB; it should hold the secret alone");
    }
    return secret;
}

}  // namespace wirewatch::daemon
