// SPDX-License-Identifier: MIT
// Adds feeds to the configuration: blocks at the end of a file, all else in it left as it is.
#pragma once

#include "base/error.hpp"
#include "base/feed.hpp"
#include "review/session.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wirewatch::daemon {

/// [[feed]] blocks, with a line between them; only keys that differ from their default.
[[nodiscard]] std::string feed_blocks(const std::vector<Feed>& feeds);

/// Appends the blocks to `target`, or to the file that holds the configuration's last feed (else a
/// feeds.toml that it includes, else itself). The whole configuration is read with the new text
/// before any file is touched; with problems nothing is written. Errors: those of read_config() and
/// replace_file(); refused, where the configuration does not include `target`.
[[nodiscard]] Result<review::FeedsWritten> append_feeds(
    const std::filesystem::path& config, const std::vector<Feed>& feeds,
    const std::optional<std::filesystem::path>& target);

}  // namespace wirewatch::daemon
