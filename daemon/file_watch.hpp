// SPDX-License-Identifier: MIT
// Tells at once when what a file:// feed is read from has changed, through inotify.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::daemon {

/// A file:// feed: a file or a directory, which need not be there yet.
struct WatchedSource {
    std::string feed_id;
    std::filesystem::path root;  ///< what is above it is watched only while it is missing
    std::filesystem::path path;  ///< at or below the root

    friend bool operator==(const WatchedSource&, const WatchedSource&) = default;
};

/// One thread uses it: main. No call waits.
///
/// A writer who closes its file, or renames it into place, is seen; one who is still writing is
/// not. Several changes in a row are told once, 100 ms after the last of them and 500 ms after the
/// first at the latest. Files and directories that come later, go, or are replaced are seen as
/// well.
class FileWatch {
  public:
    explicit FileWatch(const Clock& clock);
    ~FileWatch();
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

    /// Watches these from now on, and no others. Where they differ from the former ones, all are
    /// told as changed once: they may have been while nobody looked.
    void watch(std::vector<WatchedSource> sources);

    /// Readable when changed() has something to do; -1: nothing is watched. May be another after
    /// any call.
    [[nodiscard]] int fd() const;

    /// When changed() has something to do though fd() is not readable; none: never.
    [[nodiscard]] std::optional<Ticks> deadline() const;

    /// The ids of the feeds whose source has changed.
    [[nodiscard]] std::vector<std::string> changed();

    /// Once, in words, why some of it cannot be watched (these are seen at their interval).
    [[nodiscard]] std::optional<std::string> take_problem();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wirewatch::daemon
