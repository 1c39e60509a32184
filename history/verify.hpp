// SPDX-License-Identifier: MIT
// Whether a database is whole: its pages, its references, its full-text index, its outbox.
#pragma once

#include "base/error.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wirewatch::history {

/// Looks at the database while the daemon writes, or while nobody does, and changes nothing. The
/// full-text index is compared with the texts in a copy beside the database, which needs room for
/// it. `on_step` is told what is looked at next. Returns what is wrong, in words; nothing where all
/// is well. Errors: those of a reader (bad_database: it cannot even be opened).
[[nodiscard]] Result<std::vector<std::string>> verify(
    const std::filesystem::path& database, const std::function<void(std::string_view)>& on_step);

/// Rewrites the database without the room that deleted articles left, and its full-text index as
/// one piece. Needs room for a copy. Errors: busy (the daemon runs: stop it first), disk_full, io,
/// bad_database.
[[nodiscard]] Result<> vacuum(const std::filesystem::path& database);

}  // namespace wirewatch::history
