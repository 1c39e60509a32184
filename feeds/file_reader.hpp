// SPDX-License-Identifier: MIT
// Reads a feed from files of this machine, as if a server had answered.
#pragma once

#include "feeds/fetcher.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace wirewatch::feeds {

struct FileOptions {
    std::vector<std::string> roots;     ///< directories that may be read; nothing else is
    std::size_t max_bytes = 16u << 20;  ///< of all documents of a feed together
    std::size_t max_documents = 1'000;  ///< of a directory; our choice
};

/// A file is the response's body. Of a directory, every document in it (is_document_name(), not in
/// directories below) is one of `parts`, by name. Status 200, or 304 where nothing has changed
/// since the response whose `etag` the request brings; the etag stands for device, inode, size and
/// times of all that is read, and is left out while one of them is so young (2 s) that the next
/// change could bear the same time.
///
/// Symbolic links are followed as long as they stay below the root. Errors: refused (not below a
/// root, also by a link; neither file nor directory; no permission), not_found, too_large, io.
/// What of a directory cannot be read is said in its part.
[[nodiscard]] FetchResult read_files(const FetchRequest& request, const FileOptions& options);

}  // namespace wirewatch::feeds
