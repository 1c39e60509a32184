// SPDX-License-Identifier: MIT
// Feeds that are files of this machine, by their file:// URLs. Text alone: no file is touched.
#pragma once

#include "base/error.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::feeds {

/// "file:" in front, in any case.
[[nodiscard]] bool is_file_url(std::string_view url);

/// "/srv/feeds/a b.xml" of "file:///srv/feeds/a%20b.xml". Error: invalid, where it names another
/// host, is not absolute, climbs with "..", has a query or a fragment, or holds what no path can.
[[nodiscard]] Result<std::string> path_of_file_url(std::string_view url);

/// The one of `roots` (absolute paths) that `path` is at or below, as far as the names go, without
/// a slash at its end; the longest where there are several.
[[nodiscard]] std::optional<std::string> root_of(std::string_view path,
                                                 const std::vector<std::string>& roots);

/// Whether a file of that name is read where a whole directory is a feed: *.xml, *.rss, *.atom and
/// *.json that are not hidden.
[[nodiscard]] bool is_document_name(std::string_view name);

}  // namespace wirewatch::feeds
