// SPDX-License-Identifier: MIT
#include "daemon/feed_file.hpp"

#include "base/printable.hpp"
#include "base/time.hpp"
#include "daemon/config.hpp"
#include "daemon/replace_file.hpp"
#include "daemon/toml_string.hpp"
#include "daemon/toml_table.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace wirewatch::daemon {

namespace {

namespace fs = std::filesystem;

std::string line(std::string_view key, const std::string& value) {
    return std::string{key} + " = " + value + "\n";
}

std::string text_line(std::string_view key, std::string_view value) {
    return value.empty() ? std::string{} : line(key, toml_string(value));
}

std::string list_line(std::string_view key, const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) {
        list += (list.empty() ? "" : ", ") + toml_string(text);
    }
    return list.empty() ? list : line(key, "[" + list + "]");
}

std::string feed_block(const Feed& feed) {
    constexpr std::array<std::string_view, 4> kIdentities{"", "id", "url", "title"};
    return "[[feed]]\n" + line("id", toml_string(feed.id)) + text_line("title", feed.title) +
           line("url", toml_string(feed.url)) + list_line("tags", feed.tags) +
           text_line("language", feed.language) +
           text_line("interval", feed.interval   ? to_text(*feed.interval)
                                 : feed.adaptive ? "adaptive"
                                                 : "") +
           (feed.respect_ttl ? "" : line("respect_ttl", "false")) +
           text_line("identity", kIdentities.at(static_cast<std::size_t>(feed.identity))) +
           list_line("allow_private", feed.allow_private) +
           (feed.enabled ? "" : line("enabled", "false"));
}

/// `text` with the blocks after it, in the line ends that it has.
std::string with_blocks(std::string text, std::string_view blocks) {
    const std::string_view line_end = text.find("\r\n") == std::string::npos ? "\n" : "\r\n";
    if (!text.empty()) {
        text += text.ends_with('\n') ? "" : line_end;
        text += line_end;
    }
    for (const char c : blocks) {
        text += c == '\n' ? line_end : std::string_view{&c, 1};
    }
    return text;
}

/// Two of these commands at once must not lose each other's feeds. Others may edit as ever.
class DirectoryLock {
  public:
    explicit DirectoryLock(const fs::path& directory)
        : fd_{open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)} {
        if (fd_ >= 0) {
            flock(fd_, LOCK_EX);
        }
    }
    ~DirectoryLock() {
        if (fd_ >= 0) {
            close(fd_);
        }
    }
    DirectoryLock(const DirectoryLock&) = delete;
    DirectoryLock& operator=(const DirectoryLock&) = delete;

  private:
    int fd_;
};

/// Where a person who keeps this configuration would write the next feed.
fs::path default_target(const ConfigReading& reading) {
    if (!reading.feeds_file.empty()) {
        return reading.feeds_file;
    }
    const auto named = std::find_if(reading.files.begin(), reading.files.end(),
                                    [](const fs::path& file) { return file.stem() == "feeds"; });
    return named == reading.files.end() ? reading.config.file : *named;
}

}  // namespace

std::string feed_blocks(const std::vector<Feed>& feeds) {
    std::string text;
    for (const Feed& feed : feeds) {
        text += (text.empty() ? "" : "\n") + feed_block(feed);
    }
    return text;
}

Result<review::FeedsWritten> append_feeds(const fs::path& config, const std::vector<Feed>& feeds,
                                          const std::optional<fs::path>& target) {
    auto before = read_config(config, {.secrets = SecretUse::leave});
    if (!before) {
        return fail(std::move(before));
    }
    if (!before->parsed) {
        return review::FeedsWritten{config, std::move(before->problems)};
    }
    std::error_code error;
    const fs::path wanted = fs::absolute(target ? *target : default_target(*before), error);
    const fs::path file = fs::weakly_canonical(wanted, error);  // a link stays a link
    if (error) {
        return fail(Errc::io,
                    "cannot write '" + printable(wanted.string()) + "': " + error.message());
    }
    const DirectoryLock lock{file.parent_path()};
    std::string text;
    if (fs::exists(file, error)) {
        auto former = read_toml_text(file);
        if (!former) {
            return fail(std::move(former));
        }
        text = std::move(*former);
    }
    const FileDraft draft{file, with_blocks(std::move(text), feed_blocks(feeds))};
    auto after = read_config(config, {.draft = &draft, .secrets = SecretUse::leave});
    if (!after) {
        return fail(std::move(after));
    }
    if (!after->good()) {
        return review::FeedsWritten{file, std::move(after->problems)};
    }
    if (std::find(after->files.begin(), after->files.end(), file) == after->files.end()) {
        return fail(Errc::refused, "'" + printable(file.string()) + "' is no part of '" +
                                       printable(config.string()) +
                                       "'; nothing was written. Add it to 'include' there first");
    }
    if (auto written = replace_file(file, draft.text); !written) {
        return fail(std::move(written));
    }
    return review::FeedsWritten{file, {}};
}

}  // namespace wirewatch::daemon
